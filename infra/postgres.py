"""The database of the demo and of the tests: found, or started, and always two roles.

    python infra/postgres.py start|stop|status|url|env|reset [--test] [--data-dir DIR]

Without DATABASE_URL an embedded PostgreSQL runs under var/. With it, that server
is used (PostgreSQL 15 or newer) and nothing is started.
"""

import argparse
import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from infra.embedded import SUPERUSER, Server
from infra.roles import (
    APP_ROLE,
    OWNER_ROLE,
    Urls,
    adopt,
    connect,
    ensure_owned_database,
    ensure_role,
)
from infra.shell import explained, say, var_directory

DATABASE = "preau"


def ensure_database(env: Mapping[str, str]) -> Urls:
    """Return the addresses of the demo's database, started if it is ours to start."""
    return ensure_at(demo_server(env), env)


def ensure_test_server(env: Mapping[str, str]) -> Urls:
    """Return the addresses to test with: fast, careless, apart from any real data."""
    return ensure_at(check_server(env), env)


def demo_server(env: Mapping[str, str]) -> Server:
    """Return the server that keeps the demo's data."""
    return Server(var_directory(env) / "postgres")


def check_server(env: Mapping[str, str]) -> Server:
    """Return the server that tests may fill and break."""
    return Server(var_directory(env) / "postgres-test", careless=True)


def ensure_at(server: Server, env: Mapping[str, str]) -> Urls:
    """Prefer what the environment already names to a server of our own."""
    given, owner = env.get("DATABASE_URL"), env.get("OWNER_DATABASE_URL")
    if given and owner:
        return Urls(owner=owner, app=given)
    if given:
        return adopt(given, env)
    return start(server)


def start(server: Server) -> Urls:
    """Start an embedded server and make sure of its two roles and its database."""
    server.start()
    with server.turn("roles"):
        if not server.notes.read().get("has_roles"):
            _prepare(server)
            server.notes.write(has_roles=True)
    return urls(server)


def _prepare(server: Server) -> None:
    """Make the two roles and the database of a new server."""
    admin = server.url(SUPERUSER, "postgres")
    password = server.notes.password
    with connect(admin) as connection:
        ensure_role(connection, OWNER_ROLE, password(OWNER_ROLE), "CREATEDB")
        ensure_role(connection, APP_ROLE, password(APP_ROLE))
    ensure_owned_database(admin, DATABASE, OWNER_ROLE)


def urls(server: Server) -> Urls:
    """Return the two addresses of an embedded server's database."""
    return Urls(
        owner=server.url(OWNER_ROLE, DATABASE), app=server.url(APP_ROLE, DATABASE)
    )


def main() -> None:
    """Read the command line and obey."""
    parser = argparse.ArgumentParser(description="The embedded PostgreSQL.")
    actions = {
        "start": _start,
        "stop": _stop,
        "status": _status,
        "url": _url,
        "env": _env,
        "reset": _reset,
    }
    parser.add_argument("action", choices=actions)
    parser.add_argument("--test", action="store_true", help="the server of the tests")
    parser.add_argument("--data-dir", type=Path, help="another folder for its data")
    options = parser.parse_args()
    server = check_server(os.environ) if options.test else demo_server(os.environ)
    if options.data_dir:
        server = Server(options.data_dir.resolve(), careless=options.test)
    with explained():
        actions[options.action](server)


def _start(server: Server) -> None:
    start(server)
    _status(server)


def _stop(server: Server) -> None:
    say("PostgreSQL is stopped." if server.stop() else "PostgreSQL was not running.")


def _status(server: Server) -> None:
    process = server.process()
    port = server.notes.read().get("port")
    running = f"PostgreSQL runs on 127.0.0.1:{port} (process {process})."
    say(running if process else "PostgreSQL is not running.")
    if process is None:
        raise SystemExit(3)


def _url(server: Server) -> None:
    say(urls(server).owner)


def _env(server: Server) -> None:
    for name, value in start(server).environment().items():
        say(f"export {name}={shlex.quote(value)}")


def _reset(server: Server) -> None:
    server.reset()
    say(f"The data of {server.home} is gone.")


if __name__ == "__main__":
    main()
