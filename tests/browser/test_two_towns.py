"""Two towns at the same time, and no trace of one in the other."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.browser import papers, steps
from tests.browser.conftest import DESKTOP, OpenOne, Visitor
from tests.browser.mailbox import mails_to
from tests.browser.packs import town_pack, write_pack
from tests.browser.stack import Stack

TODAY = date.today()  # noqa: DTZ011 - the towns open on the day of the test.
NEXT_MONTH = (TODAY.replace(day=1) + timedelta(days=32)).replace(day=1)
MONTH = f"{NEXT_MONTH:%Y-%m}"
BORN = date(TODAY.year - 7, 3, 27)


@dataclass
class Side:
    """One town with its people, all of whose names exist nowhere else."""

    town: str
    host: str
    base: str
    parent_name: tuple[str, str]
    child: str
    address: str
    clerk: Visitor
    parent: Visitor
    invoice: str = ""

    @property
    def words(self) -> list[str]:
        """Return what must never show in the other town."""
        return [self.town, *self.parent_name, self.child, self.address]


@pytest.fixture
def sides(stack: Stack, visitor: OpenOne, tmp_path: Path) -> list[Side]:
    people = [
        ("Aubrac", ("Zélie", "Quistinic"), "Oriane"),
        ("Brocéliande", ("Wandrille", "Xaintrailles"), "Ysaline"),
    ]
    operator = visitor(DESKTOP)
    steps.operator_signs_in(operator, stack)
    found = []
    for index, (town, name, child) in enumerate(people):
        host = f"cote-{index}.localhost"
        pack = write_pack(town_pack(town, host, today=TODAY), tmp_path)
        steps.operator_opens_town(operator, stack, name=town, host=host, pack=pack)
        found.append(
            Side(
                town=town,
                host=host,
                base=f"http://{host}:{stack.port}",
                parent_name=name,
                child=child,
                address=f"parent@courriel-{index}.example",
                clerk=visitor(DESKTOP),
                parent=visitor(),
            )
        )
    return found


def test_two_towns_walk_the_main_path_side_by_side(stack, sides, tmp_path):
    for side in sides:
        steps.administrator_arrives(side.clerk, stack, host=side.host)
        enter(side, stack)
    numbers = [ask(side, stack, tmp_path) for side in sides]
    for side, number in zip(sides, numbers, strict=True):
        steps.clerk_accepts(side.clerk, base=side.base, number=number)
    for side in reversed(sides):
        steps.parent_books_a_month(side.parent, base=side.base, month=MONTH)
        steps.parent_books_a_course(side.parent, base=side.base)
    for side in sides:
        steps.clerk_issues_the_month(side.clerk, base=side.base, month=MONTH)
    for side in reversed(sides):
        side.invoice = steps.parent_pays_by_card(side.parent, base=side.base)

    for side, other in (sides, sides[::-1]):
        assert traces_of(other, seen_by=side) == []
        assert mails_that_name(other, stack, of=side) == []
        assert_absent(side, other)
        assert side.clerk.complaints + side.parent.complaints == []


def enter(side: Side, stack: Stack) -> None:
    steps.parent_signs_up(
        side.parent, stack, base=side.base, address=side.address, name=side.parent_name
    )
    steps.parent_adds_child(
        side.parent, base=side.base, first_name=side.child, born=BORN
    )


def ask(side: Side, stack: Stack, folder: Path) -> str:
    return steps.parent_asks_for_canteen(
        side.parent,
        stack,
        base=side.base,
        address=side.address,
        papers=[papers.pdf(folder), papers.photo(folder)],
        child=side.child,
    )


def traces_of(other: Side, *, seen_by: Side) -> list[tuple[str, str]]:
    """Return the pages of one town that hold a word of the other."""
    family = ("my/", "my/children/", "my/requests/", "my/bookings/", "my/invoices/")
    staff = ("admin/", "admin/requests/?status=all", "admin/billing/invoices/")
    found = []
    for visitor, paths in (
        (seen_by.parent, ("", "services/", *family)),
        (seen_by.clerk, (*staff, "admin/billing/runs/", "admin/users/")),
    ):
        for path in paths:
            visitor.page.goto(f"{seen_by.base}/{path}")
            page = visitor.page.content()
            found += [(path, word) for word in other.words if word in page]
    return found


def mails_that_name(other: Side, stack: Stack, *, of: Side) -> list[str]:
    """Return the messages of one family that hold a word of the other town."""
    return [
        str(mail["Subject"])
        for mail in mails_to(stack.var, of.address)
        if any(word in mail.as_string() for word in [*other.words, other.host])
    ]


def assert_absent(side: Side, other: Side) -> None:
    """The other town's invoice is nowhere here, signed in or not."""
    path = other.invoice.removeprefix(other.base)
    answer = side.parent.page.goto(side.base + path)

    assert answer is not None
    assert answer.status == 404
