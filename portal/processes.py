"""Processes that live and end together."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from portal.embedded.keeper import die_with_parent

Command = Sequence[str]


def end_politely() -> None:
    """Make each way to end this process, its parent's death too, a KeyboardInterrupt."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, stop)
    die_with_parent(signal.SIGTERM)


def run_together(
    commands: Sequence[Command], pass_fds: Sequence[int] = (), patience: float = 10.0
) -> int:
    """Run the commands until one of them ends, or this process is asked to; then end them all.

    The exit code is that of the first to end, 0 if we were asked. What has not ended after
    `patience` seconds is killed. Should this process be killed, the kernel ends the commands.
    """
    children: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            children.append(_start(command, pass_fds))
        while True:
            for child in children:
                if child.poll() is not None:
                    return child.returncode
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children, patience)


def _start(command: Command, pass_fds: Sequence[int]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        pass_fds=pass_fds,
        preexec_fn=die_with_parent,
        # Ctrl-C reaches us alone: we decide in which order things end.
        process_group=0,
    )


def _end(children: Sequence[subprocess.Popen[bytes]], patience: float) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.terminate()
    deadline = time.monotonic() + patience
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
