"""The back office as a whole: its door, its policy, its menu, its staff."""

import json
import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django_tenants.utils import schema_context

from catalog.models import Activity
from foundation.accounts.models import Account
from foundation.backoffice.waiting import WaitingWork
from portal.groups import make_groups
from tenants.domain.scope import Scope
from tenants.models import Town
from tenants.townhall.models import Department, TownSettings
from tenants.townhall.queries import scope_of
from tests.catalog.views.staff_steps import HOST, administrator, fields_of, inside


@pytest.fixture
def desk(rochebelle):
    return administrator(rochebelle)


def clerk_of(town):
    with inside(town):
        account = Account.objects.create_user("agent@example.com", is_staff=True)
        account.groups.add(Group.objects.get(permissions__codename="change_service"))
    client = Client(headers={"host": HOST}, SERVER_NAME=HOST)
    with inside(town):
        client.force_login(account)
    return client


def menu_of(page):
    html = page.content.decode()
    props = re.search(
        r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.DOTALL
    )
    text = props.group(1) if props else ""
    return re.findall(r'"name": "([\w-]+)"', json.dumps(json.loads(text)))


def test_whoever_is_not_signed_in_meets_our_own_sign_in(rochebelle):
    client = Client(headers={"host": HOST}, SERVER_NAME=HOST)

    for address in ("/admin/", "/admin/login/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


def test_the_back_office_speaks_french_and_never_of_wagtail(desk):
    page = desk.get("/admin/").content.decode()

    assert 'lang="fr"' in page
    assert "Rochebelle" in page
    assert "Wagtail v" not in page
    assert "guide.wagtail.org" not in page


def test_the_menu_follows_the_work_of_clerks(desk):
    names = menu_of(desk.get("/admin/"))

    shown = [name for name in names if name in {"catalogue", "explorer", "settings"}]
    assert shown == ["catalogue", "explorer", "settings"]
    assert not {"help", "sites", "workflows", "locales"} & set(names)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/",
        "/admin/services/new/",
        "/admin/activities/new/",
        "/admin/sessions/",
        "/admin/groups/new/",
        "/admin/catalogue/sessions/make/",
        "/admin/town/",
    ],
)
def test_no_page_of_the_back_office_holds_an_inline_script(desk, address):
    page = desk.get(address).content.decode()

    scripts = re.findall(r"<script(?![^>]*\ssrc=)([^>]*)>", page)
    runnable = [each for each in scripts if "json" not in each]
    assert runnable == []


def test_the_back_office_allows_no_inline_script(desk):
    policy = desk.get("/admin/")["Content-Security-Policy"]

    scripts = next(part for part in policy.split(";") if "script-src" in part)
    assert "unsafe" not in scripts
    assert "frame-ancestors 'self'" in policy


def test_a_preview_is_framed_by_the_editor_and_stays_in_its_town(rochebelle, desk):
    from cms.models import HomePage  # noqa: PLC0415 - wagtail needs the town first.

    home = HomePage.objects.get()
    address = f"/admin/pages/{home.pk}/edit/preview/"
    form = fields_of(desk.get(f"/admin/pages/{home.pk}/edit/"))

    desk.post(address, {**form, "title": "Essai", "welcome": "Bonjour tous"})
    shown = desk.get(address, {"in_preview_panel": "true"})

    assert "Bonjour tous" in shown.content.decode()
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert desk.get("/admin/").status_code == 200


def test_a_clerk_configures_services_but_neither_settings_nor_staff(rochebelle):
    desk = clerk_of(rochebelle)

    assert desk.get("/admin/services/new/").status_code == 200
    assert desk.get("/admin/catalogue/tariffs/").status_code == 200
    for address in ("/admin/town/", "/admin/users/", "/admin/communes/"):
        assert desk.get(address).status_code == 302


def test_the_teams_of_a_town_are_named_in_its_language(rochebelle):
    make_groups(locale="en")

    assert Group.objects.filter(name="Clerks").exists()
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_somebody_invited_receives_a_link_to_choose_a_password(
    rochebelle, desk, mailoutbox
):
    team = Group.objects.get(permissions__codename="change_service")
    form = {
        "email": "Karim@Example.com",
        "first_name": "Karim",
        "last_name": "Alaoui",
        "groups": [team.pk],
        "all_departments": "on",
        "all_schools": "on",
    }

    response = desk.post("/admin/users/new/", form)

    with inside(rochebelle):
        account = Account.objects.get(email="karim@example.com")
        assert response.status_code == 302
        assert account.is_staff
        assert not account.is_superuser
        assert not account.has_usable_password()
        assert [mail.to for mail in mailoutbox] == [["karim@example.com"]]
        assert "/accounts/password/reset/key/" in mailoutbox[0].body


def test_nobody_is_invited_without_anything_to_do(rochebelle, desk):
    form = {"email": "a@example.com", "first_name": "A", "last_name": "B"}

    response = desk.post("/admin/users/new/", form)

    with inside(rochebelle):
        assert response.status_code == 200
        assert not Account.objects.filter(email="a@example.com").exists()


def test_staff_are_edited_and_families_never_show(rochebelle, desk):
    with inside(rochebelle):
        parent = Account.objects.create_user("parent@example.com")
        clerk = Account.objects.create_user("agent@example.com", is_staff=True)
        team = Group.objects.get(permissions__codename="change_service")
        sports = Department.objects.get(code="sports")
    page = desk.get("/admin/users/").content.decode()
    form = {
        "first_name": "Zoé",
        "last_name": "Martin",
        "groups": [team.pk],
        "departments": [sports.pk],
        "all_schools": "on",
    }

    saved = desk.post(f"/admin/users/edit/{clerk.pk}/", form)

    with inside(rochebelle):
        clerk.refresh_from_db()
        assert "agent@example.com" in page
        assert "parent@example.com" not in page
        assert desk.get(f"/admin/users/edit/{parent.pk}/").status_code == 404
        assert saved.status_code == 302
    with inside(rochebelle):
        assert clerk.first_name == "Zoé"
        assert not clerk.is_active
        assert scope_of(clerk) == Scope(frozenset({sports.pk}))


def test_a_pale_colour_is_refused_with_one_that_works(rochebelle, desk):
    form = fields_of(desk.get("/admin/town/"))

    pale = desk.post("/admin/town/", {**form, "brand_colour": "#ffee88"})
    message = str(pale.context["form"].errors["brand_colour"])
    (better,) = re.findall(r"#[0-9a-f]{6}", message)
    dark = desk.post("/admin/town/", {**form, "brand_colour": better})

    with inside(rochebelle):
        settings = TownSettings.objects.get()
        assert pale.status_code == 200
        assert dark.status_code == 302
        assert settings.brand_colour == better
        assert better in settings.theme_css


def test_a_weak_rule_of_passwords_is_refused_with_what_it_takes(rochebelle, desk):
    form = fields_of(desk.get("/admin/town/")) | {
        "password_length": "8",
        "password_required": ["lower", "digit"],
    }

    weak = desk.post("/admin/town/", form)
    strong = desk.post("/admin/town/", form | {"password_length": "10"})

    assert "10" in str(weak.context["form"].errors["password_length"])
    assert strong.status_code == 302
    with inside(rochebelle):
        settings = TownSettings.objects.get()
        assert settings.password_required == ["lower", "digit"]
        assert settings.password_length == 10


def test_the_first_page_says_what_waits(desk):
    from wagtail import hooks  # noqa: PLC0415 - as above.

    def requests(request):
        return [WaitingWork("dossiers à relire", "/admin/requests/", count=7)]

    with hooks.register_temporarily("register_waiting_work", requests):
        page = desk.get("/admin/").content.decode()

    assert "dossiers à relire" in page
    assert ">7<" in page


def test_hours_are_those_of_the_town_wherever_the_installation_is(rochebelle):
    with schema_context("public"):
        Town.objects.filter(pk=rochebelle.pk).update(time_zone="America/Toronto")
    course = Activity.objects.get(code="natation")

    page = administrator(rochebelle).get(f"/admin/activities/edit/{course.pk}/")

    assert "2026-11-09T08:00" in page.content.decode()
