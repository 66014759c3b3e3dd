"""The browser's own buttons around a payment."""

from billing.models import Invoice, Payment, PaymentAttempt
from tests.billing.conftest import Browser
from tests.billing.views.test_card_payments import DECLINED


def test_the_back_button_after_a_payment_shows_what_is_paid(
    browser: Browser, invoice: Invoice
) -> None:
    page = f"/my/invoices/{invoice.public_id}/"
    before = browser.get(page)
    browser.pay(browser.start(invoice))
    back = f"/my/payments/{PaymentAttempt.objects.get().public_id}/"
    browser.get(back)

    again = browser.get(page)
    pressed = browser.client.post(f"{page}pay/", follow=True)
    refreshed = browser.get(back)

    # The page before is not kept by the browser: the button asks for this one.
    assert before.headers["Cache-Control"] == "no-store"
    assert again.headers["Cache-Control"] == "no-store"
    assert f"{page}pay/" in before.content.decode()
    assert f"{page}pay/" not in again.content.decode()
    assert "already paid" in pressed.content.decode()
    assert "Paid, thank you" in refreshed.content.decode()
    assert Payment.objects.count() == PaymentAttempt.objects.count() == 1


def test_a_declined_card_loses_nothing_and_says_what_to_do(
    browser: Browser, invoice: Invoice
) -> None:
    browser.pay(browser.start(invoice), DECLINED)
    back = f"/my/payments/{PaymentAttempt.objects.get().public_id}/"

    page = browser.get(back).content.decode()
    second = browser.start(invoice)
    browser.pay(second)

    assert "The payment was not made" in page
    assert f"/my/invoices/{invoice.public_id}/" in page
    assert "Paid, thank you" in browser.get(back).content.decode()
    assert Payment.objects.count() == 1
