"""Open every address of a town: none fails, none shows what is not one's own."""

import pytest

from tests.hostile.addresses import WAGTAIL_FAILS, Address, addresses
from tests.hostile.asking import FAILURE, ask, shows, tell
from tests.hostile.conftest import World

EVERYBODY = ("visitor", "parent", "clerk", "administrator")
POISON = ("%00", "9" * 30, "-1", "9999-99-99%F0%9F%98%80%22%3E%27")
# The way to the one door, and what says nothing: drawings, words for scripts.
OF_NOBODY = {"admin/login/", "admin/sprite/", "admin/jsi18n/"}
# The names that our pages read in an address.
WORDS = (
    *("page", "q", "number", "words", "status", "regie", "service", "child", "asked"),
    *("month", "day", "date", "on", "activity", "chosen", "rhythm", "until", "copy"),
    *("document", "next", "quotient", "residence", "booking", "as_text", "commune"),
    *("correct", "weekday", "add", "cancel", "line", "place", "limit", "offset"),
)


def methods(address: Address, who: str) -> tuple[str, ...]:
    """Try each method, where it may lead somewhere; signing out ends a probe."""
    staff = who in {"clerk", "administrator"}
    if "logout" in address.route or not (address.is_ours or staff):
        return ("GET",)
    return ("GET", "POST")


def may_fail(address: Address, who: str) -> bool:
    """Wagtail's own failures before nonsense are let go, for staff only."""
    return who in {"clerk", "administrator"} and address.route in WAGTAIL_FAILS


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_address_fails_or_shows_what_belongs_to_others(
    world: World, who: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client, wrong, probes = world.browser(who), [], 0
    hidden = [world.foreign.mark]
    hidden += [world.neighbour.mark] if who in {"visitor", "parent"} else []

    for address in addresses():
        for method in methods(address, who):
            answer = ask(client, method, address.path(world.mine_in(address)))
            probes += 1
            failed = answer.status_code >= FAILURE and not may_fail(address, who)
            if failed or shows(answer, *hidden):
                wrong.append((method, address.route, answer.status_code))

    tell(capsys, probes, f"every address, as {who}")
    assert wrong == []


@pytest.mark.parametrize("who", ["visitor", "parent", "administrator"])
def test_a_poisoned_question_is_answered_without_failing(
    world: World, who: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client, wrong, probes = world.browser(who), [], 0
    of_staff = who == "administrator"
    tried = [
        each
        for each in addresses()
        if each.is_ours and each.route.startswith("admin/") is of_staff
    ]

    for address in tried:
        for poison in POISON:
            query = "&".join(f"{word}={poison}" for word in WORDS)
            path = f"{address.path(world.mine_in(address))}?{query}"
            probes += 1
            if ask(client, "GET", path).status_code >= FAILURE:
                wrong.append((address.route, poison))

    tell(capsys, probes, f"poisoned questions, as {who}")
    assert wrong == []


@pytest.mark.parametrize(("who", "found"), [("visitor", {302, 404}), ("parent", {404})])
def test_the_back_office_has_no_address_for_families(
    world: World, who: str, found: set[int]
) -> None:
    client = world.browser(who)
    tried = [each for each in addresses() if each.route.startswith("admin/")]

    answers = {
        each.route: ask(client, "GET", each.path(world.mine_in(each))).status_code
        for each in tried
        if each.route not in OF_NOBODY
    }

    assert {route: s for route, s in answers.items() if s not in found} == {}


@pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/"])
def test_there_is_one_door_with_its_second_factor_and_its_limits(
    world: World, path: str
) -> None:
    client = world.browser("visitor")

    answers = [
        client.get(path),
        client.post(path, {"username": "zorglubane@example.com", "password": "x"}),
    ]

    assert [answer["Location"] for answer in answers] == ["/accounts/login/"] * 2
