"""The demo: three towns with data, all programs running, until Ctrl-C.

    python infra/demo.py            (or: make demo, with PORT= for another port)
    python infra/demo.py --reset    (or: make demo-reset)

Everything it writes lies in var/: a second run finds its data again.
"""

import argparse
import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from infra.addresses import demo_towns, tell_addresses
from infra.postgres import demo_server, ensure_database
from infra.programs import require_free, start_programs, surroundings
from infra.roles import connect
from infra.shell import PYTHON, StopError, explained, follow, say, step, var_directory
from infra.supervisor import Supervisor, until_asked_to_stop

FOLDERS = ("media", "private", "static", "template", "log", "simulator")
DEFAULT_PORT = 8000


def main() -> None:
    """Read the command line and obey."""
    parser = argparse.ArgumentParser(description="Préau's demo.")
    parser.add_argument("--reset", action="store_true", help="forget the demo's data")
    options = parser.parse_args()
    with explained():
        reset(os.environ) if options.reset else demonstrate(dict(os.environ))


def demonstrate(env: dict[str, str]) -> None:
    """Prepare, start, tell the addresses, stay, and stop all that was started."""
    port = int(env.get("PORT") or DEFAULT_PORT)
    with sole_demo(env), until_asked_to_stop():
        require_free(port)
        env |= surroundings(port)
        logs = var_directory(env) / "log"
        with database(env) as urls, Supervisor(logs) as supervisor:
            env |= urls
            prepare(env)
            start_programs(supervisor, env)
            tell_addresses(env)
            say("\nPress Ctrl-C to stop.\n")
            supervisor.watch()
    say("Everything is stopped. The data is kept: `make demo` finds it again.")


@contextmanager
def sole_demo(env: Mapping[str, str]) -> Iterator[None]:
    """Refuse a second demo on the same data; leave our process id for `reset`."""
    note = var_directory(env) / "demo.lock"
    note.parent.mkdir(parents=True, exist_ok=True)
    with note.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StopError("The demo is running already. Stop it first.") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def database(env: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Find or start the database; stop it afterwards if we started it."""
    server = demo_server(env)
    was_running = server.process() is not None
    try:
        with step("Starting the database"):
            urls = ensure_database(env)
        yield urls.environment()
    finally:
        if not was_running:
            server.stop()


def prepare(env: Mapping[str, str]) -> None:
    """Bring tables, static files and towns up to date; quick if they are."""
    manage(env, "Preparing the platform", "prepare_platform")
    manage(env, "Gathering static files", "collectstatic", "--noinput", "--verbosity=0")
    opened = open_hosts(env["OWNER_DATABASE_URL"])
    for town in demo_towns():
        if town.host not in opened:
            manage(env, f"Opening {town.name}", "open_town", str(town.file))
    manage(env, "Filling the towns", "load_demo")


def manage(env: Mapping[str, str], title: str, *command: str) -> None:
    """Run a management command, with its progress and its time."""
    begin = time.monotonic()
    say(f"  {title}")
    if follow(PYTHON, "manage.py", *command, env=env):
        raise StopError(f"{title}: this did not work. The lines above say why.")
    say(f"    {time.monotonic() - begin:.1f} s")


def open_hosts(url: str) -> set[str]:
    """Return the host names of the towns that are open, or were."""
    query = """
        SELECT domain FROM public.tenants_domain AS domains
        JOIN public.tenants_town AS towns ON towns.id = domains.tenant_id
        WHERE towns.state <> 'opening'
    """
    with connect(url) as connection:
        return {str(host) for (host,) in connection.execute(query)}


def reset(env: Mapping[str, str]) -> None:
    """Stop the demo if it runs, then forget its data."""
    stop_running_demo(env)
    for folder in FOLDERS:
        shutil.rmtree(var_directory(env) / folder, ignore_errors=True)
    demo_server(env).reset()
    if env.get("DATABASE_URL"):
        say("The database of DATABASE_URL is yours: drop and create it yourself.")
    say("The demo's data is gone. `make demo` starts over.")


def stop_running_demo(env: Mapping[str, str]) -> None:
    """Ask a running demo to stop and wait for it."""
    note = var_directory(env) / "demo.lock"
    if not note.exists():
        return
    with note.open("a+") as lock:
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        lock.seek(0)
        say("Stopping the demo that runs ...")
        os.kill(int(lock.read()), signal.SIGTERM)
        fcntl.flock(lock, fcntl.LOCK_EX)


if __name__ == "__main__":
    main()
