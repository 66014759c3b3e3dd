"""Every field of every table has a class, and the registry names nothing in vain."""

import pytest
from django.apps import apps

from foundation.privacy.classes import DataClass, Fate, Owner
from foundation.privacy.registry import DESCRIBED, model_of, problems, tables


def test_every_field_has_a_class_and_none_is_gone():
    assert problems() == []


@pytest.mark.parametrize("app", sorted(DESCRIBED))
def test_described_applications_exist(app):
    assert apps.get_app_config(app).label == app


@pytest.mark.parametrize(
    "table", [each for each in tables() if each.is_personal], ids=lambda t: t.label
)
def test_a_personal_table_leads_to_somebody_and_has_its_file(table):
    assert table.area
    assert table.paths
    if table.owner not in (Owner.ADDRESS, Owner.RECORD):
        for path in table.paths:
            str(model_of(table)._base_manager.filter(**{f"{path}__in": [1]}).query)
    for relation in table.kept_if:
        kept = model_of(table)._base_manager.filter(**{f"{relation}__gt": 0})
        assert table.fate == Fate.GOES
        str(kept.query)


def test_health_and_bank_are_never_called_something_else():
    health = {
        f"{table.label}.{name}"
        for table in tables()
        for name, each in table.classes.items()
        if each == DataClass.HEALTH
    }

    assert "families.healthsheet.treatments" in health
