"""Step 2: a town administrator configures a service without code."""

from datetime import date, timedelta

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

STUDY = "Étude surveillée"
# What the browser does when somebody presses Ctrl-V over a cell.
PASTE = """(cell, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const facts = {clipboardData, bubbles: true, cancelable: true};
    cell.dispatchEvent(new ClipboardEvent("paste", facts));
}"""
HELP_TITLE = "Les premiers pas, en deux minutes"


def administrator_configures(clerk: Visitor, *, base: str, today: date) -> None:
    """Proof, tariff voted and published, service, activity, sessions, help page."""
    new_proof_type(clerk, base)
    new_tariff(clerk, base, today)
    new_service(clerk, base)
    new_activity(clerk, base)
    make_sessions(clerk, base, today)
    bill_service(clerk, base)
    show_service(clerk, base)
    edit_help_page(clerk, base)


def create(clerk: Visitor) -> None:
    """Send a form of the back office and wait for what follows."""
    here = clerk.page.url
    clerk.page.locator("main footer button[type=submit]").last.click()
    clerk.page.wait_for_url(lambda url: url != here)


def new_proof_type(clerk: Visitor, base: str) -> None:
    page = clerk.page
    page.goto(f"{base}/admin/proof-types/new/")
    page.fill("input[name=name]", "Attestation d'assurance")
    page.fill("textarea[name=help_text]", "Celle de l'année scolaire.")
    page.select_option("select[name=subject]", "child")
    page.select_option("select[name=validity]", "school_year")
    clerk.shoot("2-proof-type")
    create(clerk)


def new_tariff(clerk: Visitor, base: str, today: date) -> None:
    page = clerk.page
    page.goto(f"{base}/admin/catalogue/tariffs/new/")
    page.fill("input[name=name]", STUDY)
    page.locator("main button[type=submit]").last.click()
    page.wait_for_selector("input[name=vote_number]")
    page.fill("input[name=vote_number]", "2026-11-04")
    page.fill("input[name=voted_on]", (today - timedelta(days=30)).isoformat())
    page.fill("input[name=effective_from]", (today - timedelta(days=20)).isoformat())
    page.select_option("select[name=lines-0-method]", "quotient_bands")
    paste_grid(page, "0\t700\t1,20\n700\t\t2,40 €")
    page.fill("input[name=lines-1-amount]", "3,60")
    page.fill("input[name=care]", "100")
    for name in ("meal", "other"):
        page.fill(f"input[name={name}]", "")
    page.select_option("select[name=try-residence]", "resident")
    page.fill("input[name=try-quotient]", "700")
    page.wait_for_selector("#checked .bo-total:has-text('2,40')")
    clerk.shoot("2-tariff")
    here = page.url
    page.locator("button[name=save]").click()
    page.wait_for_url(lambda url: url != here)
    clerk.shoot("2-tariff-draft")
    page.locator("a[href$='/publish/']").first.click()
    page.wait_for_url("**/publish/")
    clerk.shoot("2-tariff-publish")
    page.locator("main form .bo-actions button").click()
    page.wait_for_url(lambda url: "publish" not in url)


def paste_grid(page: Page, text: str) -> None:
    """Paste a table of a spreadsheet over the first cell of the bands."""
    grid = page.locator(".bo-grid:has(textarea[name=lines-0-bands])")
    grid.locator("input").first.evaluate(PASTE, text)


def new_service(clerk: Visitor, base: str) -> None:
    page = clerk.page
    page.goto(f"{base}/admin/services/new/")
    page.fill("input[name=name]", STUDY)
    page.select_option("select[name=department]", index=1)
    page.fill("input[name=summary]", "Les devoirs au calme, après la classe.")
    page.locator("#id_situations-ADD").click()
    page.fill("input[name=situations-0-name]", "Les deux parents travaillent")
    page.locator("#id_requirements-ADD").click()
    page.select_option(
        "select[name=requirements-0-proof_type]", label="Attestation d'assurance"
    )
    clerk.shoot("2-service")
    create(clerk)


def bill_service(clerk: Visitor, base: str) -> None:
    """Let the régie bill the new service."""
    page = clerk.page
    page.goto(f"{base}/admin/billing/taxes/")
    page.locator("main .bo-table a[href$='/services/']").first.click()
    page.get_by_label(STUDY).check()
    clerk.shoot("2-regie")
    page.locator("main form.bo-panel button[type=submit]").click()
    page.wait_for_url("**/billing/taxes/")


def show_service(clerk: Visitor, base: str) -> None:
    """Show the service to families, once nothing misses."""
    page = clerk.page
    page.goto(f"{base}/admin/services/")
    page.get_by_role("link", name=STUDY, exact=True).first.click()
    page.wait_for_selector("input[name=is_published]")
    page.check("input[name=is_published]")
    clerk.shoot("2-service-shown")
    create(clerk)


def new_activity(clerk: Visitor, base: str) -> None:
    page = clerk.page
    page.goto(f"{base}/admin/activities/new/")
    page.select_option("select[name=service]", label=STUDY)
    page.fill("input[name=name]", "Étude du soir")
    page.select_option("select[name=kind]", "dated")
    for day in (0, 1, 3, 4):
        page.locator("input[name=weekdays]").nth(day).check()
    page.fill("input[name=start_time]", "16:30")
    page.fill("input[name=end_time]", "18:00")
    page.select_option("select[name=tariff]", label=STUDY)
    page.select_option("select[name=booking_deadline-rule]", "days_before")
    page.fill("input[name=booking_deadline-days]", "1")
    page.fill("input[name=booking_deadline-at]", "12:00")
    clerk.shoot("2-activity")
    create(clerk)


def make_sessions(clerk: Visitor, base: str, today: date) -> None:
    page = clerk.page
    page.goto(f"{base}/admin/catalogue/sessions/make/")
    choices = page.locator("select[name=activity] option").all_inner_texts()
    label = next(words for words in choices if "Étude du soir" in words)
    page.select_option("select[name=activity]", label=label.strip())
    page.fill("input[name=first_day]", today.isoformat())
    page.fill("input[name=last_day]", (today + timedelta(days=30)).isoformat())
    page.fill("input[name=capacity]", "20")
    page.locator("main form .bo-actions button").click()
    page.wait_for_selector("button[name=confirm]")
    clerk.shoot("2-sessions-preview")
    here = page.url
    page.locator("button[name=confirm]").click()
    page.wait_for_url(lambda url: url != here)
    clerk.shoot("2-sessions")


def edit_help_page(clerk: Visitor, base: str) -> None:
    """Change a page of the help; families see it at once."""
    page = clerk.page
    page.goto(f"{base}/admin/pages/")
    for title in (None, "Aide", "Premiers pas"):
        edit = page.locator("main table a[href$='/edit/']")
        if title:
            edit = edit.filter(has_text=title)
        address = edit.first.get_attribute("href") or ""
        last = title == "Premiers pas"
        page.goto(base + (address if last else address.removesuffix("edit/")))
    page.fill("input[name=title]", HELP_TITLE)
    clerk.shoot("2-help-page")
    # Publishing stands in a menu under the button.
    page.locator("button[name=action-publish]").evaluate("button => button.click()")
    page.wait_for_url("**/admin/pages/*/")
    page.goto(f"{base}/aide/")
    page.get_by_text(HELP_TITLE).first.wait_for()
    clerk.shoot("2-help-published")
