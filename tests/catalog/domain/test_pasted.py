import pytest

from catalog.domain.pasted import (
    UnclearNumberError,
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
        ("", "not_a_number"),
        ("2.5.3", "not_a_number"),
        ("-3", "not_a_number"),
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
        ("2", "not_a_number"),
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
