from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

CARD = {
    "by": "card",
    "card_number": "4242 4242 4242 4242",
    "expiry": "12/40",
    "cvc": "123",
    "name": "Léa Martin",
}


class Page:
    """One answer of the hosted page, redirects not followed."""

    def __init__(self, answer):
        self.status = answer.status
        self.headers = answer.headers
        self.text = answer.read().decode()


def visit(address, typed=None, **headers):
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=5)
    path = f"{parts.path}?{parts.query}"
    if typed is None:
        connection.request("GET", path, headers=headers)
    else:
        connection.request("POST", path, urlencode(typed), headers)
    try:
        return Page(connection.getresponse())
    finally:
        connection.close()


def test_the_page_shows_the_town_the_items_and_the_amount_in_french(town):
    town.control("POST", f"accounts/{town.key}", name="Ville de Rochebelle")

    page = visit(town.open_session(locale="fr").url)

    assert page.status == 200
    assert '<html lang="fr">' in page.text
    assert "Payer Ville de Rochebelle" in page.text
    assert "Cantine" in page.text
    assert "12,40\u00a0€" in page.text
    assert "Aucun argent ne bouge" in page.text
    assert 'href="http://town.test/invoice"' in page.text


def test_the_page_speaks_english_when_the_session_or_the_browser_does(town):
    wished = visit(town.open_session(locale="en").url)
    guessed = visit(town.open_session().url, **{"Accept-Language": "fr-CA,en"})
    quebec = visit(town.open_session(locale="fr-CA").url)

    assert "Pay €12.40" in wished.text
    assert "Payer 12,40" in guessed.text
    assert "Payer 12,40" in quebec.text


def test_the_page_runs_no_script_and_takes_nothing_from_elsewhere(town):
    page = visit(town.open_session().url)

    policy = page.headers["Content-Security-Policy"]
    style = visit(f"{town.url}/c/simulator.css")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "form-action 'self' http://town.test" in policy
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert style.headers["Content-Type"].startswith("text/css")


def test_paying_leads_back_to_the_town_with_the_session(town):
    session = town.open_session()

    page = visit(session.url, CARD)

    assert page.status == 303
    assert page.headers["Location"] == f"http://town.test/paid?session={session.id}"
    paid = town.read(session.id)
    assert paid.payment_status == "paid"
    assert paid.customer_details is not None
    assert paid.customer_details.name == "Léa Martin"


def test_a_declined_card_is_explained_and_another_one_accepted(town):
    session = town.open_session(locale="fr")

    declined = visit(session.url, CARD | {"card_number": "4000000000000002"})
    accepted = visit(session.url, CARD)

    assert declined.status == 402
    assert "La banque a refusé cette carte" in declined.text
    assert "4000000000000002" not in declined.text
    assert accepted.status == 303


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("card_number", "4242 4242 4242 4241", "Check the card number"),
        ("card_number", "", "Check the card number"),
        ("expiry", "13/40", "Enter the expiry date"),
        ("expiry", "01/20", "This card has expired"),
        ("cvc", "12", "Enter the 3 digits"),
        ("name", " ", "Enter the name"),
    ],
)
def test_a_field_in_error_says_what_to_do(town, field, typed, message):
    session = town.open_session(locale="en")

    page = visit(session.url, CARD | {field: typed})

    assert page.status == 422
    assert f'href="#{field}">{message}' in page.text
    assert f'id="{field}-error">{message}' in page.text
    assert "<title>Error:" in page.text
    assert town.read(session.id).payment_intent is None


def test_the_3d_secure_step_can_be_refused_then_approved(town):
    session = town.open_session(locale="en")
    challenged = CARD | {"card_number": "4000002500003155"}
    step = f"{session.url}/3ds"

    first = visit(session.url, challenged)
    shown = visit(step)
    refused = visit(step, {"answer": "refuse"})
    visit(session.url, challenged)
    approved = visit(step, {"answer": "approve"})

    assert first.headers["Location"] == f"/c/pay/{session.id}/3ds"
    assert "Your bank asks if this payment is yours" in shown.text
    assert refused.status == 402
    assert "not approved" in refused.text
    assert approved.status == 303
    assert town.read(session.id).payment_status == "paid"


def test_the_3d_secure_step_without_a_payment_goes_back_to_the_form(town):
    session = town.open_session()

    page = visit(f"{session.url}/3ds", {"answer": "approve"})

    assert page.headers["Location"] == f"/c/pay/{session.id}"
    assert town.read(session.id).status == "open"


def test_a_finished_session_says_so_and_takes_no_second_payment(town):
    session = town.open_session(locale="en")
    visit(session.url, CARD)

    again = visit(session.url, CARD)

    assert again.status == 200
    assert "This payment is complete" in again.text
    assert len(town.client.v1.charges.list().data) == 1


def test_two_payments_at_the_same_moment_take_the_money_once(town):
    session = town.open_session()

    with ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(lambda _: visit(session.url, CARD), range(6)))

    assert sorted(page.status for page in pages) == [200] * 5 + [303]
    assert len(town.client.v1.charges.list().data) == 1


def test_an_expired_session_shows_the_way_back(town):
    session = town.open_session(locale="en")
    town.client.v1.checkout.sessions.expire(session.id)

    page = visit(session.url)

    assert "This payment page has closed" in page.text
    assert 'href="http://town.test/invoice"' in page.text


@pytest.mark.parametrize("path", ["/c/pay/cs_test_none", "/", "/c/pay/"])
def test_a_page_that_does_not_exist_says_so(town, path):
    page = visit(town.url + path)

    assert page.status == 404
    assert "This payment page does not exist" in page.text


def test_a_direct_debit_asks_for_an_iban_and_shows_the_mandate(town):
    session = town.open_session(locale="en")
    address = f"{session.url}?by=sepa_debit"
    typed = {"by": "sepa_debit", "name": "Léa Martin"}

    shown = visit(address)
    wrong = visit(session.url, typed | {"iban": "FR00 1234"})
    right = visit(session.url, typed | {"iban": "FR14 2004 1010 0505 0001 3M02 606"})

    assert "you allow Test town to debit your account" in shown.text
    assert (wrong.status, right.status) == (422, 303)
    assert town.read(session.id).payment_intent.status == "processing"


def test_the_email_is_asked_only_when_the_town_did_not_give_it(town):
    known = visit(town.open_session().url)
    session = town.open_session(customer_email=None)

    unknown = visit(session.url)
    wrong = visit(session.url, CARD | {"email": "lea"})
    visit(session.url, CARD | {"email": "lea@example.org"})

    details = town.read(session.id).customer_details
    assert 'name="email"' not in known.text
    assert 'name="email"' in unknown.text
    assert wrong.status == 422
    assert details is not None
    assert details.email == "lea@example.org"


def test_what_a_town_writes_cannot_become_markup(town):
    name = "<script>alert(1)</script> $title"
    price = {"currency": "eur", "unit_amount": 500, "product_data": {"name": name}}
    session = town.open_session(line_items=[{"quantity": 1, "price_data": price}])

    page = visit(session.url, CARD | {"cvc": '"><b>'})

    assert "<script>" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; $title" in page.text
    assert '"><b>' not in page.text


def test_a_trial_link_fills_in_the_form(town):
    page = visit(f"{town.open_session().url}?by=card&try=3ds")

    assert 'value="4000 0025 0000 3155"' in page.text
