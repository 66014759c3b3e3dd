"""What differs between two readings of a file."""

import pytest
from hypothesis import given, strategies as st

from families.domain.differences import differences
from families.domain.editable import FieldChange, Plain, changes_between, fingerprint

PRESENT: dict[str, Plain] = {
    "first_name": "Lina",
    "school": {"code": "jaures", "other": ""},
}
TEXTS = st.text(st.sampled_from("ab é\n"), max_size=30)


def test_only_what_differs_is_a_change():
    new: Plain = {"code": "", "other": "Sainte-Anne"}

    changes = changes_between(PRESENT, {"first_name": "Lina", "school": new})

    assert changes == (FieldChange("school", PRESENT["school"], new),)


def test_a_field_that_the_part_does_not_have_is_a_fault():
    with pytest.raises(KeyError):
        changes_between(PRESENT, {"shoe_size": 31})


def test_a_fingerprint_depends_on_the_value_and_on_nothing_else():
    one: Plain = {"a": 1, "b": [None, "é"]}
    same: Plain = {"b": [None, "é"], "a": 1}

    assert fingerprint(one) == fingerprint(same)
    assert fingerprint(one) != fingerprint({"a": 1, "b": [None, "e"]})


def test_what_differs_between_two_addresses_is_marked():
    before, after = differences(
        "3 rue des Tilleuls\n59223 X", "5 rue des Tilleuls\n59223 X"
    )

    assert [piece.text for piece in before if piece.is_changed] == ["3"]
    assert [piece.text for piece in after if piece.is_changed] == ["5"]


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(old, new):
    before, after = differences(old, new)

    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new
    kept = [piece.text for piece in before if not piece.is_changed]
    assert "".join(kept) == "".join(p.text for p in after if not p.is_changed)
