"""The grid and the case tried beside it: what is on the screen, nothing saved."""

from typing import Any

import pytest
from django.urls import reverse

from catalog.models import Tariff, TariffVersion
from tests.catalog.views.staff_steps import administrator, fields_of, inside

LIVE = {"HX-Request": "true"}


@pytest.fixture
def desk(rochebelle):
    return administrator(rochebelle)


@pytest.fixture
def address(rochebelle):
    tariff = Tariff.objects.get(code="repas")
    return reverse("catalog_staff:new_version", args=[tariff.public_id])


@pytest.fixture
def drafts(rochebelle):
    def count():
        with inside(rochebelle):
            return TariffVersion.objects.filter(published_at=None).count()

    return count


def sheet(desk, address, **changed):
    return {**fields_of(desk.get(address)), **changed}


CASE = {"try-residence": "resident", "try-quotient": "700"}


def test_a_case_is_priced_from_the_grid_on_the_screen(desk, address, drafts):
    changed = {"lines-2-bands": "0;600;1,11\n600;;2,22", "check": "1", **CASE}

    page = desk.post(address, sheet(desk, address, **changed))

    assert page.context["trial"].answer.price.minor == 222
    assert "2,22" in page.content.decode()
    assert drafts() == 0


def test_the_prices_are_tried_before_the_vote_is_known(desk, address):
    page = desk.post(address, sheet(desk, address, check="1", vote_number="", **CASE))

    assert page.context["trial"].answer.price.minor == 235
    assert page.context["refused"] == []


def test_only_the_facts_that_the_tariff_looks_at_are_asked(desk, address):
    form = sheet(desk, address)

    asked = {name for name in form if name.startswith("try-")}

    assert asked == {
        "try-residence",
        "try-quotient",
        "try-variant",
        "try-booking",
        "try-quantity",
    }


def test_a_live_check_answers_with_the_price_and_what_else_to_ask(desk, address):
    changed = {"lines-2-regimes": ["msa"], **CASE}

    page = desk.post(address, sheet(desk, address, **changed), headers=LIVE)

    text = page.content.decode()
    assert "<html" not in text
    assert 'id="checked"' in text
    assert 'hx-swap-oob="true"' in text
    assert 'name="try-regime"' in text


def test_a_live_check_leaves_the_case_alone_while_its_questions_stay(desk, address):
    page = desk.post(address, sheet(desk, address, **CASE), headers=LIVE)

    text = page.content.decode()
    assert "2,35" in text
    assert "hx-swap-oob" not in text


def test_a_live_check_says_the_line_and_the_column(desk, address, drafts):
    changed = {"lines-2-bands": "0;400;0,50\n400;;pas cher", **CASE}

    page = desk.post(address, sheet(desk, address, **changed), headers=LIVE)

    (refusal,) = page.context["refused"]
    assert refusal["href"] == "#id_lines-2-bands"
    assert "2" in refusal["text"]
    assert "pas cher" in refusal["text"]
    assert drafts() == 0


HOSTILE = {
    "hole": ("0;400;0,50\n640;;1,75", "2", "1"),
    "overlap": ("0;400;0,50\n300;;1,75", "2", "1"),
    "same band twice": ("0;400;0,50\n0;400;0,50\n400;;1", "2", "1"),
    "open in the middle": ("0;;0,50\n0;;1,75", "1", "2"),
    "backwards": ("0;400;0,50\n400;300;1,75", "2", "2"),
    "letters": ("0;400;0,50\n4OO;;1,75", "2", "1"),
    "unclear thousands": ("0;1.234;0,50", "1", "2"),
    "negative": ("0;400;0,50\n400;;-1,75", "2", "3"),
    "no price": ("0;400;0,50\n400;;", "2", "3"),
    "a price too many": ("0;400;1;2\n400;;3", "", ""),
    "spaces": ("0 1 150 0,50 1", "1", ""),
    "a web page": ("<table><tr><td>0</td></tr></table>", "1", ""),
    "a script": ("0;400;<script>alert(1)</script>", "1", ""),
    "1,000 bands": ("\n".join(f"{at};{at + 1};1" for at in range(1000)), "", ""),
    "a formula": ("0;400;=SOMME(A1:A3)", "1", "3"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_grid_names_its_place_and_saves_nothing(desk, address, drafts, name):
    grid, line, column = HOSTILE[name]
    vote = {
        "vote_number": "2027-1",
        "voted_on": "2027-06-17",
        "effective_from": "2027-09-01",
    }
    changed = {"lines-2-bands": grid, "save": "1", **vote}

    page = desk.post(address, sheet(desk, address, **changed))

    form = page.context["forms"].lines.forms[2]
    said = " ".join(map(str, form.errors.get("bands", form.non_field_errors())))
    assert page.status_code == 200
    assert said
    assert line in said
    assert column in said
    assert "<script>alert" not in page.content.decode()
    assert drafts() == 0


@pytest.mark.parametrize("price", ["1.234,56", "1,234.56", "1'234,56", "1 234,56 €"])
def test_other_ways_of_writing_a_thousand_are_read(desk, address, price):
    changed = {"lines-2-bands": f"0;;{price}", "check": "1", **CASE}

    page = desk.post(address, sheet(desk, address, **changed))

    assert page.context["trial"].answer.price.minor == 123456


def test_a_paste_of_five_megabytes_is_refused_and_saves_nothing(desk, address, drafts):
    changed = {"lines-2-bands": "0;1;1\n" * 900_000, "save": "1"}

    page = desk.post(address, sheet(desk, address, **changed))

    assert page.status_code in {400, 413}
    assert drafts() == 0


def test_a_long_paste_is_told_without_reading_it(desk, address, drafts):
    changed = {"lines-2-bands": "0;1;1\n" * 100_000, "save": "1"}

    page = desk.post(address, sheet(desk, address, **changed))

    assert page.status_code == 200
    assert "200" in str(page.context["forms"].lines.forms[2].errors["bands"])
    assert drafts() == 0


METHODS: dict[str, Any] = {
    "hours": (
        {"method": "bands", "of": "starts", "bands": "7h;8h30;2\n8h30;;1"},
        {"try-starts": "07:45"},
        200,
    ),
    "days": (
        {
            "method": "bands",
            "of": "day",
            "bands": "01/09/2026;01/01/2027;2\n01/01/2027;;3",
        },
        {"try-day": "2027-02-01"},
        300,
    ),
    "child by child": (
        {"method": "by_child", "columns": "present_rank", "amounts": "5\n4,50\n4"},
        {"try-present_rank": "2"},
        450,
    ),
    "rates by child": (
        {"method": "effort_rate", "columns": "child_rank", "rate": "1 / 0,5"},
        {"try-child_rank": "2", "try-quotient": "700"},
        350,
    ),
    "rates by band and child": (
        {
            "method": "effort_bands",
            "columns": "child_rank",
            "rates": "0;600;1/0,8\n600;;2/1",
        },
        {"try-child_rank": "2", "try-quotient": "700"},
        700,
    ),
    "late pick-up by quarters": (
        {
            "method": "fixed",
            "amount": "3",
            "events": ["late_pickup"],
            "count_every": "15",
        },
        {"try-event": "late_pickup", "try-minutes": "20"},
        600,
    ),
    "a long stay only": (
        {
            "method": "fixed",
            "amount": "9",
            "span_0_fact": "minutes",
            "span_0_from": "300",
            "span_1_fact": "ends",
            "span_1_until": "18h",
        },
        {"try-minutes": "320", "try-ends": "17:00"},
        900,
    ),
    "a session's own price": (
        {"method": "session_amount", "otherwise": "4"},
        {"try-session_amount": "7,50"},
        750,
    ),
}


@pytest.mark.parametrize("name", METHODS)
def test_each_method_is_made_and_tried_without_text(desk, address, name):
    method, case, minor = METHODS[name]
    fields = {f"lines-0-{key}": each for key, each in method.items()}
    fields |= {"lines-0-variants": [], "lines-0-residences": ["resident"]}
    fields |= {"check": "1", "try-residence": "resident", **case}

    page = desk.post(address, sheet(desk, address, **with_one_line(fields)))

    assert page.context["refused"] == []
    assert page.context["trial"].answer.price.minor == minor


def with_one_line(fields):
    gone = {f"lines-{number}-DELETE": "on" for number in (1, 2, 3)}
    last = {"lines-4-method": "fixed", "lines-4-amount": "1"}
    return {**gone, **last, "supplements-0-DELETE": "on", **fields}


def test_limits_and_ceilings_are_written_and_tried(desk, address):
    changed = {
        "supplements-0-effect": "limit",
        "supplements-0-bookings": [],
        "supplements-0-value": "",
        "supplements-0-ceiling": "2,00",
        "ceilings-0-label": "Au plus par mois",
        "ceilings-0-amount": "80",
        "ceilings-0-period": "month",
        "ceilings-0-per": "household",
        "check": "1",
        **CASE,
    }

    page = desk.post(address, sheet(desk, address, **changed))

    assert page.context["refused"] == []
    assert page.context["trial"].answer.price.minor == 200
    assert page.context["forms"].rules["caps"][0]["amount"] == "80.00"
    assert any("80" in each for each in page.context["preview"].changes)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"lines-2-span_0_from": "3"}, "span_0_fact"),
        ({"lines-2-span_0_fact": "minutes"}, "span_0_from"),
        (
            {"lines-2-span_0_fact": "starts", "lines-2-span_0_from": "tôt"},
            "span_0_from",
        ),
        (
            {
                "lines-2-span_0_fact": "days_a_week",
                "lines-2-span_0_from": "3",
                "lines-2-span_0_until": "2",
            },
            "span_0_fact",
        ),
        ({"lines-2-method": "by_child", "lines-2-amounts": "5"}, "columns"),
    ],
)
def test_a_condition_that_is_wrong_is_said_beside_it(desk, address, fields, wrong):
    page = desk.post(address, sheet(desk, address, check="1", **fields))

    assert wrong in page.context["forms"].lines.forms[2].errors


def test_a_rule_that_nobody_reaches_is_named(desk, address):
    changed = {"lines-0-variants": [], "check": "1"}

    page = desk.post(address, sheet(desk, address, **changed))

    said = " ".join(each["text"] for each in page.context["refused"])
    assert said
    assert page.context["trial"] is None


def test_the_days_of_a_vote_are_asked_with_the_browser_s_own_box(desk, address):
    text = desk.get(address).content.decode()

    for name in ("voted_on", "effective_from"):
        assert f'<input type="date" name="{name}"' in text
