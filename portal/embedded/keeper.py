"""Runs a command for as long as somebody holds a lock; a script of its own, standard library only.

    python -I keeper.py LOCK COMMAND [ARGUMENT ...]

Users of the command hold LOCK shared. The kernel lets go of it when they end, in whatever manner,
so that the command never outlives them.
"""

import ctypes
import fcntl
import signal
import subprocess
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
PATIENCE = 15.0  # seconds; a server without space can hang between recovery and its end


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Have the kernel send this process a signal when its parent ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def main(lock_path: str, *command: str) -> int:
    """Run the command, interrupt it once nobody holds the lock shared; its exit code.

    A command that has not ended after PATIENCE seconds gets SIGQUIT.
    """
    process = subprocess.Popen(command, preexec_fn=lambda: die_with_parent(signal.SIGINT))

    def interrupt_when_unused() -> None:
        # Stays locked until this process ends: new users wait for the old server to be gone.
        fcntl.flock(lock, fcntl.LOCK_EX)
        process.send_signal(signal.SIGINT)
        time.sleep(PATIENCE)
        process.send_signal(signal.SIGQUIT)

    with open(lock_path) as lock:
        threading.Thread(target=interrupt_when_unused, daemon=True).start()
        return process.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
