"""The hosted page in a real browser: what no other test can see."""

from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser on this machine")
def test_a_family_pays_on_a_phone_without_script_after_a_refusal(town, other_town):
    sync_api = pytest.importorskip("playwright.sync_api")
    # The town is another origin, as in real life: form-action must let it in.
    back = other_town.open_session(locale="fr").url.replace("127.0.0.1", "localhost")
    session = town.open_session(locale="fr", success_url=back)
    complaints = []

    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=OPTIONS
        )
        context = browser.new_context(
            java_script_enabled=False, viewport={"width": 390, "height": 844}
        )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(session.url)
        page.get_by_role("link", name="Refusée").click()
        page.get_by_role("button", name="Payer").click()
        refusal = page.get_by_role("alert").inner_text()
        page.get_by_role("link", name="accord de la banque").click()
        page.get_by_role("button", name="Payer").click()
        page.get_by_role("button", name="Approuver").click()
        arrived = page.url
        browser.close()

    assert "La banque a refusé cette carte" in refusal
    assert arrived == back
    assert town.read(session.id).payment_status == "paid"
    assert [text for text in complaints if "Content Security Policy" in text] == []
