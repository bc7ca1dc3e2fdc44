"""Processes that end together, with real ones."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]

SUPERVISOR = """
import sys
from portal.processes import end_politely, run_together
end_politely()
print("ready", flush=True)
sys.exit(run_together([["sleep", "600"], ["sh", "-c", sys.argv[1]]], patience=2))
"""


def start(command="exec sleep 600"):
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, command],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        # The tests themselves may run under nohup.
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "ready\n"
    return process


def children_of(process, count):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        children = psutil.Process(process.pid).children(recursive=True)
        # A child that has not started its program yet is still a copy of its parent.
        if sum(child.name() in {"sleep", "sh"} for child in children) >= count:
            return children
        time.sleep(0.05)
    raise AssertionError("the children did not start")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGINT, 0),
        (signal.SIGTERM, 0),
        (signal.SIGHUP, 0),
        (signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_no_child_is_left_however_it_ends(number, code):
    process = start()
    children = children_of(process, 2)

    process.send_signal(number)

    assert process.wait(60) == code
    assert psutil.wait_procs(children, timeout=20)[1] == []


def test_it_ends_with_its_parent():
    parent = subprocess.Popen(
        [sys.executable, "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])"]
        + [sys.executable, "-c", SUPERVISOR, "exec sleep 600"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    with parent.stdout:
        assert parent.stdout.readline() == "ready\n"
    family = children_of(parent, 2)

    parent.kill()
    parent.wait()

    assert psutil.wait_procs(family, timeout=20)[1] == []


def test_when_one_ends_all_end_with_its_code():
    process = start("sleep 0.5; exit 3")
    children = children_of(process, 2)

    assert process.wait(20) == 3
    assert psutil.wait_procs(children, timeout=20)[1] == []


def test_a_child_that_will_not_end_is_killed():
    process = start("trap '' TERM; while :; do sleep 1; done")
    children = children_of(process, 3)

    os.kill(process.pid, signal.SIGTERM)

    assert process.wait(20) == 0
    assert psutil.wait_procs(children, timeout=20)[1] == []
