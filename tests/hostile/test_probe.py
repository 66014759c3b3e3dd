"""Nobody finds what is not theirs: every address, method, role and kind of identifier.

Addresses come from the URLconf, what their identifiers name from the page's queries,
who may come in from the guard each view wears: nothing is listed by hand.
"""

import pytest

from foundation.access import Audience
from tests.hostile.addresses import WAGTAIL_FAILS
from tests.hostile.asking import FAILURE
from tests.hostile.filling import SECRET
from tests.hostile.probing import FAMILIES, Fact, Probe, told
from tests.hostile.world import World

LEAST = 10_000
# Wagtail's own door leads on to ours.
SIGN_IN = ("/accounts/login/", "/admin/login/")
# The one door, and what says nothing: drawings, words for scripts.
OF_NOBODY = {"admin/login/", "admin/sprite/", "admin/jsi18n/"}
PAIR = "admin/families/duplicates/<slug:kind>/<uuid:first>/<uuid:second>/"
# Open to somebody else of the household, or while something waits.
SHUT = {
    "my/household/adults/<uuid:public_id>/remove/": "nobody takes oneself out",
    "admin/families/terms/<uuid:public_id>/": "what is planted is a draft",
    "my/household/invited/<uuid:public_id>/": "for whoever was invited",
    PAIR: "one record is no pair with itself",
    f"{PAIR}apart/": "as above",
    "admin/tariff-trials/<uuid:public_id>/file/": "nothing is counted yet",
}
INSIDE = {Audience.FAMILY, Audience.SIGNED_IN}


@pytest.fixture(scope="module")
def probe(standing_world: World) -> Probe:
    """Try every address of the standing world."""
    run = Probe(standing_world)
    run.run()
    return run


def test_there_are_enough_probes(
    probe: Probe, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f"\n  {len(probe.facts)} probes", end="")  # noqa: T201 - meant to be seen.

    assert len(probe.facts) >= LEAST


def test_no_address_fails(probe: Probe) -> None:
    wrong = [
        fact
        for fact in probe.facts
        if fact.status >= FAILURE
        and not (fact.role.staff and fact.address.route in WAGTAIL_FAILS)
    ]

    assert told(wrong) == []


def test_what_is_somebody_else_s_answers_like_what_does_not_exist(
    probe: Probe,
) -> None:
    assert told(fact for fact in probe.facts if fact.differs) == []


def test_nothing_planted_shows_to_those_it_is_not_for(probe: Probe) -> None:
    assert told(fact for fact in probe.facts if fact.shown) == []


def test_what_is_logged_names_nobody(probe: Probe) -> None:
    marks = [probe.world.planted(each).mark for each in FAMILIES]

    told_of = [
        line for line in probe.logged if any(mark in line for mark in [*marks, SECRET])
    ]

    assert probe.logged
    assert told_of == []


def test_pages_of_families_send_strangers_to_sign_in(probe: Probe) -> None:
    wrong = [
        fact
        for fact in probe.facts
        if fact.role.outside
        and fact.address.audience in INSIDE
        and not _is_sent_away(fact)
    ]

    assert told(wrong) == []


def test_the_back_office_has_no_address_for_families(probe: Probe) -> None:
    wrong = [
        fact
        for fact in probe.facts
        if not fact.role.staff
        and (fact.address.of_staff or fact.address.audience is Audience.CLERK)
        and fact.address.route not in OF_NOBODY
        and not (fact.status == 404 or (fact.role.outside and _is_sent_away(fact)))
    ]

    assert told(wrong) == []


def test_one_s_own_things_do_open(probe: Probe) -> None:
    """The refusals above are not those of an address filled with the wrong kind."""
    own = [fact for fact in probe.facts if fact.whose == "own"]
    opened = {fact.address.route for fact in own if fact.status in {200, 302}}

    shut = (
        {
            fact.address.route
            for fact in own
            if fact.address.audience in INSIDE | {Audience.CLERK}
        }
        - opened
        - SHUT.keys()
    )

    assert shut == set()


def _is_sent_away(fact: Fact) -> bool:
    is_api = fact.address.route.startswith("api/")
    if fact.status == 405 or (is_api and fact.status == 403):
        return True
    return fact.status == 302 and fact.location.startswith(SIGN_IN)
