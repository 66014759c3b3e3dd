"""Each screen of the staff: nothing wider than a telephone, nothing hard to read.

The screens are found by following their links, one of each kind, from the home page.
"""

import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Error, Page, ViewportSize

from tests.browser import steps
from tests.browser.conftest import OpenOne, Visitor
from tests.browser.stack import ROOT, Stack

PHONE: ViewportSize = {"width": 390, "height": 844}
AXE = ROOT / "node_modules/axe-core/axe.min.js"
CLERK = "regards@rochebelle.example"
PEOPLE = f"""
from allauth.account.models import EmailAddress
from django_tenants.utils import tenant_context
from foundation.accounts.models import Account
from tenants.models import Town
from tests.families.builders import make_family
with tenant_context(Town.objects.get(domains__domain="rochebelle.localhost")):
    clerk = Account.objects.create_superuser("{CLERK}", "{steps.SECRET}")
    EmailAddress.objects.create(user=clerk, email=clerk.email, verified=True)
    make_family("lectrice@rochebelle.example", "Lina", "Noé")
"""
# What is no page of ours, or the same page again in another order.
ELSEWHERE = re.compile(
    r"/(logout|documents|images|pages|reports|history|usage|file|export|empty)/"
    r"|ordering=|[?&]p=|\.csv|login"
)
NAMED = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)\d+(?=/)")
LEAST_KINDS = 60
MOST_KINDS = 90  # So that the module stays under a minute and a half.
TOO_WIDE = """() => document.documentElement.scrollWidth
    - document.documentElement.clientWidth"""
HARD_TO_READ = """async () => (await axe.run("main", {
    runOnly: ["color-contrast", "empty-heading", "label", "button-name", "link-name"],
    resultTypes: ["violations"],
})).violations.flatMap(
    each => each.nodes.map(node => `${each.id} ${node.target} ${node.any[0]?.message}`)
)"""


@pytest.fixture
def clerk(stack: Stack, visitor: OpenOne) -> Visitor:
    """A clerk who may see everything of a town where a family lives."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make setup`")
    stack.manage("shell", "-c", PEOPLE)
    found = visitor(PHONE, reduced_motion="reduce")
    steps.sign_in(found, stack.town("rochebelle"), CLERK)
    found.page.wait_for_url("**/admin/**")
    return found


def test_every_screen_of_the_staff_fits_a_telephone_and_is_readable(
    stack: Stack, clerk: Visitor
) -> None:
    faults, seen = [], 0

    for path in walk(clerk.page, stack.town("rochebelle"), "/admin/"):
        seen += 1
        faults += [(path, fault) for fault in faults_of(clerk.page)]

    assert faults == []
    assert clerk.complaints == []
    assert seen >= LEAST_KINDS


def walk(page: Page, base: str, start: str) -> Iterator[str]:
    """Visit one page of each kind that links lead to; yield their paths."""
    waiting, known = deque([start]), {start}
    while waiting:
        path = waiting.popleft()
        page.emulate_media(color_scheme="light")
        if not opens(page, base + path):
            continue
        yield path
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            address = urlsplit(urljoin(page.url, link))
            kind = NAMED.sub("*", address.path)
            if f"{address.scheme}://{address.netloc}" != base or kind in known:
                continue
            if len(known) == MOST_KINDS or not address.path.startswith(start):
                continue
            if not ELSEWHERE.search(link):
                known.add(kind)
                waiting.append(
                    address.path + (f"?{address.query}" * bool(address.query))
                )


def opens(page: Page, address: str) -> bool:
    """Go to a page; a file to download is none."""
    try:
        answer = page.goto(address)
    except Error:
        return False
    return answer is not None and "html" in answer.headers.get("content-type", "")


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with a page, in light and in dark."""
    wide = page.evaluate(TOO_WIDE)
    found = [f"{wide} pixels too wide"] if wide > 0 else []
    page.evaluate(Path(AXE).read_text())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {each}" for each in page.evaluate(HARD_TO_READ)]
    return found
