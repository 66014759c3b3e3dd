"""The demo's mailbox, and the platform's home."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django_tenants.utils import tenant_context

from foundation.post.backends import MailboxBackend

PLATFORM = {"host": "localhost"}


@pytest.fixture
def demo(settings: Any, tmp_path: Path, db: None) -> Client:
    settings.DEMO = True
    settings.PREAU_VAR = tmp_path
    return Client(headers=PLATFORM)


def send(subject: str, text: str = "Bonjour", html: str = "") -> None:
    message = EmailMultiAlternatives(subject, text, "a@x.example", ["b@x.example"])
    if html:
        message.attach_alternative(html, "text/html")
    MailboxBackend().send_messages([message])


def test_the_mailbox_shows_what_towns_sent_newest_first(demo, rochebelle):
    send("Première lettre")
    send("Deuxième lettre")

    page = demo.get("/mailbox/").content.decode()

    assert page.index("Deuxième lettre") < page.index("Première lettre")
    assert page.count("Rochebelle") == 2
    assert "b@x.example" in page


def test_a_message_is_text_with_links_to_follow(demo, rochebelle):
    with tenant_context(rochebelle):
        send(
            "Confirmez <script>",
            "Suivez http://rochebelle.localhost/a/1-b/ <b>vite</b>",
            "<html><head><style>p{}</style></head><body><p>Version <i>habillée</i>"
            "</p><script>alert(1)</script></body></html>",
        )

    listed = demo.get("/mailbox/").content.decode()
    path = listed.partition('href="/mailbox/')[2].partition('"')[0]
    path = path or listed.split('<th scope="row"><a href="')[1].partition('"')[0]
    shown = demo.get(path if path.startswith("/") else f"/mailbox/{path}")
    text = shown.content.decode()

    assert '<a href="http://rochebelle.localhost/a/1-b/"' in text
    assert "&lt;b&gt;vite&lt;/b&gt;" in text
    assert "Version habillée" in text
    assert "<script>alert" not in text
    assert "Confirmez <script>" not in text


def test_a_message_that_does_not_exist_answers_404(demo):
    assert demo.get(f"/mailbox/{uuid4()}/").status_code == 404
    assert demo.get("/mailbox/../../etc/").status_code == 404


def test_there_is_no_mailbox_outside_the_demo(db):
    client = Client(headers=PLATFORM)

    assert client.get("/mailbox/").status_code == 404
    assert client.get(f"/mailbox/{uuid4()}/").status_code == 404


def test_a_town_has_no_mailbox(demo):
    answer = Client(headers={"host": "rochebelle.localhost"}).get("/mailbox/")

    assert answer.status_code == 404


def test_the_home_lists_towns_in_the_demo_only(demo, settings):
    in_demo = demo.get("/").content.decode()
    settings.DEMO = False
    for_real = demo.get("/").content.decode()

    assert 'href="http://rochebelle.localhost/"' in in_demo
    assert "Rochebelle" not in for_real
    assert "/mailbox/" not in for_real
