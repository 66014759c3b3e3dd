"""The operators' console, over HTTP."""

from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from foundation.accounts.models import Account
from foundation.journal.models import Entry
from foundation.town import enter_public
from tenants.enums import TownState
from tenants.models import Domain, Town
from tenants.services.lifecycle import WrongStateError
from tenants.services.operators import create_operator
from tenants.tasks import open_town
from tests.cast import minimal_pack
from tests.cast.towns import HERE

PLATFORM = {"host": "localhost"}


@pytest.fixture
def console(db: None) -> Client:
    """A client signed in as an operator."""
    client = Client(headers=PLATFORM)
    client.force_login(create_operator(email=f"{uuid4().hex}@preau.example"))
    return client


def answers(**changed: str) -> dict[str, object]:
    name = f"ville-{uuid4().hex[:8]}"
    pack = minimal_pack(name.title(), name)
    return {
        "form_key": str(uuid4()),
        **pack["town"],
        **pack["administrator"],
        "email": "maire@ville.example",
        **changed,
    }


def status(host: str, path: str = "/") -> int:
    return Client(headers={"host": host}).get(path).status_code


def test_a_visitor_signs_in_first(db):
    response = Client(headers=PLATFORM).get("/console/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_an_account_that_is_no_operator_is_refused(db):
    client = Client(headers=PLATFORM)
    client.force_login(Account.objects.create_user("someone@preau.example"))

    assert client.get("/console/").status_code == 403
    assert client.post("/console/open/", answers()).status_code == 403


def test_a_town_has_no_console(db):
    assert status("rochebelle.localhost", "/console/") == 404


def test_operators_list_and_search_towns(console):
    everything = console.get("/console/").content.decode()
    found = console.get("/console/", {"q": "etangs."}).content.decode()

    assert "Rochebelle" in everything
    assert "Pays des Étangs" in everything
    assert "Pays des Étangs" in found
    assert "Rochebelle" not in found


@pytest.mark.parametrize("more", [0, 28])
def test_the_list_reads_the_same_number_of_times(
    console, django_assert_num_queries, more
):
    for index in range(more):
        town = Town.objects.create(
            schema_name=f"t_{index:010}",
            name=f"Ville {index}",
            locale="fr",
            currency="EUR",
        )
        Domain.objects.create(domain=f"v{index}.localhost", tenant=town)
    console.get("/console/")

    with django_assert_num_queries(8):
        page = console.get("/console/")

    assert page.content.decode().count('<th scope="row">') == 2 + more


def test_a_town_asked_for_in_the_console_answers_seconds_later(committed):
    client = Client(headers=PLATFORM)
    client.force_login(create_operator(email=f"{uuid4().hex}@preau.example"))
    asked = answers()

    page = client.post("/console/open/", asked, follow=True)
    before = status(f"{asked['host']}.localhost")
    job = ProcrastinateJob.objects.filter(task_name="tenants.tasks.open_town").latest(
        "id"
    )
    open_town.run(**job.args)
    after = status(f"{asked['host']}.localhost", "/accounts/login/")
    town = Town.objects.get(name=asked["name"])
    ready = client.get(f"/console/towns/{town.public_id}/").content.decode()

    assert 'hx-trigger="every 2s"' in page.content.decode()
    assert job.queue_name == "provisioning"
    assert set(job.args) == {"town", "town_id"}
    assert (before, after) == (503, 200)
    assert f"http://{asked['host']}.localhost/" in ready
    assert "hx-trigger" not in ready


def test_the_same_form_sent_twice_opens_one_town(console):
    asked = answers()

    first = console.post("/console/open/", asked)
    second = console.post("/console/open/", asked)

    assert first["Location"] == second["Location"]
    assert Town.objects.filter(name=asked["name"]).count() == 1
    assert (
        ProcrastinateJob.objects.filter(
            task_name="tenants.tasks.open_town", status="todo"
        ).count()
        == 1
    )


def test_a_file_may_say_everything(console):
    content = (HERE / "rochebelle.yaml").read_bytes()
    asked = {
        "form_key": str(uuid4()),
        "host": "ville-du-fichier",
        "pack": SimpleUploadedFile("town.yaml", content),
    }

    response = console.post("/console/open/", asked)

    town = Town.objects.get(domains__domain="ville-du-fichier.localhost")
    assert response["Location"] == f"/console/towns/{town.public_id}/"
    assert town.name == "Rochebelle"
    assert town.opening_pack["services"][0]["code"] == "cantine"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"host": "rochebelle"}, "host"),
        ({"host": "ROCHEBELLE.localhost."}, "host"),
        ({"host": "console"}, "host"),
        ({"host": "a b"}, "host"),
        ({"host": ""}, "host"),
        ({"name": ""}, "name"),
        ({"currency": ""}, "currency"),
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field(console, changed, field):
    towns = Town.objects.count()

    response = console.post("/console/open/", answers(**changed))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert Town.objects.count() == towns


def test_a_wrong_file_is_told_with_keys_and_reasons(console):
    content = b"services:\n  - {code: a, name: A, colour: 1.5}\n"
    asked = answers() | {"pack": SimpleUploadedFile("town.yaml", content)}

    response = console.post("/console/open/", asked)

    (said,) = [response.context["form"].errors["pack"]]
    assert any("services[0].colour: " in line for line in said)
    assert any("services[0].department: " in line for line in said)


@pytest.mark.parametrize("content", [b"- a\n", b"{", b"\xff", b"a: &a [*a]"])
def test_a_file_that_is_no_pack_is_refused(console, content):
    asked = answers() | {"pack": SimpleUploadedFile("town.yaml", content)}

    response = console.post("/console/open/", asked)

    assert list(response.context["form"].errors) == ["pack"]


def test_a_failure_is_shown_and_tried_again(console):
    town = Town.objects.get(name="Rochebelle")
    Town.objects.filter(pk=town.pk).update(
        state=TownState.OPENING, opening_error="disk full"
    )

    page = console.get(f"/console/towns/{town.public_id}/").content.decode()
    response = console.post(f"/console/towns/{town.public_id}/retry/", follow=True)

    enter_public()
    assert "disk full" in page
    assert "hx-trigger" not in page
    assert 'hx-trigger="every 2s"' in response.content.decode()
    assert ProcrastinateJob.objects.filter(args__town_id=town.pk).exists()


def test_a_suspended_town_says_so_until_it_is_opened_again(console):
    town = Town.objects.get(name="Rochebelle")
    here = f"/console/towns/{town.public_id}/"

    console.post(f"{here}suspend/", {"reason": "Unpaid since June."})
    closed = Client(headers={"host": "rochebelle.localhost"}).get("/")
    other = status("etangs.localhost", "/accounts/login/")
    console.post(f"{here}reopen/", {"reason": ""})
    opened = status("rochebelle.localhost", "/accounts/login/")

    enter_public()
    said = closed.content.decode()
    actions = Entry.objects.filter(record=town.public_id).order_by("-id")
    assert closed.status_code == 503
    assert closed["Retry-After"]
    assert "Rochebelle" in said
    assert "Unpaid" not in said
    assert (other, opened) == (200, 200)
    assert [each.action for each in actions[:2]] == ["town reopened", "town suspended"]


def test_suspending_asks_for_a_reason_and_for_a_post(console):
    town = Town.objects.get(name="Rochebelle")
    here = f"/console/towns/{town.public_id}/suspend/"

    shown = console.get(here)
    refused = console.post(here, {"reason": " "})

    assert shown.status_code == 200
    assert "reason" in refused.context["form"].errors
    assert Town.objects.get(pk=town.pk).state == TownState.OPEN


def test_a_decision_that_came_too_late_is_explained(console):
    town = Town.objects.get(name="Rochebelle")

    page = console.post(f"/console/towns/{town.public_id}/reopen/", follow=True)

    assert page.status_code == 200
    assert str(WrongStateError()) in unescape(page.content.decode())


@pytest.mark.parametrize("path", ["", "suspend/", "reopen/"])
def test_the_platform_and_unknown_towns_answer_alike(console, path):
    platform = Town.objects.get(schema_name="public")

    for public_id in (platform.public_id, uuid4()):
        assert console.get(f"/console/towns/{public_id}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("rochebelle.localhost", 200),
        ("ROCHEBELLE.localhost", 200),
        ("rochebelle.localhost.", 200),
        ("rochebelle.localhost:8000", 200),
        ("nobody.localhost", 404),
        ("www.rochebelle.localhost", 200),
        ("other.rochebelle.localhost", 404),
        ("127.0.0.1", 404),
    ],
)
def test_a_host_leads_to_its_town_or_to_a_plain_404(db, host, expected):
    response = Client(headers={"host": host}).get("/accounts/login/")

    assert response.status_code == expected
    if expected == 404:
        assert "Rochebelle" not in response.content.decode()


def hosts_of(name: str) -> str:
    return f"/console/towns/{Town.objects.get(name=name).public_id}/hosts/"


def test_a_town_answers_on_a_second_domain_at_once_and_writes_from_it(
    console, settings
):
    path = hosts_of("Rochebelle")

    before = status("familles.rochebelle.example")
    console.post(path, {"host": "Familles.Rochebelle.example"})
    added = status("familles.rochebelle.example")
    console.post(f"{path}choose/", {"host": "familles.rochebelle.example"})
    page = console.get(path).content.decode()

    enter_public()
    assert (before, added) == (404, 200)
    assert "Used in messages" in page
    primary = Domain.objects.get(tenant__name="Rochebelle", is_primary=True)
    assert primary.domain == "familles.rochebelle.example"
    assert status("rochebelle.localhost") == 200
    actions = Entry.objects.filter(action__startswith="host name")
    assert {each.action for each in actions} == {"host name added", "host name chosen"}


def test_a_domain_is_removed_after_a_question_but_never_that_of_messages(console):
    path = hosts_of("Rochebelle")
    console.post(path, {"host": "autre.example"})

    asked = console.get(f"{path}remove/", {"host": "autre.example"}).content.decode()
    still = status("autre.example")
    console.post(f"{path}remove/", {"host": "autre.example"})
    kept = console.post(
        f"{path}remove/", {"host": "rochebelle.localhost"}, follow=True
    ).content.decode()

    assert "Links that name it stop working." in asked
    assert (still, status("autre.example")) == (200, 404)
    assert "Choose another one for them first." in kept
    assert status("rochebelle.localhost") == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("etangs", "leads to a town already"),
        ("console", "kept for the platform"),
        ("", "Enter a host name."),
    ],
)
def test_a_host_name_that_cannot_be_is_refused_in_words(console, typed, said):
    answer = console.post(hosts_of("Rochebelle"), {"host": typed})

    assert said in unescape(answer.content.decode())


def test_the_host_name_of_another_town_is_not_found(console):
    path = hosts_of("Rochebelle")

    chosen = console.post(f"{path}choose/", {"host": "etangs.localhost"})
    removed = console.post(f"{path}remove/", {"host": "etangs.localhost"})

    assert (chosen.status_code, removed.status_code) == (404, 404)
