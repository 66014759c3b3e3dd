import os
import signal
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from infra.embedded import Server
from infra.postgres import start
from infra.roles import with_user


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "postgres")
    yield server
    server.reset()


def test_a_killed_server_starts_again_on_the_same_port_with_its_data(server):
    urls = start(server)
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    os.kill(server.process() or 0, signal.SIGKILL)

    again = start(server)

    assert again == urls
    with psycopg.connect(again.owner) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_link_to_its_folder_names_the_same_server(server, tmp_path):
    urls = start(server)
    link = tmp_path / "link"
    link.symlink_to(server.home)
    running = server.process()

    again = start(Server(link))

    assert again == urls
    assert Server(link).process() == running


def test_a_port_noted_wrongly_is_put_right_by_the_running_server(server):
    urls = start(server)
    server.notes.write(port=1)

    assert start(server) == urls


def test_starting_from_two_places_at_once_makes_one_server(server, tmp_path):
    link = tmp_path / "link"
    server.home.mkdir()
    link.symlink_to(server.home)

    with ThreadPoolExecutor() as threads:
        told = set(threads.map(start, [server, Server(link), Server(link)]))

    assert len(told) == 1
    assert server.answers()


def test_the_application_may_not_shape_tables(server):
    urls = start(server)

    with (
        psycopg.connect(urls.app) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine (id int)")


def test_passwords_are_readable_by_their_owner_only(server):
    start(server)

    assert server.notes.path.stat().st_mode & 0o777 == 0o600


def test_another_role_keeps_the_rest_of_the_address():
    url = "postgresql://chief:old@db.example:5433/town?sslmode=require"

    assert (
        with_user(url, "preau_app", "a/b@c")
        == "postgresql://preau_app:a%2Fb%40c@db.example:5433/town?sslmode=require"
    )
