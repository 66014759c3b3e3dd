"""Schools are the town's own list; another one can be written."""

import pytest
from django.db import IntegrityError, transaction

from families.forms import ChildForm
from families.models import Child
from tenants.models import Town
from tenants.townhall.models import School
from tests.families.builders import TODAY, make_family

LINA = {
    "first_name": "Lina",
    "last_name": "Martin",
    "birth_date_day": "27",
    "birth_date_month": "3",
    "birth_date_year": "2019",
}


def form(**answers: str) -> ChildForm:
    return ChildForm({**LINA, **answers}, today=TODAY, locale="fr")


def test_a_pack_brings_the_schools_in_its_order(rochebelle: Town) -> None:
    known = School.objects.order_by("position").values_list("code", "commune__code")

    assert list(known) == [("tilleuls", "rochebelle"), ("jaures", None)]


def test_a_family_chooses_a_school_of_the_town(rochebelle: Town) -> None:
    filled = form(school="jaures", other_school="Sainte-Anne")

    assert filled.is_valid(), filled.errors
    details = filled.to_details()
    assert details.school == School.objects.get(code="jaures")
    assert details.other_school == ""


def test_a_family_writes_a_school_that_is_not_listed(rochebelle: Town) -> None:
    filled = form(school="", other_school="Sainte-Anne")

    assert filled.is_valid(), filled.errors
    assert (filled.to_details().school, filled.to_details().other_school) == (
        None,
        "Sainte-Anne",
    )


def test_without_schools_only_the_name_is_asked(rochebelle: Town) -> None:
    School.objects.all().delete()

    filled = form(other_school="Sainte-Anne")

    assert "school" not in filled.fields
    assert filled.is_valid(), filled.errors
    assert filled.to_details().school is None


def test_a_child_has_one_school(rochebelle: Town) -> None:
    child = make_family("claire@example.com", "Lina").children[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        Child.objects.filter(pk=child.pk).update(
            school=School.objects.get(code="jaures"), other_school="Sainte-Anne"
        )
