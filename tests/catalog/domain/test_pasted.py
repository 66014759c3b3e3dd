import pytest

from catalog.domain.pasted import (
    UnclearNumberError,
    read_amounts,
    read_bands,
    read_number,
    read_points,
    read_rates,
    write_bands,
    write_points,
    write_rates,
)
from foundation.problems import ConfigurationError


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0,50 €", "0.50"),
        ("$82.40", "82.40"),
        ("1 150", "1150"),
        ("1\u202f150,5", "1150.5"),
        ("1,150.50", "1150.50"),
        ("1.150,50", "1150.50"),
        ("1'234.50", "1234.50"),
        ("1\u2019234\u2019567", "1234567"),
        ("12\u00a0345,6 EUR", "12345.6"),
        ("400", "400"),
        ("0.125", "0.125"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, read):
    assert read_number(typed) == read


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1.150", "unclear_number"),
        ("1,150", "unclear_number"),
        ("abc", "not_a_number"),
        ("", "empty_cell"),
        ("2.5.3", "not_a_number"),
        ("-3", "negative_number"),
        ("\u22123,50 €", "negative_number"),
        ("(3,50)", "negative_number"),
        ("<b>3</b>", "not_a_number"),
        ("12 34", "not_a_number"),
    ],
)
def test_a_number_that_is_none_or_could_be_two_is_refused(typed, reason):
    with pytest.raises(UnclearNumberError) as refusal:
        read_number(typed)

    assert refusal.value.reason == reason


def test_a_grid_is_pasted_from_a_spreadsheet_with_its_headings():
    pasted = read_bands(
        "De\tà\tPrix\n0\t400\t0,50 €\n\n400\t640\t1,75 €\n640\t\t2,35 €"
    )

    assert [dict(band) for band in pasted.bands] == [
        {"from": "0", "until": "400", "amount": "0.50"},
        {"from": "400", "until": "640", "amount": "1.75"},
        {"from": "640", "amount": "2.35"},
    ]
    assert pasted.lines == (2, 4, 5)


def test_a_grid_is_typed_in_the_words_of_town_halls():
    pasted = read_bands("moins de 400 ; 0,5\n400 à 640 ; 1,75\n640 et plus ; 2,35")

    assert [dict(band) for band in pasted.bands] == [
        {"from": "0", "until": "400", "amount": "0.50"},
        {"from": "400", "until": "640", "amount": "1.75"},
        {"from": "640", "amount": "2.35"},
    ]


def test_bands_that_say_only_where_they_start_end_at_the_next_one():
    pasted = read_bands("0;0.50\n400;1.75")

    assert [band.get("until") for band in pasted.bands] == ["400", None]


def test_each_wrong_line_is_named():
    with pytest.raises(ConfigurationError) as refusal:
        read_bands("0;400;0.50\n400;640;cheap\n640")

    assert [(each.path, each.reason) for each in refusal.value.problems] == [
        ("2.3", "not_a_number"),
        ("3", "three_values"),
    ]


def test_a_grid_without_any_band_is_refused():
    with pytest.raises(ConfigurationError):
        read_bands("De ; à ; Prix")


def test_what_was_written_is_read_back():
    bands = read_bands("0;400;0,50\n400;;1,75").bands

    again = read_bands(write_bands(bands, mark=",")).bands

    assert again == bands


def test_several_prices_on_a_line_are_those_of_the_first_child_and_the_next():
    found = read_bands("de;à;premier;deuxième\n0;700;5,00;4,50\n700;;9;8,10")

    assert found.bands == (
        {"from": "0", "until": "700", "amounts": ["5.00", "4.50"]},
        {"from": "700", "amounts": ["9.00", "8.10"]},
    )
    assert read_bands(write_bands(found.bands, mark=",")).bands == found.bands


def test_a_grid_of_rates_has_a_floor_and_a_ceiling_where_they_are_written():
    found = read_rates("0\t600\t0,5 %\t2\t2,75\n600\t1200\t0,8\n1200\t\t1\t\t15 €")

    assert found.bands == (
        {
            "from": "0",
            "until": "600",
            "rate": "0.5",
            "floor": "2.00",
            "ceiling": "2.75",
        },
        {"from": "600", "until": "1200", "rate": "0.8"},
        {"from": "1200", "rate": "1", "ceiling": "15.00"},
    )
    assert read_rates(write_rates(found.bands)).bands == found.bands


def test_a_scale_has_a_quotient_and_its_price_on_each_line():
    found = read_points("Quotient;Prix\n400;1,00\n1 200;4,6")

    assert found.bands == (
        {"quotient": "400", "amount": "1.00"},
        {"quotient": "1200", "amount": "4.60"},
    )
    assert read_points(write_points(found.bands)).bands == found.bands


@pytest.mark.parametrize(
    ("read", "text", "reason"),
    [
        (read_points, "400;1;2", "two_values"),
        (read_points, "400;un", "not_a_number"),
        (read_rates, "400;1", "five_values"),
        (read_rates, "0;400;1;2;3;4", "five_values"),
        (read_rates, "0;400;beaucoup", "not_a_number"),
        (read_bands, "400", "three_values"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(read, text, reason):
    with pytest.raises(ConfigurationError) as refusal:
        read(text)

    (problem,) = refusal.value.problems
    assert problem.reason == reason


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("0;400;1\n400;;", "2.3", "empty_cell"),
        ("0;400;1\n400;;-2", "2.3", "negative_number"),
        ("0;400;1\n4OO;;2", "2.1", "not_a_number"),
        ("0;400;1;2\n400;;2;deux", "2.4", "not_a_number"),
        ("1 150 1 500 3,55", "1", "unclear_spaces"),
        ("0;400;1\n<td>400</td>;;2", "2", "pasted_code"),
        ("\n".join(f"{at};{at + 1};1" for at in range(1000)), "", "too_many_bands"),
        ("\n".join(["0;1;1"] * 50_000), "", "too_many_bands"),
    ],
)
def test_a_hostile_grid_is_refused_where_it_is_wrong(text, path, reason):
    with pytest.raises(ConfigurationError) as refusal:
        read_bands(text)

    assert [(each.path, each.reason) for each in refusal.value.problems] == [
        (path, reason)
    ]


def test_what_is_quoted_back_is_short():
    with pytest.raises(ConfigurationError) as refusal:
        read_bands("0;400;" + "x" * 5000)

    (problem,) = refusal.value.problems
    assert len(problem.params["text"]) < 50


def test_headings_with_figures_are_no_band():
    found = read_bands("QF de\tà\t1er enfant\t2e enfant\n0\t\t5\t4")

    assert found.bands == ({"from": "0", "amounts": ["5.00", "4.00"]},)


def test_spaces_that_cannot_be_broken_stand_inside_numbers():
    found = read_bands("0 1\u00a0150 0,50\n1\u00a0150 1\u202f500 1,75")

    assert found.bands[1] == {"from": "1150", "until": "1500", "amount": "1.75"}


@pytest.mark.parametrize(
    ("of", "text", "bounds"),
    [
        ("starts", "7h30;8h;2,00\n8h;;1,00", [("07:30", "08:00"), ("08:00", None)]),
        ("minutes", "0;30;2\n30;60;3", [(0, 30), (30, 60)]),
        ("child_rank", ";3;2\n3;;1", [(None, 3), (3, None)]),
        (
            "day",
            "01/09/2026;01/01/2027;2\n2027-01-01;;3",
            [("2026-09-01", "2027-01-01"), ("2027-01-01", None)],
        ),
        ("quantity", "0;2,5;2", [("0", "2.5")]),
    ],
)
def test_bands_of_hours_days_and_counts_are_typed_and_written_back(of, text, bounds):
    found = read_bands(text, of=of)

    assert [(each.get("from"), each.get("until")) for each in found.bands] == bounds
    assert read_bands(write_bands(found.bands, mark=",", of=of), of=of) == found


FIRST = {"starts": "8h", "day": "01/09/2026", "minutes": "0"}


@pytest.mark.parametrize(
    ("of", "text", "reason"),
    [
        ("starts", "25h;;1", "not_an_hour"),
        ("starts", "matin;9h;1", "not_an_hour"),
        ("day", "31/02/2026;;1", "not_a_day_typed"),
        ("minutes", "1,5;;1", "not_a_whole_number_typed"),
    ],
)
def test_a_bound_that_is_none_names_its_column(of, text, reason):
    with pytest.raises(ConfigurationError) as refusal:
        read_bands(f"{FIRST[of]};;1\n{text}", of=of)

    assert refusal.value.problems[-1].reason == reason
    assert refusal.value.problems[-1].path == "2.1"


def test_prices_of_children_are_typed_on_one_line_or_on_several():
    assert read_amounts("5,00\n4,50").bands == ({"amounts": ["5.00", "4.50"]},)
    assert read_amounts("5 ; 4,50 ; 4").bands == (
        {"amounts": ["5.00", "4.50", "4.00"]},
    )


def test_rates_side_by_side_are_written_with_bars():
    found = read_rates("0;600;0,50 / 0,40 %;2;\n600;;0,8/0,7;;9")

    assert found.bands[0]["rates"] == ["0.50", "0.40"]
    assert read_rates(write_rates(found.bands, mark=",")).bands == found.bands


def test_each_key_of_a_band_has_its_column():
    found = read_bands("0;400;1,00;0,90")

    assert found.column_of(0, "until") == 2
    assert found.column_of(0, "amounts[1]") == 4
    assert found.column_of(0, "rate") == found.column_of(9, "from") == 0
