"""The platform's own site: nobody of a town enters it, and it shows nobody's family."""

import pytest
from django.test import Client

from foundation.town import enter_public
from tests.hostile.addresses import Address, addresses
from tests.hostile.asking import FAILURE, ask, tell
from tests.hostile.probing import FAMILIES
from tests.hostile.reading import read
from tests.hostile.world import PLATFORM, World

METHODS = ("GET", "POST", "PUT", "DELETE")
OF_TOWNS = ("parent", "neighbour", "clerk", "administrator")
SHUT = {302, 403, 404, 405}


def browser_of(world: World, who: str) -> Client:
    """Return a browser on the platform's host, with the session of somebody."""
    client = Client(headers={"host": PLATFORM}, SERVER_NAME=PLATFORM)
    client.raise_request_exception = False
    if who == "operator":
        enter_public()
        client.force_login(world.people[who])
    elif who != "visitor":
        giver = world.browser(who)
        client.cookies["session"] = giver.cookies["session"].value
        enter_public()
    return client


def paths(address: Address, world: World) -> list[str]:
    """Return the paths with the identifier of nothing, then with that of a town."""
    ids = dict.fromkeys(address.names, world.here.public_id)
    return [address.path(), *([address.path(ids)] if ids else [])]


@pytest.mark.parametrize("who", ["visitor", *OF_TOWNS, "operator"])
def test_the_platform_s_site_is_shut_to_towns_and_blind_to_families(
    standing_world: World, who: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client, wrong, probes = browser_of(standing_world, who), [], 0
    marks = [standing_world.planted(each).mark.encode() for each in FAMILIES]

    for address in addresses("portal.urls_public"):
        for path in paths(address, standing_world):
            for method in METHODS:
                if "logout" in path:
                    continue
                answer = ask(client, method, path)
                probes += 1
                is_inside = address.route.startswith("console/") and who != "operator"
                told = (method, address.route, answer.status_code)
                if answer.status_code >= FAILURE and address.route != "health/ready":
                    wrong.append(("fails", *told))
                if is_inside and answer.status_code not in SHUT:
                    wrong.append(("opens", *told))
                if any(mark in read(answer) for mark in marks):
                    wrong.append(("shows", *told))

    tell(capsys, probes, f"of the platform's site, as {who}")
    assert wrong == []


def test_an_operator_s_session_is_nobody_s_in_a_town(standing_world: World) -> None:
    operator = browser_of(standing_world, "operator")
    client = standing_world.browser("visitor")
    client.cookies["session"] = operator.cookies["session"].value

    answer = ask(client, "GET", "/my/")

    assert answer.headers["Location"].startswith("/accounts/login/")
