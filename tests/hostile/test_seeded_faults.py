"""Faults are planted on purpose: the tests that watch over towns must see each of them.

The fault of content types has its own witness in tests/isolation/test_content_types.py.
Locks and unique messages of payment need committed data: test_seeded_faults_at_once.py.
The copy of a person's data is for clerks of the whole town: it has no filter to lose.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as live
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django_tenants.utils import tenant_context

from billing.models.invoices import InvoiceQuerySet
from catalog.models import Service
from catalog.models.services import ServiceQuerySet
from enrolment.models.access import AccessRequestQuerySet
from enrolment.views import review_figures
from families.models import Child
from families.models.children import ChildQuerySet
from families.models.households import HouseholdQuerySet
from foundation import money, signing
from foundation.jobs import town as jobs
from foundation.uploads import child
from tenants.domain.scope import EVERYTHING
from tests.foundation import test_money
from tests.foundation.uploads import pictures
from tests.hostile.asking import ask
from tests.hostile.probing import Probe
from tests.hostile.world import World
from tests.isolation import test_connections, test_values

Plant = Callable[[pytest.MonkeyPatch, Any], None]
Watch = Callable[[Any], object]
CAUGHT: set[str] = set()


def everything(self: Any, *_scope: object) -> Any:
    """Forget to filter."""
    return self.all()


def unscoped(queryset: type) -> Plant:
    """Forget whose part of the town the clerk sees."""
    return lambda patch, _settings: patch.setattr(queryset, "in_scope", everything)


def any_child(patch: pytest.MonkeyPatch, _settings: Any) -> None:
    """Forget whose child it is."""

    def get_child(_household: object, public_id: Any) -> Child:
        return get_object_or_404(Child, public_id=public_id)

    patch.setattr("families.views.child_file.get_child", get_child)


def probed(*routes: str, only: str) -> Watch:
    """Try some addresses as somebody; return what should not be."""

    def watch(ask: Any) -> object:
        run = Probe(ask("standing_world"))
        run.run(*routes, only=(only,))
        assert run.facts
        return [fact for fact in run.facts if fact.differs or fact.shown]

    return watch


def failing(test: Callable[..., object], *fixtures: str, **given: object) -> Watch:
    """Run a test of the suite; return how it failed, if it did."""

    def watch(ask: Any) -> object:
        try:
            test(**{name: ask(name) for name in fixtures}, **given)
        except (AssertionError, pytest.fail.Exception) as error:
            return error
        return None

    return watch


def set_to(name: str, value: object) -> Plant:
    return lambda _patch, settings: setattr(settings, name, value)


def put(target: object, name: str, value: object) -> Plant:
    return lambda patch, _settings: patch.setattr(target, name, value)


def no_town_in_cache(_patch: pytest.MonkeyPatch, settings: Any) -> None:
    shared = {"KEY_FUNCTION", "REVERSE_KEY_FUNCTION"}
    settings.CACHES = {
        alias: {name: value for name, value in each.items() if name not in shared}
        for alias, each in live.CACHES.items()
    }


def kept_as_sent(data: bytes, _kind: object) -> tuple[bytes, int]:
    """Forget to draw a picture again."""
    return data, 1


def smuggled(_ask: Any) -> object:
    """Clean a photo; return the camera's mark if it is still in it."""
    photo = pictures.honest()["jpeg with position"]
    verdict, content = child.clean(photo)
    assert "refused" not in verdict
    return pictures.CAMERA.encode() in content


def offered(name: str, department: str, *, who: str, said: str = "public_id") -> Watch:
    """Read a form or a table; return the services of another department in it."""

    def watch(ask_for: Any) -> object:
        world = ask_for("standing_world")
        with tenant_context(world.here):
            path = reverse(name)
            others = Service.objects.exclude(department__code=department)
            keys = [str(getattr(each, said)) for each in others]
        page = ask(world.browser(who), "GET", path)
        assert keys
        assert page.status_code == 200
        return [key for key in keys if key.encode() in page.said]

    return watch


SHIPPED = failing(test_values.test_the_checks_pass_as_we_ship)
TOWNS = ("rochebelle", "etangs")
FAULTS: dict[str, tuple[Plant, Watch]] = {
    "cache keys without the town": (no_town_in_cache, SHIPPED),
    "one signature for all towns": (
        put(signing, "town_salt", lambda purpose: f"preau|{purpose}"),
        failing(test_values.test_a_signed_value_opens_in_its_own_town_only, *TOWNS),
    ),
    "a list without its filter": (
        unscoped(AccessRequestQuerySet),
        probed("admin/requests/", only="clerk of a school"),
    ),
    "a page of a family without its filter": (
        any_child,
        probed("my/children/<uuid:public_id>/health/", only="neighbour"),
    ),
    "a page of clerks without its filter": (
        unscoped(ChildQuerySet),
        probed("admin/children/<uuid:public_id>/", only="clerk of a school"),
    ),
    "a document without its filter": (
        unscoped(InvoiceQuerySet),
        probed(
            "admin/billing/invoices/<uuid:public_id>/document/", only="clerk of sports"
        ),
    ),
    "a search without its filter": (
        unscoped(HouseholdQuerySet),
        probed("admin/families/files/<uuid:public_id>/", only="clerk of a school"),
    ),
    "choices without their filter": (
        unscoped(ServiceQuerySet),
        offered("catalog_staff:copy_season", "sports", who="clerk of sports"),
    ),
    "a table to take away without its filter": (
        put(review_figures, "scope_of", lambda _account: EVERYTHING),
        offered(
            "enrolment_review:figures-file",
            "sports",
            who="clerk of sports",
            said="name",
        ),
    ),
    "a picture kept as it was sent": (
        put(child, "_rewrite_kind", kept_as_sent),
        smuggled,
    ),
    "a job without its town": (
        put(jobs, "get_public_schema_name", lambda: "nowhere"),
        failing(test_connections.test_a_town_s_job_is_refused_outside_towns, "db"),
    ),
    "cookies for all towns": (set_to("SESSION_COOKIE_DOMAIN", ".localhost"), SHIPPED),
    "forms from any town": (
        set_to("CSRF_TRUSTED_ORIGINS", ["https://*.localhost"]),
        SHIPPED,
    ),
    "one address for all back offices": (
        set_to("WAGTAILADMIN_BASE_URL", "http://localhost"),
        failing(
            test_values.test_the_back_office_writes_links_on_the_current_town, *TOWNS
        ),
    ),
    "money in fractions": (
        put(money.Money, "__post_init__", lambda _self: None),
        failing(test_money.test_money_holds_whole_minor_units_only, minor=2.0),
    ),
}


@pytest.fixture(scope="module", autouse=True)
def told(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    capture: Any = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\n  {len(CAUGHT)} of {len(FAULTS)} faults caught", end="")  # noqa: T201 - meant to be seen.


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen(
    name: str,
    standing_world: World,
    request: pytest.FixtureRequest,
    settings: Any,
) -> None:
    plant, watch = FAULTS[name]
    before = watch(request.getfixturevalue)

    with pytest.MonkeyPatch.context() as patch:
        plant(patch, settings)
        seen = watch(request.getfixturevalue)

    assert not before
    assert seen
    CAUGHT.add(name)
