"""Whatever a clerk configures is in the pack, or stays in the town for a reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from billing.models import Regie
from catalog import models as catalog
from enrolment import models as enrolment
from families import models as families
from tenants.townhall import models as townhall

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/pack.schema.json").read_text())
EVERYWHERE = {"id", "public_id", "created_at", "position"}
#: Where each record stands in a pack, its fields with another name, those that stay.
RECORDS: list[tuple[Any, str, dict[str, str], set[str]]] = [
    (
        townhall.TownSettings,
        "townhall",
        {},
        {"name", "logo", "second_logo", "theme_css", "theme_hash"},
    ),
    (townhall.Commune, "communes", {}, set()),
    (townhall.Department, "departments", {}, set()),
    (townhall.School, "schools", {}, set()),
    (
        families.ProofType,
        "proof_types",
        {
            "validity_months": "months",
            "valid_until": "until",
            "template": "blank_template",
            "template_sha256": "blank_template",
        },
        set(),
    ),
    (
        families.FileRules,
        "files",
        {"review_month": "review_from", "review_day": "review_from"},
        {"reminded_season"},
    ),
    (families.MealType, "meal_types", {"is_offered": "offered"}, set()),
    (
        families.AuthorisationKind,
        "authorisations",
        {"is_on_day_list": "day_list", "is_asked": "asked"},
        set(),
    ),
    (
        catalog.CalendarPeriod,
        "calendar.periods",
        {"from_on": "from", "until_on": "until"},
        set(),
    ),
    (
        catalog.Closure,
        "calendar.closures",
        {"from_on": "from", "until_on": "until"},
        # Those of a service are written in it.
        {"service"},
    ),
    (catalog.SharedPlaces, "shared_places", {}, set()),
    (catalog.Tariff, "tariffs", {}, set()),
    (catalog.TariffVersion, "tariffs.versions", {}, {"tariff", "published_at"}),
    (
        catalog.Service,
        "services",
        {
            "is_published": "published",
            "keeps_waiting_list": "waiting_list",
            "shows_rank": "waiting_list",
            "days_to_answer": "waiting_list",
            "takes_expected_children": "waiting_list",
        },
        set(),
    ),
    (catalog.Situation, "services.situations", {}, {"service"}),
    (
        catalog.Requirement,
        "services.requirements",
        {
            "proof_type": "proof",
            "is_mandatory": "mandatory",
            "only_if_proof": "only_if",
            "only_if_question": "only_if",
            "only_if_answer": "only_if",
        },
        {"service"},
    ),
    (catalog.Activity, "services.activities", {}, {"service"}),
    (
        catalog.RegistrationWindow,
        "services.activities.windows",
        {"opens_at": "from", "closes_at": "until"},
        {"activity"},
    ),
    (
        catalog.Session,
        "services.activities.sessions",
        {"starts_on": "first_day", "ends_on": "last_day", "price_minor": "price"},
        {"activity", "seats_taken", "cancelled_at", "closure"},
    ),
    (enrolment.ReadySentence, "ready_sentences", {}, set()),
    (
        Regie,
        "regies",
        {
            "takes_cards": "rails",
            "takes_direct_debits": "rails",
            "bank_format": "creditor",
            "notice_days": "creditor",
            "creditor_name": "creditor",
            "creditor_id": "creditor",
            "iban": "creditor",
            "bic": "creditor",
        },
        set(),
    ),
]


def keys_at(path: str) -> set[str]:
    schema = SCHEMA
    for key in path.split("."):
        schema = schema["properties"][key]
        schema = schema.get("items", schema)
    return set(schema["properties"])


@pytest.mark.parametrize(
    ("model", "path", "renamed", "stays"), RECORDS, ids=[each[1] for each in RECORDS]
)
def test_each_field_has_its_key(model, path, renamed, stays):
    fields = {
        field.name
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.name not in EVERYWHERE
    }

    known = keys_at(path)

    assert {renamed.get(name, name) for name in fields - stays} <= known
    assert stays <= fields
