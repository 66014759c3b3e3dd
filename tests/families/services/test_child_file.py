"""Health, authorisations, people, insurance, photo: what changing them does."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import Image

from families.domain.editable import Editable
from families.models import Authorisation, Child, Contact, HealthSheet, MealType
from families.services.authorisations import (
    TooYoungForThisError,
    answer_authorisations,
    authorisations_of,
)
from families.services.contacts import (
    CollectorTooYoungError,
    ContactDetails,
    EndBeforeStartError,
    NoPurposeError,
    set_contacts,
)
from families.services.editables.child_file import (
    health_values,
    person_value,
    present_people,
)
from families.services.edits import submit_edit
from families.services.health_sheets import HealthDetails, change_health, details_of
from families.services.insurance import Insurance, change_insurance
from families.services.photos import remove_photo, set_photo
from foundation.journal.models import Entry
from foundation.uploads.cleaning import clean_portrait
from foundation.uploads.errors import UploadRefusedError
from foundation.uploads.reasons import Reason
from tenants.models import Town
from tests.families.builders import NOW, TODAY, Family, make_family
from tests.foundation.uploads import documents

CANARY = "pas d'arachide QZX-CANARI-771"
SHEET = HealthDetails(
    measures=("no_nuts", "kit_at_hand"),
    precautions=CANARY,
    treatments=f"Ventoline {CANARY}",
    doctor_name=f"Dr {CANARY}",
    doctor_phone=f"03 20 {CANARY}",
    vaccinations="certificate",
    aids=("glasses",),
    care_plan=True,
    care_plan_measures=f"Trousse {CANARY}",
)
GRANNY = ContactDetails(
    name="Odile Martin",
    phone="06 12 34 56 78",
    relation="Grand-mère",
    may_collect=True,
    is_emergency=True,
    is_of_age=True,
)


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


def lina() -> tuple[Family, Child]:
    family = make_family("claire@example.com", "Lina")
    return family, family.children[0]


def test_a_health_sheet_comes_back_as_it_was_written(rochebelle: Town) -> None:
    family, child = lina()
    details = replace(SHEET, meal_type=MealType.objects.get(code="sans-porc"))

    change_health(child=child, details=details, now=NOW, actor=family.account)

    assert details_of(Child.objects.get()) == details


def test_health_is_nowhere_in_the_database_in_clear(rochebelle: Town) -> None:
    family, child = lina()

    change_health(child=child, details=SHEET, now=NOW, actor=family.account)

    assert _everything_in_the_database_with("QZX-CANARI-771") == []
    assert _everything_in_the_database_with("no_nuts") == []
    entry = Entry.objects.get(action="health sheet changed")
    assert set(entry.new.values()) == {"•••"}


def test_the_same_sheet_again_writes_nothing(rochebelle: Town) -> None:
    family, child = lina()

    for _ in range(2):
        change_health(child=child, details=SHEET, now=NOW, actor=family.account)

    assert Entry.objects.filter(action="health sheet changed").count() == 1


def test_an_empty_sheet_asks_nothing_of_staff(rochebelle: Town) -> None:
    family, child = lina()
    quiet = HealthDetails(vaccinations="yes", doctor_name="Dr Roy")

    change_health(child=child, details=quiet, now=NOW, actor=family.account)

    assert not HealthSheet.objects.all().telling().exists()
    change_health(child=child, details=SHEET, now=NOW, actor=family.account)
    assert HealthSheet.objects.all().telling().exists()


def test_a_family_changes_health_through_the_edits(rochebelle: Town) -> None:
    family, child = lina()

    outcome = submit_edit(
        target=child,
        values={Editable.HEALTH: health_values(SHEET)},
        household=family.household,
        actor=family.account,
        now=NOW,
    )

    assert outcome.applied
    assert details_of(child) == SHEET
    assert _everything_in_the_database_with("QZX-CANARI-771") == []


def test_answers_are_added_and_the_last_one_counts(rochebelle: Town) -> None:
    family, child = lina()
    steps = [
        ({"photo": True}, NOW),
        ({"photo": True}, NOW + timedelta(days=1)),
        ({"photo": False}, NOW + timedelta(days=2)),
    ]

    for answers, now in steps:
        answer_authorisations(
            child=child,
            household=family.household,
            answers=answers,
            today=TODAY,
            now=now,
            actor=family.account,
        )

    given = {each.kind.code: each.is_allowed for each in authorisations_of(child)}
    assert given["photo"] is False
    assert given["sport"] is None
    assert list(
        Authorisation.objects.order_by("given_at").values_list("is_allowed", flat=True)
    ) == [True, False]


def test_a_child_too_young_does_not_leave_alone(rochebelle: Town) -> None:
    family, child = lina()
    Child.objects.filter(pk=child.pk).update(birth_date=TODAY - timedelta(days=5 * 365))
    child.refresh_from_db()

    with pytest.raises(TooYoungForThisError) as refused:
        answer_authorisations(
            child=child,
            household=family.household,
            answers={"partir-seul": True},
            today=TODAY,
            now=NOW,
            actor=family.account,
        )

    assert "8" in str(refused.value)
    assert not Authorisation.objects.exists()


def test_an_answer_is_never_rewritten(rochebelle: Town) -> None:
    family, child = lina()
    answer_authorisations(
        child=child,
        household=family.household,
        answers={"sport": True},
        today=TODAY,
        now=NOW,
        actor=family.account,
    )

    with pytest.raises(DatabaseError), transaction.atomic():
        Authorisation.objects.update(is_allowed=False)

    assert Authorisation.objects.get().is_allowed


def put(family: Family, child: Child, *people: tuple[UUID, ContactDetails]) -> None:
    set_contacts(
        child=child,
        household=family.household,
        people=people,
        now=NOW,
        actor=family.account,
    )


def test_people_are_added_changed_and_removed_with_a_trace(rochebelle: Town) -> None:
    family, child = lina()
    granny = uuid4()

    put(family, child, (granny, GRANNY))
    put(family, child, (granny, replace(GRANNY, phone="06 00 00 00 00")))
    put(family, child)

    contact = Contact.objects.get()
    assert contact.removed_at == NOW
    assert contact.phone == "06 00 00 00 00"
    actions = Entry.objects.order_by("id").values_list("action", flat=True)
    assert [each for each in actions if "child" in each and "person" in each] == [
        "person added to child",
        "person of child changed",
        "person of child removed",
    ]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"is_of_age": False}, CollectorTooYoungError),
        ({"may_collect": False, "is_emergency": False}, NoPurposeError),
        ({"from_on": TODAY, "until_on": TODAY}, EndBeforeStartError),
    ],
)
def test_a_person_who_cannot_be_is_refused(
    rochebelle: Town, change: dict[str, object], error: type[Exception]
) -> None:
    family, child = lina()

    with pytest.raises(error):
        put(family, child, (uuid4(), replace(GRANNY, **change)))  # type: ignore[arg-type] # Any field.

    assert not Contact.objects.exists()


def test_a_household_never_touches_the_people_of_another_one(rochebelle: Town) -> None:
    family, child = lina()
    other = make_family("marc@example.com")
    theirs = uuid4()
    put(other, child, (theirs, GRANNY))

    people = present_people(child)
    people[0]["phone"] = "changed"
    own = person_value(uuid4(), replace(GRANNY, name="Ana"), family.household.public_id)
    submit_edit(
        target=child,
        values={Editable.PICKUP: {"people": [*people, own]}},
        household=family.household,
        actor=family.account,
        now=NOW,
    )

    kept = Contact.objects.kept().values_list("name", "phone")
    assert set(kept) == {("Odile Martin", GRANNY.phone), ("Ana", GRANNY.phone)}


def test_a_person_counts_between_two_days(rochebelle: Town) -> None:
    family, child = lina()
    put(
        family,
        child,
        (
            uuid4(),
            replace(GRANNY, from_on=TODAY, until_on=TODAY + timedelta(days=1)),
        ),
    )

    assert Contact.objects.on(TODAY).exists()
    assert not Contact.objects.on(TODAY + timedelta(days=1)).exists()
    assert not Contact.objects.on(TODAY - timedelta(days=1)).exists()


def test_insurance_is_journalled(rochebelle: Town) -> None:
    family, child = lina()

    change_insurance(
        child=child, insurance=Insurance("MAIF", "123", None), actor=family.account
    )

    entry = Entry.objects.get(action="insurance changed")
    assert entry.new == {"company": "MAIF", "policy": "123", "until": None}


def test_a_photo_is_square_small_and_replaces_the_one_before(
    rochebelle: Town, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    family, child = lina()
    for colour in ("red", "blue"):
        picture = io.BytesIO()
        Image.new("RGB", (600, 900), colour).save(picture, "JPEG")
        portrait = clean_portrait(picture.getvalue(), declared_name="lina.jpg")
        with django_capture_on_commit_callbacks(execute=True):
            set_photo(child=child, portrait=portrait, now=NOW, actor=family.account)

    child = Child.objects.select_related("photo").get()
    with child.photo.file.open() as file:
        image = Image.open(io.BytesIO(file.read()))
        assert image.size == (320, 320)
        assert image.getpixel((10, 10))[2] > 200  # type: ignore[index] # RGB.
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(child=child, actor=family.account)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_document_is_not_a_photo():
    data = documents.save(documents.document(1))

    with pytest.raises(UploadRefusedError) as refused:
        clean_portrait(data, declared_name="a.pdf")

    assert refused.value.reason_code is Reason.NOT_A_PHOTO


def _everything_in_the_database_with(text: str) -> list[str]:
    """Return the tables of the town where a text stands in clear, or as its bytes."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row '
                "WHERE row::text LIKE %s OR row::text LIKE %s",
                [f"%{text}%", f"%{text.encode().hex()}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found
