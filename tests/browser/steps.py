"""The gestures of each person on the main path."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.mailbox import link_in, wait_for_mail
from tests.browser.stack import Stack

SECRET = "un secret assez long 42"
PAY = "button[form=pay], form[action$='/pay/'] button"


def submit(visitor: Visitor, form: str = "main form") -> None:
    """Send the page's form."""
    visitor.page.locator(f"{form} button[type=submit]").last.click()


def sign_in(visitor: Visitor, base: str, address: str) -> None:
    page = visitor.page
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", SECRET)
    submit(visitor, "main form:has(input[name=password])")


def choose_password(visitor: Visitor, link: str) -> None:
    page = visitor.page
    page.goto(link)
    for name in ("password1", "password2"):
        if page.locator(f"input[name={name}]").count():
            page.fill(f"input[name={name}]", SECRET)
    submit(visitor)


def operator_signs_in(operator: Visitor, stack: Stack) -> None:
    printed = stack.manage("create_operator", "olga@platform.example")
    choose_password(operator, printed.strip().splitlines()[-1])
    sign_in(operator, stack.platform, "olga@platform.example")


def operator_opens_town(
    operator: Visitor, stack: Stack, *, name: str, host: str, pack: Path
) -> None:
    """Step 1: the form, then the page that says the town is open."""
    page = operator.page
    page.goto(f"{stack.platform}/console/")
    page.locator("main a.govuk-button, main a.preau-button").first.click()
    page.fill("input[name=name]", name)
    page.fill("input[name=host]", host)
    page.set_input_files("input[name=pack]", str(pack))
    operator.shoot("1-open-a-town")
    submit(operator)
    page.locator(f"main a[href*='{host}']").first.wait_for()
    operator.shoot("1-town-open")


def administrator_arrives(clerk: Visitor, stack: Stack, *, host: str) -> None:
    """The first administrator chooses a password and enters the back office."""
    address = f"mairie@{host}"
    text = wait_for_mail(stack.var, address, "/accounts/password/reset/")
    choose_password(clerk, link_in(text, "/accounts/password/reset/"))
    sign_in(clerk, f"http://{host}:{stack.port}", address)
    clerk.page.wait_for_url("**/admin/**")


def parent_signs_up(
    parent: Visitor,
    stack: Stack,
    *,
    base: str,
    address: str,
    name: tuple[str, str] = ("Claire", "Martin"),
) -> None:
    """Step 3: account, confirmation, postal address."""
    page = parent.page
    page.goto(f"{base}/accounts/signup/")
    page.check("input[name=civility][value=madam]")
    page.fill("input[name=first_name]", name[0])
    page.fill("input[name=last_name]", name[1])
    page.fill("input[name=email]", address)
    page.fill("input[name=password1]", SECRET)
    page.check("input[name=of_age]")
    parent.shoot("3-sign-up")
    submit(parent)
    parent.shoot("3-check-your-mail")
    text = wait_for_mail(stack.var, address, "/accounts/confirm-email/")
    page.goto(link_in(text, "/accounts/confirm-email/"))
    submit(parent)
    page.goto(f"{base}/my/")
    page.fill("input[name=street]", "12 rue des Tilleuls")
    page.fill("input[name=postal_code]", "59223")
    page.fill("input[name=city]", "Rochebelle")
    parent.shoot("3-address")
    submit(parent)


def parent_adds_child(
    parent: Visitor, *, base: str, first_name: str, born: date
) -> None:
    page = parent.page
    page.goto(f"{base}/my/children/new/")
    page.fill("input[name=first_name]", first_name)
    for part, value in (("day", born.day), ("month", born.month), ("year", born.year)):
        page.fill(f"input[name=birth_date_{part}]", str(value))
    parent.shoot("3-child")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_text(first_name).first.wait_for()


def parent_asks_for_canteen(
    parent: Visitor,
    stack: Stack,
    *,
    base: str,
    address: str,
    papers: list[Path],
    child: str = "Lina",
) -> str:
    """Step 4: one question a page, the proofs, then the tracking number."""
    page = parent.page
    page.goto(f"{base}/my/requests/new/")
    answer_questions(page, {"child": child, "service": "Cantine"})
    answer_questions(page, {"situation": "Enfant scolarisé à Rochebelle"})
    page.wait_for_url("**/proofs/**")
    parent.shoot("4-proofs")
    for paper in papers:
        if not page.locator("input[type=file]").count():
            page.locator(".preau-actions a[href*='/proofs/']").first.click()
        page.wait_for_selector("input[type=file]")
        parent.shoot("4-proof")
        here = page.url
        page.set_input_files("input[type=file]", str(paper))
        page.locator("main form[enctype] button[type=submit]").first.click()
        page.wait_for_url(re.compile(f"^(?!{re.escape(here)}$)"))
    page.goto(page.url.split("/proofs/")[0] + "/check/")
    page.check("input[name=certified]")
    parent.shoot("4-check")
    submit(parent)
    page.wait_for_url("**/sent/")
    parent.shoot("4-sent")
    number = page.locator(".govuk-panel strong, .preau-panel strong").first.inner_text()
    assert number in wait_for_mail(stack.var, address, number)
    return number


def answer_questions(page: Page, answers: dict[str, str]) -> None:
    """Choose the radio of each question shown, by its words."""
    for name, words in answers.items():
        page.wait_for_load_state()
        if page.locator(f"input[type=radio][name={name}]").count():
            page.get_by_label(words, exact=False).first.check()
            page.locator("main form button[type=submit]").first.click()


def clerk_accepts(clerk: Visitor, *, base: str, number: str) -> None:
    """Step 5: the documents beside the answers, each proof, then the decision."""
    page = clerk.page
    page.goto(f"{base}/admin/requests/?text={number}")
    clerk.shoot("5-queue")
    page.locator(f"tr:has-text('{number}') a, a:has-text('{number}')").first.click()
    page.wait_for_selector(".review-decision")
    clerk.shoot("5-review")
    waiting = page.locator(".review-proof form[action*='accept'] button")
    for _proof in range(waiting.count()):
        with page.expect_navigation():
            waiting.first.click()
    clerk.shoot("5-proofs-accepted")
    with page.expect_navigation():
        page.locator(".review-decision form[action$='accept/'] button").first.click()
    clerk.shoot("5-accepted")
    assert not page.locator(".review-decision").count()


def parent_books_a_month(parent: Visitor, *, base: str, month: str) -> None:
    """Step 6: three days of canteen, checked, then confirmed."""
    page = parent.page
    page.goto(f"{base}/my/bookings/")
    parent.shoot("6-bookings")
    page.locator(".preau-months a").first.click()
    page.wait_for_selector(".preau-grid")
    page.goto(page.url.split("?")[0] + f"?month={month}")
    free = page.locator("input[name=day]:not([disabled]):not(:checked)")
    for index in range(3):
        free.nth(index).evaluate("box => box.click()")
    parent.shoot("6-month")
    page.locator("#month-form button[type=submit]").last.click()
    page.wait_for_url("**/check/**")
    parent.shoot("6-month-check")
    submit(parent)
    page.wait_for_url("**/orders/**")
    parent.shoot("6-month-booked")


def parent_books_a_course(parent: Visitor, *, base: str) -> None:
    """Step 6: a course with few places, through the basket."""
    page = parent.page
    page.goto(f"{base}/my/bookings/")
    page.locator("a[href*='/courses/']").first.click()
    page.wait_for_selector("input[name=place]")
    page.locator("input[name=place]").first.evaluate("box => box.click()")
    parent.shoot("6-course")
    submit(parent)
    page.wait_for_url("**/basket/**")
    parent.shoot("6-basket")
    page.goto(f"{base}/my/basket/check/")
    parent.shoot("6-basket-check")
    submit(parent)
    page.wait_for_url("**/orders/**")
    parent.shoot("6-course-booked")


def clerk_issues_the_month(clerk: Visitor, *, base: str, month: str) -> None:
    """Step 7: drafts, checked, then issued."""
    page = clerk.page
    page.goto(f"{base}/admin/billing/runs/new/")
    page.evaluate(
        "month => { document.querySelector('input[name=month]').value = month; }", month
    )
    clerk.shoot("7-new-run")
    page.locator("main button.button[type=submit], .bo-actions button").first.click()
    page.wait_for_selector("input[name=checked]")
    clerk.shoot("7-drafts")
    page.check("input[name=checked]")
    page.locator("form[action$='/issue/'] button").click()
    page.wait_for_load_state()
    clerk.shoot("7-issued")


def parent_pays_by_card(parent: Visitor, *, base: str) -> str:
    """Step 8: a declined card, a good one, the receipt. Returns the invoice's page."""
    page = parent.page
    page.goto(f"{base}/my/invoices/")
    parent.shoot("8-invoices")
    links = page.locator("main .preau-cards a[href*='/my/invoices/']")
    links.first.click()
    page.wait_for_selector(PAY)
    parent.shoot("8-invoice")
    invoice = page.url
    page.locator(PAY).first.click()
    page.wait_for_selector("input[name=card_number]")
    parent.shoot("8-card")
    pay_with(page, "4000 0000 0000 0002")
    page.wait_for_selector("input[name=card_number]")
    parent.shoot("8-declined")
    # The provider's own page answers without leaving; the stand-in's is asked again.
    page.goto(page.url)
    pay_with(page, "4242 4242 4242 4242")
    page.wait_for_url(f"{base}/my/payments/**")
    parent.shoot("8-paid")
    press_back_to(page, invoice)
    page.wait_for_selector("a[href$='/receipt/']")
    parent.shoot("8-invoice-paid")
    assert not page.locator(PAY).count()
    return invoice


def press_back_to(page: Page, address: str) -> None:
    """Press the browser's Back button until it shows an address again."""
    for _press in range(5):
        page.go_back()
        if page.url == address:
            return
    pytest.fail(f"Back does not lead to {address}, but to {page.url}")


def pay_with(page: Page, card: str) -> None:
    """Fill the hosted page as a person would."""
    page.fill("input[name=card_number]", card)
    page.fill("input[name=expiry]", "12/34")
    page.fill("input[name=cvc]", "123")
    page.fill("input[name=name]", "Claire Martin")
    if page.locator("input[name=email]").count():
        page.fill("input[name=email]", "claire@example.com")
    page.locator("button[type=submit]").last.click()
    page.wait_for_load_state()
