"""Run the benchmarks, all or some, on a database that keeps its promises to the disk.

    python infra/run_benchmarks.py [names, such as bank_files]

Each prints what we do beside the floor it names, and writes build/benchmarks/*.json.
"""

import os
import sys
from pathlib import Path

from infra.embedded import Server
from infra.postgres import ensure_at
from infra.shell import PYTHON, ROOT, StopError, explained, run, say, var_directory

FOLDER = ROOT / "tests" / "benchmarks"


def main() -> None:
    """Run what was asked for; exit with 1 if a benchmark could not be run."""
    with explained():
        chosen = benchmarks(sys.argv[1:])
        server = Server(var_directory(os.environ) / "postgres-bench")
        try:
            env = {
                **os.environ,
                **ensure_at(server, os.environ).environment(),
                "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            }
            broken = [file.stem for file in chosen if not measures(file, env)]
        finally:
            server.stop()
    if broken:
        sys.exit(f"\nCould not be measured: {', '.join(broken)}.")


def benchmarks(names: list[str]) -> list[Path]:
    """Return the benchmarks of these names, or all of them."""
    known = {
        file.stem.removeprefix("bench_"): file for file in FOLDER.glob("bench_*.py")
    }
    for name in names:
        if name not in known:
            raise StopError(f"No benchmark is called {name}. Known: {sorted(known)}.")
    return [known[name] for name in sorted(names or known)]


def measures(file: Path, env: dict[str, str]) -> bool:
    """Run one benchmark in a process of its own; say whether it could be run."""
    say(f"\n{file.stem.removeprefix('bench_').replace('_', ' ').capitalize()}")
    return run(PYTHON, "-m", f"tests.benchmarks.{file.stem}", env=env).returncode == 0


if __name__ == "__main__":
    main()
