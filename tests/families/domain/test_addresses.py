"""Help with postal codes and mistyped e-mail addresses."""

import pytest

from families.domain.addresses import likely_address, tidy_postal_code


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("25 000", "FR", "25000"),
        ("2500", "FR", None),
        ("j0k1s0", "CA", "J0K 1S0"),
        ("J0K 1S0", "CA", "J0K 1S0"),
        ("25000", "CA", None),
        ("1000", "BE", "1000"),
        ("ab 12", "XX", "AB 12"),
    ],
)
def test_postal_codes_are_written_as_their_country_does(typed, country, kept):
    assert tidy_postal_code(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lea@gmial.com", "lea@gmail.com"),
        ("lea@gmail.con", "lea@gmail.com"),
        ("lea@gmai.com", "lea@gmail.com"),
        ("lea@orannge.fr", "lea@orange.fr"),
        ("Lea@ORANGE.F", "lea@orange.fr"),
        ("lea@gmail.com", None),
        ("lea@mairie-rochebelle.fr", None),
        ("lea@live.fr", None),
        ("lea", None),
        ("", None),
    ],
)
def test_one_slip_from_a_usual_host_is_noticed(typed, meant):
    assert likely_address(typed) == meant
