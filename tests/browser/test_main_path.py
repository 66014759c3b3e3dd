"""The main path, each step by a person."""

from datetime import date, timedelta

from tests.browser import papers, steps
from tests.browser.configuration import STUDY, administrator_configures
from tests.browser.conftest import DESKTOP
from tests.browser.mailbox import wait_for_mail
from tests.browser.packs import town_pack, write_pack

TODAY = date.today()  # noqa: DTZ011 - the towns open on the day of the test.
NEXT_MONTH = (TODAY.replace(day=1) + timedelta(days=32)).replace(day=1)
MONTH = f"{NEXT_MONTH:%Y-%m}"
BORN = date(TODAY.year - 7, 3, 27)


def test_a_town_opens_and_a_family_books_and_pays(stack, visitor, tmp_path):
    host = "valmont.localhost"
    base = f"http://{host}:{stack.port}"
    pack = write_pack(town_pack("Valmont", host, today=TODAY), tmp_path)
    operator, clerk, parent = visitor(DESKTOP), visitor(DESKTOP), visitor()

    steps.operator_signs_in(operator, stack)
    steps.operator_opens_town(operator, stack, name="Valmont", host=host, pack=pack)
    steps.administrator_arrives(clerk, stack, host=host)
    administrator_configures(clerk, base=base, today=TODAY)
    steps.parent_signs_up(parent, stack, base=base, address="claire@valmont.example")
    steps.parent_adds_child(parent, base=base, first_name="Lina", born=BORN)
    number = steps.parent_asks_for_canteen(
        parent,
        stack,
        base=base,
        address="claire@valmont.example",
        papers=[papers.pdf(tmp_path), papers.photo(tmp_path)],
    )
    steps.clerk_accepts(clerk, base=base, number=number)
    steps.parent_books_a_month(parent, base=base, month=MONTH)
    steps.parent_books_a_course(parent, base=base)
    steps.clerk_issues_the_month(clerk, base=base, month=MONTH)
    wait_for_mail(stack.var, "claire@valmont.example", "/my/invoices/")
    steps.parent_pays_by_card(parent, base=base)
    parent.page.goto(f"{base}/services/")
    parent.page.get_by_text(STUDY).first.wait_for()

    assert operator.complaints + clerk.complaints + parent.complaints == []
