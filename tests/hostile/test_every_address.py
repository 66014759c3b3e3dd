"""Poison the questions of every address: none fails. The ids: test_probe.py."""

import pytest

from tests.hostile.addresses import addresses
from tests.hostile.asking import FAILURE, ask, tell
from tests.hostile.world import World

POISON = ("%00", "9" * 30, "-1", "9999-99-99%F0%9F%98%80%22%3E%27")
# The names that our pages read in an address.
WORDS = (
    *("page", "q", "number", "words", "status", "regie", "service", "child", "asked"),
    *("month", "day", "date", "on", "activity", "chosen", "rhythm", "until", "copy"),
    *("document", "next", "quotient", "residence", "booking", "as_text", "commune"),
    *("correct", "weekday", "add", "cancel", "line", "place", "limit", "offset"),
)


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
