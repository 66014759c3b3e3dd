"""Put the identifiers of others in every address that takes one."""

from collections.abc import Iterator, Mapping
from uuid import UUID, uuid4

import pytest

from tests.hostile.addresses import Address, with_ids
from tests.hostile.asking import ask, gist, shows, tell
from tests.hostile.conftest import World

Ids = Mapping[str, UUID]
METHODS = ("GET", "POST")
SIGN_IN, FORBIDDEN, NOT_POSTED = 302, 403, 405
# Each kind of account, and whose things it must not reach.
OTHERS = {
    "parent": ("neighbour", "foreign"),
    "clerk": ("foreign",),
    "administrator": ("foreign",),
}


def mixtures(address: Address, world: World, owner: str) -> Iterator[tuple[Ids, Ids]]:
    """Yield ids of somebody else, all or one among one's own; and ids of nothing."""
    kinds = address.ids
    mine = {name: world.ids["mine"][kind] for name, kind in kinds.items()}
    theirs = {name: world.ids[owner][kind] for name, kind in kinds.items()}
    one_among_mine = [mine | {name: theirs[name]} for name in kinds]
    for given in one_among_mine if len(kinds) == 1 else [theirs, *one_among_mine]:
        nothing = {
            name: value if value == mine[name] else uuid4()
            for name, value in given.items()
        }
        if nothing != given:
            yield given, nothing


def test_what_is_somebody_else_s_answers_like_what_does_not_exist(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, probes = [], 0

    for who, others in OTHERS.items():
        client = world.browser(who)
        for address in with_ids():
            for owner in others:
                marks = [world.planted(each).mark for each in others]
                for given, nothing in mixtures(address, world, owner):
                    for method in METHODS:
                        answer = ask(client, method, address.path(given))
                        like = ask(client, method, address.path(nothing))
                        probes += 1
                        if gist(answer) != gist(like) or shows(answer, *marks):
                            wrong.append((who, method, address.route, owner))

    tell(capsys, probes, "ids of others, as a parent, a clerk, an administrator")
    assert wrong == []


def test_people_of_another_town_find_nothing_of_this_one(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, probes = [], 0
    marks = [world.mine.mark, world.neighbour.mark]

    for who in OTHERS:
        client = world.browser_elsewhere(who)
        for address in with_ids():
            for method in METHODS:
                answer = ask(client, method, address.path(world.mine_in(address)))
                like = ask(client, method, address.path())
                probes += 1
                if gist(answer) != gist(like) or shows(answer, *marks):
                    wrong.append((who, method, address.route, answer.status_code))

    tell(capsys, probes, "ids of one town, on another")
    assert wrong == []


def test_a_visitor_is_sent_to_sign_in_and_learns_nothing(world: World) -> None:
    client, wrong = world.browser("visitor"), []

    for address in with_ids():
        for method in METHODS:
            answer = ask(client, method, address.path(world.mine_in(address)))
            asked = answer.status_code in {SIGN_IN, FORBIDDEN, NOT_POSTED}
            if not asked or shows(answer, world.mine.mark):
                wrong.append((method, address.route, answer.status_code))

    assert wrong == []


def test_one_s_own_things_do_open(world: World) -> None:
    """The refusals above are not those of an address filled with the wrong kind."""
    shown = {}

    for who in ("parent", "administrator"):
        client = world.browser(who)
        for address in with_ids():
            if address.route.startswith("admin/") is (who == "administrator"):
                shown[address.route] = ask(
                    client, "GET", address.path(world.mine_in(address))
                )

    statuses = {route: answer.status_code for route, answer in shown.items()}
    assert [r for r, status in statuses.items() if status not in {200, 302, 405}] == []
    marked = [r for r, answer in shown.items() if shows(answer, world.mine.mark)]
    assert len(marked) > 12
