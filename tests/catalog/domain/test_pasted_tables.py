"""Tables of prices by code, as they are typed and pasted."""

import pytest
from hypothesis import given, strategies as st

from catalog.domain.pasted import plain_name, read_codes, write_codes
from foundation.problems import ConfigurationError

NAMES = {"caf": "Families of the CAF", "msa": "Familles MSA"}
CODES = {plain_name(name): code for code, name in NAMES.items()}


def prices(text: str) -> dict[str, str]:
    found = read_codes(text, names=CODES)
    return {each["code"]: each["amount"] for each in found.bands}


@pytest.mark.parametrize(
    "text",
    [
        "caf ; 1,00\nmsa ; 2,50 €",
        "Pour\tPrix\ncaf\t1\nmsa\t2.50",
        "families  of the caf | 1.00\nFAMILLES MSA | 2,50",
    ],
)
def test_codes_and_names_are_read_however_they_are_parted(text: str) -> None:
    assert prices(text) == {"caf": "1.00", "msa": "2.50"}


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("caf ; 1\ncaf ; 2", "2.1", "repeated_code"),
        ("caf ; 1\nFamilles MSA ; un", "2.2", "not_a_number"),
        ("Personne ; 1", "1.1", "unknown_name"),
        ("caf ; 1 ; 2", "1", "name_and_price"),
        ("caf ; 1.234", "1.2", "unclear_number"),
        ("<b>caf</b> ; 1", "1", "pasted_code"),
    ],
)
def test_what_is_wrong_says_its_line_and_column(
    text: str, path: str, reason: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_codes(text, names=CODES)

    assert [(each.path, each.reason) for each in refused.value.problems] == [
        (path, reason)
    ]


@given(
    st.dictionaries(
        st.sampled_from(["caf", "msa", "none", "un-parent"]),
        st.decimals(0, 999, places=2).map(str),
        min_size=1,
    ),
    st.sampled_from([".", ","]),
)
def test_what_is_written_is_read_back(amounts: dict[str, str], mark: str) -> None:
    rows = [{"code": code, "amount": amount} for code, amount in amounts.items()]

    assert prices(write_codes(rows, names=NAMES, mark=mark)) == amounts
