"""`manage.py dev`, as a person runs it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
# What `make run` says; pytest-django passes the settings of the tests on to children.
SHELL = {"PORTAL_ENV": "development", "DJANGO_SETTINGS_MODULE": "portal.settings"}


def dev(folder, port, **environment):
    return subprocess.Popen(
        [sys.executable, "manage.py", "dev", f"--port={port}"],
        cwd=folder,
        env=os.environ | SHELL | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def read_until(process, words):
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return line
    raise AssertionError(f"ended with {process.wait()} after saying {''.join(said[-20:])}")


def test_a_port_in_use_is_told_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        process = dev(ROOT, port, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
        output, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert f"port {port} is in use" in output
    assert "make run PORT=8001" in output


def test_production_is_refused():
    secrets = {"PORTAL_ENV": "production", "SECRET_KEY": "k" * 60}
    process = dev(ROOT, free_port(), **secrets)
    output, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "PORTAL_ENV=development" in output


@pytest.mark.drill
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_site_serves_and_leaves_no_process(tmp_path, number):
    clone = tmp_path / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".venv", ".git", "var"))
    port = free_port()

    for _ in range(2):  # a second run finds what the first left
        process = dev(clone, port)
        with process.stdout:
            line = read_until(process, "Jalon is at")
            assert line == f"Jalon is at http://127.0.0.1:{port}/ (Ctrl-C stops it)\n"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                assert answer.status == 200
            children = psutil.Process(process.pid).children(recursive=True)
            assert sum("worker" in child.cmdline() for child in children) == 1
            process.send_signal(number)
            process.wait(30)
        assert psutil.wait_procs(children, timeout=10)[1] == []
