"""Opening an account as the town wants it, with the check against robots."""

from datetime import date

import pytest

from tests.browser.mailbox import link_in, wait_for_mail
from tests.browser.packs import town_pack, write_pack
from tests.browser.steps import SECRET, submit

TODAY = date.today()  # noqa: DTZ011 - the towns open on the day of the test.


@pytest.fixture
def portal(stack, tmp_path):
    """Open a town that checks for robots; return a function that gives its address."""

    def open_one(name, style):
        host = f"{name}.localhost"
        pack = town_pack(name.title(), host, today=TODAY)
        pack.setdefault("townhall", {}).update(
            sign_up_style=style,
            robot_check=True,
            password_length=8,
            password_kinds=3,
        )
        stack.manage("open_town", str(write_pack(pack, tmp_path)))
        return f"http://{host}:{stack.port}"

    return open_one


def say_who(page, address):
    page.check("input[name=civility][value=madam]")
    page.fill("input[name=first_name]", "Claire")
    page.fill("input[name=last_name]", "Martin")
    for name in ("email", "email_again"):
        if page.locator(f"input[name={name}]").count():
            page.fill(f"input[name={name}]", address)
    page.check("input[name=of_age]")


def test_the_password_is_chosen_after_the_mail(stack, visitor, portal):
    base, address = portal("lienbourg", "link_first"), "claire@lienbourg.example"
    parent = visitor()
    page = parent.page

    page.goto(f"{base}/accounts/signup/")
    say_who(page, address)
    page.locator("[data-preau-robots] input[name=robots_solution]").evaluate(
        "input => new Promise(done => { const look = () =>"
        " input.value ? done() : setTimeout(look, 50); look(); })"
    )
    parent.shoot("ways-link-first")
    submit(parent)
    text = wait_for_mail(stack.var, address, "/accounts/confirm-email/")
    page.goto(link_in(text, "/accounts/confirm-email/"))
    page.fill("input[name=password1]", "lune-bleue")
    met = page.locator("[data-condition][data-met=true]")
    half = met.count()
    page.fill("input[name=password1]", SECRET + "A")
    everything = met.count()
    parent.shoot("ways-choose-password")
    submit(parent)
    page.wait_for_url("**/my/address/")

    assert (half, everything) == (1, 2)
    assert parent.complaints == []


def test_the_form_sent_too_early_waits_for_its_proof(stack, visitor, portal):
    base, address = portal("hativille", "password_first"), "claire@hativille.example"
    parent = visitor()
    page = parent.page

    page.goto(f"{base}/accounts/signup/")
    say_who(page, address)
    page.fill("input[name=password1]", SECRET + "A")
    submit(parent)
    page.wait_for_url("**/accounts/confirm-email/")

    assert parent.complaints == []


def test_the_address_comes_first_and_a_person_without_javascript_gets_through(
    stack, visitor, portal
):
    base, address = portal("portebourg", "address_first"), "claire@portebourg.example"
    parent = visitor(java_script_enabled=False)
    page = parent.page

    page.goto(f"{base}/accounts/start/")
    page.fill("input[name=email]", address)
    submit(parent)
    parent.shoot("ways-start-next")
    submit(parent, "form[action$='/start/link/']")
    too_early = page.locator(".govuk-error-summary").count()
    page.wait_for_timeout(5500)
    submit(parent, "form[action$='/start/link/']")
    text = wait_for_mail(stack.var, address, "/accounts/start/")
    page.goto(link_in(text, "/accounts/start/"))
    say_who(page, address)
    page.fill("input[name=password1]", SECRET + "A")
    parent.shoot("ways-open-account")
    submit(parent)

    assert too_early == 1
    assert page.url == f"{base}/my/address/"
