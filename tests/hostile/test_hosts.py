"""Whatever is written as the host: the right town, or none; never in a message."""

import re
from typing import Any

import pytest
from django_tenants.utils import tenant_context

from tenants.models import Town
from tests.families.builders import make_person
from tests.hostile.raw import send
from tests.portal.sign_up_steps import ANSWERS, mails

NAMES = {"rochebelle": "Rochebelle", "etangs": "Pays des Étangs"}
REFUSED = {400, 404}
# The same host, written otherwise.
SAME = [
    *("{host}", "{upper}", "{title}", "{host}.", "{host}:80", "{host}:8000"),
    *("{upper}:65535", "{host}.:443", "{upper}.", "www.{host}"),
]
# Hosts of no town, some of them names of a town with something around.
NONE = [
    *("", " ", ".", ":", ":80", "localhost.{host}", "www.{host}.evil.example"),
    *("evil.example", "{host}.evil.example", "evil-{host}", "{name}", "{name}."),
    *(
        "{host}..",
        "{host}:",
        "{host}/",
        "{host}\\",
        "{host}?",
        "{host}#",
        "{host}@evil.example",
    ),
    *(
        "evil.example@{host}",
        "{host},evil.example",
        "{host} evil.example",
        "{host}:80:80",
    ),
    *("{host}:x", "{host}%00", "{host}%2e", "{host}'", '{host}"', "{host}<", "{host};"),
    *("*", "*.localhost", "127.0.0.1", "[::1]", "[::1]:8000", "0", "2130706433"),
    *("xn--rochebelle-.localhost", "ro\xe7hebelle.localhost", "{host}\t", "t_{name}"),
    *("public", "template", "{schema}", "{schema}.localhost", "-", "_", "{host}\xa0"),
]


def written(form: str, town: Town) -> str:
    host = f"{town.domains.get(is_primary=True).domain}"
    name = host.split(".", maxsplit=1)[0]
    return form.format(
        host=host,
        upper=host.upper(),
        title=host.title(),
        name=name,
        schema=town.schema_name,
    )


def towns_named(page: str) -> set[str]:
    """Return the towns whose name a page shows."""
    return {name for name in NAMES.values() if name in page}


@pytest.fixture
def both(rochebelle: Town, etangs: Town) -> list[Town]:
    return [rochebelle, etangs]


@pytest.mark.parametrize("form", SAME)
def test_the_same_host_written_otherwise_is_the_same_town(
    both: list[Town], form: str
) -> None:
    for town in both:
        host = written(form, town)

        status, page = send(f"Host: {host}", target="/accounts/login/")

        assert (status, towns_named(page)) == (200, {town.name})


@pytest.mark.parametrize("form", NONE)
def test_a_host_of_nobody_is_refused_and_names_nobody(
    both: list[Town], form: str
) -> None:
    for town in both:
        status, page = send(f"Host: {written(form, town)}", target="/accounts/login/")

        # A space or a tab around a header's value is no part of it.
        if written(form, town).strip(" \t") in {d.domain for d in town.domains.all()}:
            assert towns_named(page) == {town.name}
        else:
            assert status in REFUSED
            assert towns_named(page) == set()


@pytest.mark.parametrize(
    "header",
    [
        *("X-Forwarded-Host: {other}", "X_Forwarded_Host: {other}", "X-Host: {other}"),
        *(
            "Forwarded: host={other}",
            "X-Original-Host: {other}",
            "X-Real-Host: {other}",
        ),
        *("X-HTTP-Host-Override: {other}", "X-Forwarded-Server: {other}"),
        *("X-Original-URL: http://{other}/", "Referer: http://{other}/my/"),
        *("Origin: http://{other}", "X-Forwarded-Port: 1", "X-Forwarded-Proto: https"),
    ],
)
def test_what_stands_beside_the_host_changes_nothing(
    both: list[Town], header: str
) -> None:
    for town, other in zip(both, reversed(both), strict=True):
        beside = header.format(other=written("{host}", other))

        status, page = send(
            f"Host: {written('{host}', town)}", beside, target="/accounts/login/"
        )

        assert (status, towns_named(page)) == (200, {town.name})


def test_two_hosts_are_none(both: list[Town]) -> None:
    lines = [f"Host: {written('{host}', town)}" for town in both]

    for headers in (lines, [*lines[:1], *lines[:1]], [lines[0], "Host:"]):
        assert send(*headers, target="/accounts/login/")[0] == 400


def test_no_host_at_all_is_no_town(both: list[Town]) -> None:
    for version in ("1.0", "1.1"):
        status, page = send(target="/accounts/login/", version=version)

        assert status in REFUSED
        assert towns_named(page) == set()


@pytest.mark.parametrize("start", ["http://{other}", "https://{other}:1", "//{other}"])
def test_an_address_in_full_does_not_lead_to_another_town(
    both: list[Town], start: str
) -> None:
    for town, other in zip(both, reversed(both), strict=True):
        target = start.format(other=written("{host}", other)) + "/accounts/login/"

        _status, page = send(f"Host: {written('{host}', town)}", target=target)

        assert towns_named(page) <= {town.name}


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/accounts/signup/", {**ANSWERS, "email": "new@example.com"}),
        ("/accounts/password/reset/", {"email": "known@example.com"}),
        ("/accounts/confirm-email/again/", {"email": "nobody@example.com"}),
        ("/accounts/signup/", {**ANSWERS, "email": "known@example.com"}),
    ],
)
@pytest.mark.parametrize("forged", ["host", "x-forwarded-host", "port", "origin"])
def test_no_message_carries_a_forged_host(
    rochebelle: Town, settings: Any, client: Any, path: str, answers: Any, forged: str
) -> None:
    settings.EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
    with tenant_context(rochebelle):
        make_person("known@example.com")
    headers = {
        "host": {"host": "ROCHEBELLE.localhost.:6666"},
        "x-forwarded-host": {"x-forwarded-host": "evil.example"},
        "port": {"host": "rochebelle.localhost:6666", "x-forwarded-port": "6666"},
        "origin": {"origin": "http://evil.example", "referer": "http://evil.example/"},
    }[forged]

    client.post(
        path,
        answers,
        headers={"host": "rochebelle.localhost", **headers},
        SERVER_NAME="evil.example",
    )

    (mail,) = mails(rochebelle)
    links = re.findall(r"https?://[^/\s\"<]+", mail.text + mail.html)
    assert set(links) == {"http://rochebelle.localhost"}
    assert "evil" not in mail.text + mail.html + mail.subject + mail.sender
