from datetime import date

import pytest

from catalog.models import Tariff, TariffVersion
from foundation.journal.models import Entry
from tests.catalog.views.staff_steps import administrator, fields_of, inside

ADDRESS = "/admin/catalogue/tariffs/"

RONCQ = """QF\t\tRepas
0\t400\t0,50 €
400\t640\t1,75 €
640\t860\t2,35 €
860\t1 150\t3,05 €
1 150\t1 500\t3,55 €
1 500\t1 700\t4,05 €
1 700\t1 900\t4,60 €
1 900\t\t4,90 €"""


@pytest.fixture
def tariff(rochebelle):
    return Tariff.objects.get(code="repas")


@pytest.fixture
def desk(rochebelle):
    return administrator(rochebelle)


def new_address(tariff):
    return f"{ADDRESS}{tariff.public_id}/new/"


def filled(desk, tariff, **changed):
    vote = {
        "vote_number": "2027-06-12",
        "voted_on": "2027-06-17",
        "effective_from": "2027-09-01",
    }
    return {**fields_of(desk.get(new_address(tariff))), **vote, **changed}


def drafts():
    return TariffVersion.objects.filter(published_at=None)


def test_a_grid_pasted_from_a_spreadsheet_becomes_a_draft(rochebelle, desk, tariff):
    form = filled(desk, tariff, **{"lines-2-bands": RONCQ, "save": "1"})

    response = desk.post(new_address(tariff), form)

    with inside(rochebelle):
        draft = drafts().get()
        published = TariffVersion.objects.get(tariff=tariff, published_at__isnull=False)
        assert response.status_code == 302
        assert draft.effective_from == date(2027, 9, 1)
        assert draft.rules["rules"][2]["bands"][4] == {
            "from": "1150",
            "until": "1500",
            "amount": "3.55",
        }
        assert [r["code"] for r in draft.rules["rules"]] == [
            r["code"] for r in published.rules["rules"]
        ]


@pytest.mark.parametrize(
    ("grid", "message"),
    [
        ("0;400;0,50\n400;;pas cher", "2"),
        ("0;400;0,50\n640;;1,75", "400"),
        ("0;400;0,50\n300;;1,75", "400"),
        ("0;400;0,50\n400;1.150;1,75", "1.150"),
        ("0;400;0,50\n400;300;1,75", "2"),
    ],
)
def test_a_bad_grid_says_its_line_and_saves_nothing(
    rochebelle, desk, tariff, grid, message
):
    form = filled(desk, tariff, **{"lines-2-bands": grid, "save": "1"})

    response = desk.post(new_address(tariff), form)

    with inside(rochebelle):
        errors = response.context["forms"].lines.forms[2].errors["bands"]
        assert response.status_code == 200
        assert message in str(errors)
        assert not drafts().exists()


def test_shares_that_are_not_100_are_refused_beside_their_field(
    rochebelle, desk, tariff
):
    form = filled(desk, tariff, meal="90", save="1")

    response = desk.post(new_address(tariff), form)

    with inside(rochebelle):
        assert "care" in response.context["forms"].whole.errors
        assert not drafts().exists()


def test_a_preview_shows_the_grid_and_saves_nothing(rochebelle, desk, tariff):
    response = desk.post(new_address(tariff), filled(desk, tariff, preview="1"))

    with inside(rochebelle):
        assert response.context["preview"].prices
        assert not drafts().exists()


def test_a_draft_is_published_once_and_never_changes(rochebelle, desk, tariff):
    desk.post(new_address(tariff), filled(desk, tariff, save="1"))
    with inside(rochebelle):
        draft = drafts().get()
    address = f"{ADDRESS}versions/{draft.public_id}/"

    desk.post(f"{address}publish/")
    again = desk.post(f"{address}publish/")
    edit = desk.get(f"{address}edit/")
    gone = desk.post(f"{address}delete/")

    with inside(rochebelle):
        draft.refresh_from_db()
        assert draft.published_at is not None
        assert again.status_code == 200
        assert again.context["refusal"]
        assert edit.status_code == gone.status_code == 302
        assert TariffVersion.objects.filter(pk=draft.pk).exists()
        told = Entry.objects.about("catalog.tariffversion", draft.public_id)
        assert [entry.action for entry in told] == [
            "tariff version written",
            "tariff version published",
        ]


def test_two_versions_never_start_on_the_same_day(rochebelle, desk, tariff):
    form = filled(desk, tariff, effective_from="2025-09-01", save="1")
    desk.post(new_address(tariff), form)
    with inside(rochebelle):
        draft = drafts().get()

    response = desk.post(f"{ADDRESS}versions/{draft.public_id}/publish/")

    with inside(rochebelle):
        draft.refresh_from_db()
        assert response.context["refusal"]
        assert draft.published_at is None


def test_a_tariff_is_tried_with_the_facts_of_a_family(rochebelle, desk, tariff):
    version = tariff.versions.get()
    facts = {
        "try": "1",
        "try-quotient": "700",
        "try-residence": "resident",
        "try-booking": "late",
    }

    response = desk.get(f"{ADDRESS}versions/{version.public_id}/", facts)

    assert response.context["trial"].answer.price.minor == 485


def test_rules_that_lines_cannot_say_are_edited_as_text(rochebelle, desk, tariff):
    version = tariff.versions.get()
    rules = {
        **version.rules,
        "rules": [
            {
                "code": "wednesday",
                "when": {"weekday": ["wednesday"]},
                "method": "fixed",
                "amount": "2.00",
            },
            *version.rules["rules"],
        ],
    }
    TariffVersion.objects.create(
        tariff=tariff,
        rules=rules,
        vote_number="2026-1",
        voted_on=date(2026, 10, 1),
        effective_from=date(2027, 1, 1),
    )
    page = desk.get(f"{new_address(tariff)}?as_text=1")
    form = {
        "vote_number": "2027-2",
        "voted_on": "2027-01-02",
        "effective_from": "2027-02-01",
        "save": "1",
    }

    wrong = desk.post(
        f"{new_address(tariff)}?as_text=1",
        {**form, "rules": "currency: EUR\nrules: 1.5"},
    )
    right = desk.post(
        f"{new_address(tariff)}?as_text=1",
        {**form, "rules": page.context["form"].initial["rules"]},
    )

    with inside(rochebelle):
        assert not page.context["is_only_way"]
        assert wrong.status_code == 200
        assert wrong.context["form"].errors["rules"]
        assert right.status_code == 302
        assert drafts().get(vote_number="2027-2").rules == rules


def test_a_new_tariff_starts_from_two_lines(rochebelle, desk):
    response = desk.post(f"{ADDRESS}new/", {"name": "Garderie du soir"}, follow=True)

    with inside(rochebelle):
        assert Tariff.objects.filter(code="garderie-du-soir").exists()
        assert len(response.context["forms"].lines.initial_forms) == 2


def test_the_list_of_tariffs_asks_the_same_number_of_queries(
    rochebelle, desk, tariff, django_assert_num_queries
):
    desk.get(ADDRESS)
    with django_assert_num_queries(QUERIES):
        desk.get(ADDRESS)
    with inside(rochebelle):
        rules = tariff.versions.get().rules
        for number in range(30):
            one = Tariff.objects.create(code=f"t-{number}", name=f"Tarif {number}")
            TariffVersion.objects.create(
                tariff=one,
                rules=rules,
                vote_number=str(number),
                voted_on=date(2026, 1, 1),
                effective_from=date(2026, 9, 1),
            )

    with django_assert_num_queries(QUERIES):
        desk.get(ADDRESS)


QUERIES = 14


def last_rules(rochebelle):
    with inside(rochebelle):
        return drafts().get().rules


def test_children_side_by_side_are_pasted_as_columns(rochebelle, desk, tariff):
    grid = "0;700;5,00;4,50\n700;;9,00;8,10"
    changed = {"lines-2-bands": grid, "lines-2-columns": "child_rank", "save": "1"}

    desk.post(new_address(tariff), filled(desk, tariff, **changed))

    rule = last_rules(rochebelle)["rules"][2]
    assert rule["columns"] == "child_rank"
    assert rule["bands"][1] == {"from": "700", "amounts": ["9.00", "8.10"]}


def test_a_straight_line_and_half_hours_are_written_without_text(
    rochebelle, desk, tariff
):
    changed = {
        "lines-2-method": "linear",
        "lines-2-points": "400;1,00\n1200;4,60",
        "lines-2-regimes": ["msa"],
        "count_every": "30",
        "count_tolerance": "5",
        "supplements-0-effect": "band_below",
        "supplements-0-value": "1",
        "save": "1",
    }

    response = desk.post(new_address(tariff), filled(desk, tariff, **changed))

    assert response.status_code == 302
    rules = last_rules(rochebelle)
    assert rules["count"] == {"every": 30, "tolerance": 5}
    assert rules["rules"][2]["when"]["regime"] == ["msa"]
    assert rules["rules"][2]["points"] == [
        {"quotient": "400", "amount": "1.00"},
        {"quotient": "1200", "amount": "4.60"},
    ]
    assert rules["adjustments"][0]["method"] == "band_below"
    assert rules["adjustments"][0]["bands"] == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"lines-2-method": "linear", "lines-2-points": "400;1"}, "points"),
        ({"lines-2-method": "linear", "lines-2-points": "400;1\n300;2"}, "points"),
        (
            {"lines-2-method": "effort_bands", "lines-2-rates": "0;400;1\n500;;2"},
            "rates",
        ),
        ({"lines-2-columns": "child_rank", "lines-2-bands": "0;;5;4"}, ""),
    ],
)
def test_a_new_grid_that_is_wrong_says_it_beside_its_field(
    rochebelle, desk, tariff, changed, field
):
    response = desk.post(new_address(tariff), filled(desk, tariff, save="1", **changed))

    with inside(rochebelle):
        if field:
            assert field in response.context["forms"].lines.forms[2].errors
        assert drafts().exists() is (field == "")


def test_a_live_check_saves_nothing_even_as_the_button_is_pressed(
    rochebelle, desk, tariff
):
    form = filled(desk, tariff, save="1")

    page = desk.post(new_address(tariff), form, headers={"HX-Request": "true"})

    assert page.status_code == 200
    with inside(rochebelle):
        assert not drafts().exists()


def test_a_kept_part_that_was_tampered_with_is_refused(rochebelle, desk, tariff):
    for kept in ("{", "[]", '{"code": "x", "method": "magic"}'):
        changed = {"lines-2-kept": kept, "lines-2-method": "kept", "save": "1"}

        response = desk.post(new_address(tariff), filled(desk, tariff, **changed))

        assert response.status_code == 200
        with inside(rochebelle):
            assert not drafts().exists()


def test_the_list_says_which_version_is_in_force(rochebelle, desk, tariff):
    first = tariff.versions.get(published_at__isnull=False)
    for day in (date(2020, 9, 1), date(2090, 9, 1)):
        TariffVersion.objects.create(
            tariff=tariff,
            rules=first.rules,
            vote_number="x",
            voted_on=date(2020, 6, 1),
            effective_from=day,
            published_at=first.published_at,
        )

    page = desk.get(ADDRESS)

    (shown,) = [each for each in page.context["tariffs"] if each == tariff]
    body = page.content.decode().split(f">{tariff.name}</h3>")[1].split("</section>")[0]
    assert [each.is_replaced for each in shown.versions.all()] == [False, False, True]
    assert [
        state
        for state in ("To come", "In force", "Replaced")
        if body.count(f">{state}</span>") == 1
    ] == ["To come", "In force", "Replaced"]
