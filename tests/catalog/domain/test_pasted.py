import pytest

from catalog.domain.pasted import (
    UnclearNumberError,
    read_bands,
    read_number,
    write_bands,
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
