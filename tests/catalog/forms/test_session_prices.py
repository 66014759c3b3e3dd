"""A clerk types euros, the session keeps cents."""

import pytest
from django import forms
from django.utils import translation

from catalog.forms.sessions import MinorField


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [("fr", "12,50", 1250), ("en", "12.5", 1250), ("fr", "0", 0), ("fr", "", None)],
)
def test_an_amount_is_kept_in_minor_units(language, typed, kept):
    with translation.override(language):
        assert MinorField(required=False).clean(typed) == kept


@pytest.mark.parametrize("typed", ["-1", "1,255", "gratuit"])
def test_what_is_not_an_amount_is_refused(typed):
    with translation.override("fr"), pytest.raises(forms.ValidationError):
        MinorField(required=False).clean(typed)


def test_minor_units_are_shown_as_an_amount():
    field = MinorField(required=False)

    assert str(field.prepare_value(1250)) == "12.50"
    assert field.prepare_value("12,5") == "12,5"
    assert not field.has_changed(1250, "12.50")
    assert field.has_changed(1250, "12.60")
