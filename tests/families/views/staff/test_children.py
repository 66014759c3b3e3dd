"""A child's file for staff: who reads what, and what is written of it."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django_tenants.utils import tenant_context
from PIL import Image

from families.models import Child, HealthSheet, MealType, Promotion
from families.services.health_sheets import HealthDetails, change_health
from families.services.photos import set_photo
from foundation.journal.models import Entry, Reading
from foundation.uploads.cleaning import clean_portrait
from tenants.models import Town
from tenants.townhall.models import School, StaffScope
from tests.enrolment.request_builders import make_clerk, sign_in
from tests.families.builders import NOW, make_family

CANARY = "QZX-CANARI-773"


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path


def clerk_with(*codenames: str, email: str = "agent@mairie.example") -> Client:
    clerk = make_clerk(email)
    rights = Permission.objects.filter(codename__in=codenames)
    assert rights.count() == len(codenames)
    clerk.user_permissions.add(*rights)
    return sign_in(clerk)


def lina() -> Child:
    family = make_family("claire@example.com", "Lina")
    child = family.children[0]
    details = HealthDetails(measures=("no_egg",), precautions=CANARY)
    change_health(child=child, details=details, now=NOW, actor=family.account)
    picture = io.BytesIO()
    Image.new("RGB", (300, 300), "green").save(picture, "JPEG")
    portrait = clean_portrait(picture.getvalue(), declared_name="lina.jpg")
    set_photo(child=child, portrait=portrait, now=NOW, actor=family.account)
    return child


def test_health_is_shown_to_those_who_may_and_noted(rochebelle: Town) -> None:
    child = lina()
    client = clerk_with("view_child", "view_health")

    page = client.get(f"/admin/children/{child.public_id}/").content.decode()

    assert CANARY in page
    with tenant_context(rochebelle):
        reading = Reading.objects.get()
        assert (reading.subject, reading.record) == ("health", child.public_id)


def test_others_only_learn_that_there_is_something(rochebelle: Town) -> None:
    child = lina()
    client = clerk_with("view_child", "change_child")

    page = client.get(f"/admin/children/{child.public_id}/").content.decode()
    sheet = client.get(f"/admin/children/{child.public_id}/health/")

    assert CANARY not in page
    assert "There is health information" in page
    assert sheet.status_code in {302, 403}
    with tenant_context(rochebelle):
        assert not Reading.objects.exists()


def test_the_clerks_of_a_new_town_do_not_read_health(rochebelle: Town) -> None:
    work = Permission.objects.filter(group__name="Clerks")
    carers = Permission.objects.filter(group__name="Carers of children")

    assert not work.filter(codename__in=["view_health", "change_health"]).exists()
    assert carers.filter(codename="view_health").exists()


def test_a_photo_needs_the_right_to_see_photos(rochebelle: Town) -> None:
    child = lina()
    path = f"/admin/children/{child.public_id}/photo/"
    allowed = clerk_with("view_childphoto")
    other = clerk_with("view_child", email="autre@mairie.example")

    shown: Any = allowed.get(path)
    content = b"".join(shown.streaming_content)
    refused = other.get(path)

    assert Image.open(io.BytesIO(content)).size == (320, 320)
    assert refused.status_code in {302, 403}


def test_a_child_of_another_school_is_as_one_that_does_not_exist(
    rochebelle: Town,
) -> None:
    child = lina()
    Child.objects.update(school=School.objects.get(code="tilleuls"))
    clerk = make_clerk("ecole@mairie.example")
    clerk.user_permissions.add(
        *Permission.objects.filter(
            codename__in=["view_child", "change_child", "view_childphoto"]
        )
    )
    scope = StaffScope.objects.create(
        account=clerk, all_departments=True, all_schools=False
    )
    scope.schools.add(School.objects.get(code="jaures"))
    client = sign_in(clerk)

    seen = {
        client.get(f"/admin/children/{child.public_id}/{page}").status_code
        for page in ("", "identity/", "insurance/", "photo/")
    }

    assert seen == {404}


def test_staff_correct_each_section(rochebelle: Town) -> None:
    child = lina()
    client = clerk_with("view_child", "change_child", "view_health", "change_health")
    path = f"/admin/children/{child.public_id}/"

    client.post(f"{path}insurance/", {"company": "MAIF", "policy": "77"})
    client.post(f"{path}health/", {"measures": ["no_fish"], "vaccinations": "yes"})

    with tenant_context(rochebelle):
        assert Child.objects.get().insurance_company == "MAIF"
        assert HealthSheet.objects.get().measures == "no_fish"
        actions = Entry.objects.values_list("action", flat=True)
        assert {"insurance changed", "health sheet changed"} <= set(actions)


def test_a_meal_named_after_a_religion_is_refused_with_what_to_write(
    rochebelle: Town,
) -> None:
    client = clerk_with("add_mealtype", "change_mealtype", "view_mealtype")
    form = {"code": "menu-4", "is_offered": "on", "position": "4"}

    refused = client.post("/admin/meal-types/new/", form | {"name": "Menu halal"})
    taken = client.post("/admin/meal-types/new/", form | {"name": "Sans bœuf"})

    html = refused.content.decode()
    assert "tells a religion" in html
    assert "without pork" in html
    assert taken.status_code == 302
    with tenant_context(rochebelle):
        assert MealType.objects.filter(code="menu-4").get().name == "Sans bœuf"


def test_classes_are_shown_before_they_move(rochebelle: Town) -> None:
    child = lina()
    Child.objects.update(school_class="cm2")
    client = clerk_with("add_promotion")

    page = client.get("/admin/classes/").content.decode()
    kept = client.get("/admin/classes/", {"keep": str(child.public_id)})
    found = client.get("/admin/classes/", {"q": "lin mar"}).content.decode()

    assert "1 children move, 1 of them leave their school" in page
    assert "No child has a class yet." in kept.content.decode()
    assert str(child.public_id) in found
    with tenant_context(rochebelle):
        assert Child.objects.get().school_class == "cm2"


def test_classes_move_and_come_back_by_two_buttons(
    rochebelle: Town, monkeypatch: Any
) -> None:
    lina()
    Child.objects.update(school_class="cm2")
    client = clerk_with("add_promotion")
    july = NOW.replace(year=2026, month=7)
    monkeypatch.setattr("django.utils.timezone.now", lambda: july)

    client.post("/admin/classes/move/")
    with tenant_context(rochebelle):
        assert Child.objects.get().school_class == "6e"
        promotion = Promotion.objects.get().public_id
    client.post(f"/admin/classes/{promotion}/undo/")

    with tenant_context(rochebelle):
        assert Child.objects.get().school_class == "cm2"


def test_classes_are_not_moved_by_anybody(rochebelle: Town) -> None:
    client = clerk_with("view_child")

    statuses = {
        client.get("/admin/classes/").status_code,
        client.post("/admin/classes/move/").status_code,
    }

    assert statuses <= {302, 403}
    with tenant_context(rochebelle):
        assert not Promotion.objects.exists()
