"""What clerks of a department, or of a school, may see: a table, tried both ways.

Two families ask and book: one for the canteen (education) with a child of the
Tilleuls, one for holiday courses (sports) with a child of Jean-Jaurès. Each clerk has
every permission; only their part of the town differs.
"""

import html
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse

from billing.models import AidKind
from catalog.models import Closure, Service, SharedPlaces
from enrolment.models import Order, TariffReplay
from enrolment.queries.requests import count_waiting
from enrolment.signals import order_placed
from families.models import Following, Household
from foundation.access import Audience, audience_of
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tenants.domain.scope import EVERYTHING, NOTHING, Scope
from tenants.models import Town
from tenants.townhall.models import Department
from tenants.townhall.queries import scope_of
from tests.billing.builders import a_family, an_order
from tests.billing.conftest import speak_english
from tests.billing.jobs import enter
from tests.enrolment.request_builders import sent
from tests.families.builders import TODAY, make_family
from tests.portal.rights_sides import LATER, ROLES, canteen, clerk_of, courses
from tests.portal.rights_table import (
    ADMINISTRATORS_ONLY,
    BY_BOTH,
    BY_DEPARTMENT,
    BY_NUMBER,
    BY_REGIE,
    LISTS,
    OF_THE_WHOLE_TOWN,
    PAGES,
    READ_BY_ALL,
    RECORDS,
    WHOLE_TOWN_ONLY,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def private_files(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


@pytest.fixture
def sides(rochebelle):
    speak_english(rochebelle)
    return [canteen(), courses()]


HOST = "rochebelle.localhost"


def is_expected(role, side, limit):
    """Say whether a role sees what is on a side."""
    about = ROLES[role]
    departments, schools = about.get("departments"), about.get("schools")
    by_department = departments is None or side.department in departments
    by_school = schools is None or side.school in schools
    if limit == BY_DEPARTMENT:
        return by_department
    if limit == BY_REGIE:
        return by_department and schools is None
    return by_department and by_school


@dataclass
class Desk:
    """A clerk's browser."""

    client: Client
    town: Town

    def ask(self, method, url):
        answer = getattr(self.client, method)(url)
        if answer.streaming:
            # Read to the end, the file is closed.
            answer.getvalue()
        enter(self.town)
        return answer


def browser():
    return Client(headers={"host": HOST, "accept-language": "en"}, SERVER_NAME=HOST)


def desk_of(role, town):
    client = browser()
    client.force_login(clerk_of(role))
    return Desk(client, town)


def address(name, key, side):
    """Return the address of a page: Wagtail's take keys, ours public ids."""
    names = key if isinstance(key, tuple) else (key,)
    records = [side.records[each] for each in names]
    if name.partition(":")[0] in BY_NUMBER:
        return reverse(name, args=[each.pk for each in records])
    if name == "enrolment_review:document":
        records.insert(0, side.records["request"])
    return reverse(name, args=[each.public_id for each in records])


@pytest.mark.parametrize("role", ROLES)
def test_what_is_out_of_scope_answers_as_what_does_not_exist(role, sides, rochebelle):
    desk = desk_of(role, rochebelle)
    wrong = []

    for side in sides:
        for name, limit, key, method in PAGES:
            url = address(name, key, side)
            found = desk.ask(method, url).status_code
            allowed = {200, 302} if is_expected(role, side, limit) else {404}
            if found not in allowed:
                wrong.append((name, side.department, method, found))

    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_lists_and_choices_hold_what_is_in_scope_only(role, sides, rochebelle):
    desk = desk_of(role, rochebelle)
    wrong = []

    for name, limit, key, fact in LISTS:
        page = desk.ask("get", f"{reverse(name)}?status=").content.decode()
        for side in sides:
            written = html.escape(str(getattr(side.records[key], fact)))
            if (written in page) != is_expected(role, side, limit):
                wrong.append((name, side.department, written))

    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_querysets_hold_what_is_in_scope_only(role, sides):
    scope = scope_of(clerk_of(role))
    wrong = []

    for model, limit, key in RECORDS:
        records: Any = model
        mine = records.objects.in_scope(scope)
        for side in sides:
            found = mine.filter(pk=side.records[key].pk).exists()
            if found != is_expected(role, side, limit):
                wrong.append((model.__name__, side.department))

    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_some_pages_are_for_those_who_see_the_whole_town(role, sides, rochebelle):
    desk = desk_of(role, rochebelle)
    home = reverse("wagtailadmin_home")
    wrong = []

    for names, roles in (
        (WHOLE_TOWN_ONLY, {"administrator", "everything"}),
        (ADMINISTRATORS_ONLY, {"administrator"}),
    ):
        for name, method in names:
            answer = desk.ask(method, reverse(name))
            is_sent_home = answer.headers.get("Location") == home
            if is_sent_home == (role in roles):
                wrong.append((name, method, answer.status_code))

    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_lists_of_the_whole_town_are_read_by_all_and_changed_by_some(
    role, sides, rochebelle
):
    may_change = role in {"administrator", "everything"}
    SharedPlaces.objects.create(code="salle", name="Salle", capacity=30)
    kind = {"payer": "Département", "method": "day", "amount_minor": 100}
    AidKind.objects.create(code="aide", name="Aide", from_on=TODAY, **kind)
    desk = desk_of(role, rochebelle)
    wrong = []

    for name in READ_BY_ALL:
        page = desk.ask("get", reverse(f"{name}:index"))
        text = page.content.decode() if page.status_code == 200 else ""
        view: Any = resolve(reverse(f"{name}:index")).func
        model = view.view_initkwargs["model"]
        row = model.objects.order_by("pk").first()
        for link in ("add", "edit", "delete") if row else ("add",):
            address = reverse(f"{name}:{link}", args=[row.pk] if link != "add" else [])
            shown = f'href="{address}' in text
            opened = desk.ask("get", address).status_code == 200
            if (page.status_code, shown, opened) != (200, may_change, may_change):
                wrong.append((name, link, page.status_code, shown, opened))

    assert not wrong


@pytest.mark.parametrize("role", ["everything", "education"])
def test_rules_of_the_files_are_read_by_all_and_changed_by_some(
    role, sides, rochebelle
):
    desk = desk_of(role, rochebelle)

    page = desk.ask("get", reverse("families_changes:rules"))

    text = page.content.decode()
    assert page.status_code == 200
    assert ("A clerk of all departments" in text) == (role == "education")
    assert page.context["form"].fields["answer_hours"].disabled == (
        role != "everything"
    )


def test_every_page_found_by_a_number_stands_in_a_table():
    names = {
        name.partition(":")[0]
        for route, name, view in addresses(get_resolver("portal.urls_town"))
        if "<int:" in route and audience_of(view) is Audience.CLERK
    }

    assert names == BY_NUMBER.keys() | OF_THE_WHOLE_TOWN.keys()


def addresses(resolver, start="", space=""):
    """Yield route, name with its namespace, and view of each address."""
    for each in resolver.url_patterns:
        route = f"{start}{each.pattern}"
        if isinstance(each, URLPattern):
            yield route, f"{space}{each.name}", each.callback
        else:
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from addresses(each, route, inner)


def test_a_closure_of_the_whole_town_is_for_those_who_see_every_department(
    sides, rochebelle
):
    whole = Closure.objects.create(
        reason="Pont", from_on="2031-05-01", until_on="2031-05-02"
    )
    desk = desk_of("sports", rochebelle)
    asked = {"reason": "Neige", "from_on": "2031-02-03", "until_on": "2031-02-04"}

    listed = desk.ask("get", reverse("closures:index"))
    changed = desk.ask("get", reverse("closures:edit", args=[whole.pk]))
    lifted = desk.ask("get", reverse("closures:delete", args=[whole.pk]))
    made = desk.client.post(reverse("closures:add"), asked)

    enter(rochebelle)
    assert "Pont" in listed.content.decode()
    assert (changed.status_code, lifted.status_code) == (404, 404)
    assert made.status_code == 200
    assert not Closure.objects.filter(reason="Neige").exists()


def test_a_department_closes_its_own_service_only(sides, rochebelle):
    desk = desk_of("sports", rochebelle)
    own, other = (Service.objects.get(code=code) for code in ("stages", "cantine"))
    asked = {"reason": "Neige", "from_on": "2031-02-03", "until_on": "2031-02-04"}

    for service in (other, own):
        desk.client.post(reverse("closures:add"), {**asked, "service": service.pk})

    enter(rochebelle)
    assert Closure.objects.get(reason="Neige").service == own


def test_an_absence_is_for_the_department_of_its_day(sides, rochebelle):
    canteen, _courses = sides
    followed = canteen.records["household"]
    Following.objects.get_or_create(
        household=followed,
        department=Department.objects.get(code="sports"),
        defaults={"since_on": TODAY},
    )
    desk = desk_of("sports", rochebelle)

    family = desk.ask("get", address("families_staff:file", "household", canteen))
    absence = desk.ask("get", address("enrolment_absences:absence", "absence", canteen))

    assert family.status_code == 200
    assert absence.status_code == 404


def test_many_requests_are_decided_in_scope_only(sides, rochebelle):
    asked = [side.records["request"] for side in sides]
    desk = desk_of("sports", rochebelle)
    ticked = {"action": "refuse", "chosen": [each.public_id for each in asked]}

    desk.client.post(
        reverse("enrolment_review:bulk"),
        {**ticked, "why-reason": "Complet.", "form_key": uuid4()},
    )

    enter(rochebelle)
    for each in asked:
        each.refresh_from_db()
    assert [each.status for each in asked] == ["submitted", "refused"]


def test_a_trial_of_a_tariff_is_read_by_who_asked_for_it(sides, rochebelle):
    canteen, _courses = sides
    clerk = clerk_of("education")
    replay = TariffReplay.objects.create(
        version=canteen.records["version"],
        from_on="2026-09-01",
        until_on="2026-10-01",
        asked_by=clerk,
        asked_at=LATER,
    )
    asked, other = Desk(browser(), rochebelle), desk_of("everything", rochebelle)
    asked.client.force_login(clerk)
    url = reverse("tariff_replays:replay", args=[replay.public_id])

    statuses = [desk.ask("get", url).status_code for desk in (asked, other)]

    assert statuses == [200, 404]


@pytest.mark.parametrize("role", ROLES)
def test_what_waits_is_counted_in_scope_only(role, sides):
    scope = scope_of(clerk_of(role))

    count = count_waiting(scope)

    assert count == sum(is_expected(role, side, BY_BOTH) for side in sides)


def test_the_scope_costs_one_query_a_request(sides, django_assert_num_queries):
    account = clerk_of("education at jaures")
    account = Account.objects.get(pk=account.pk)

    with django_assert_num_queries(1):
        scopes = {scope_of(account) for _time in range(3)}

    (scope,) = scopes
    assert not scope.is_everything


def test_a_family_has_no_part_of_the_town(sides):
    family = Account.objects.get(email="claire@example.com")

    assert scope_of(family) == NOTHING


def test_nothing_said_is_everything(sides):
    assert scope_of(clerk_of("everything")) == EVERYTHING


def test_a_department_knows_a_family_from_its_first_request_on(rochebelle):
    family = make_family("claire@example.com", "Lina")
    education = Scope(
        frozenset(
            Department.objects.filter(code="education").values_list("pk", flat=True)
        )
    )
    before = Household.objects.in_scope(education).count()

    sent(family)

    assert before == 0
    assert Household.objects.in_scope(education).get() == family.household
    assert Following.objects.get().since_on == TODAY


def test_a_departments_order_without_request_makes_the_family_known(
    rochebelle, django_capture_on_commit_callbacks
):
    family = a_family()
    order = an_order(family)

    order_placed.send(sender=Order, order_id=order.pk)

    assert Following.objects.get().department.code == "sports"


def test_limits_are_journalled(rochebelle):
    account = clerk_of("education at jaures")

    entry = Entry.objects.get(action="staff limited", record=account.public_id)

    assert entry.new == {"departments": ["education"], "schools": ["jaures"]}
