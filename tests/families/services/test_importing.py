"""Families of another software are taken whole, once, or not at all."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from billing.models import Charge
from families.enums import GuardianRole, ImportStatus, Residence
from families.models import (
    Child,
    FamilyImport,
    Guardian,
    Household,
    ImportFile,
    Person,
)
from families.queries import quotient_on, residence_on
from families.services.importing import (
    apply_import,
    ask_for_import,
    check_import,
    give_up_import,
    hand_in_tables,
)
from families.services.importing.life import ImportNotReadyError
from families.signals import balances_imported
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from foundation.storage import PrivateStorage
from tenants.models import Town
from tests.families.builders import make_family

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
TODAY = date(2026, 11, 21)

HOUSEHOLDS = """Dossier;Adresse;CP;Ville;Résidence;Quotient;Organisme
A-1;1 rue des Tilleuls;59223;Rochebelle;habite;812,50;CAF
B2;2 rue Haute;75011;Paris;extérieur;;
"""
ADULTS = """Dossier;Nom;Prénom;Civilité;Rôle;Naissance;Courriel;Téléphone;N° personne
A-1;Martin;Claire;Mme;;03/04/1988;claire@example.com;0612345678;P100
A-1;Martin;Paul;M.;conjoint;;;;
B2;Petit;Thomas;M.;co-responsable;;thomas@example.com;;
B2;Petit;Jeanne;Mme;responsable;;;;
"""
CHILDREN = """Dossier;Nom;Prénom;Naissance;École;Classe;N° personne
A-1;Martin;Léo;2018-03-04;École des Tilleuls;CP;E1
B2;Martin;Léo;2018-03-04;École des Tilleuls;CP;E1
B2;Petit;Zoé;2020-01-02;École privée;;
"""
BALANCES = """Dossier;Service;Solde;Au
A-1;Cantine;34,20;31/08/2026
B2;Cantine;-12;31/08/2026
"""
TABLES = [
    ("foyers.csv", HOUSEHOLDS.encode()),
    ("adultes.csv", ADULTS.encode()),
    ("enfants.csv", CHILDREN.encode()),
    ("soldes.csv", BALANCES.encode()),
]


@pytest.fixture
def clerk(rochebelle: Town, settings: Any, tmp_path: Any) -> Account:
    settings.PREAU_PRIVATE_ROOT = tmp_path
    return Account.objects.get(email="mairie@rochebelle.localhost")


def hand_in(clerk: Account, *tables: tuple[str, bytes]) -> FamilyImport:
    files = tables or TABLES
    kept = hand_in_tables(files=files, actor=clerk, now=NOW)
    check_import(import_id=kept.pk, today=TODAY)
    kept.refresh_from_db()
    return kept


def take(kept: FamilyImport, clerk: Account) -> FamilyImport:
    ask_for_import(families=kept, actor=clerk)
    return apply_import(import_id=kept.pk, today=TODAY, now=NOW, country="FR")


def test_the_dry_run_writes_no_family(clerk: Account) -> None:
    before = Household.objects.count(), Person.objects.count(), Child.objects.count()

    kept = hand_in(clerk)

    assert (kept.status, kept.problem_count) == (ImportStatus.READY, 0)
    assert kept.counts == {
        "households": 2,
        "adults": 4,
        "children": 3,
        "balances": 2,
    }
    assert before == (
        Household.objects.count(),
        Person.objects.count(),
        Child.objects.count(),
    )


def test_everything_is_written(clerk: Account) -> None:
    take(hand_in(clerk), clerk)

    first = Household.objects.get(file_number="A1")
    second = Household.objects.get(file_number="B2")
    assert first.commune is not None
    assert first.commune.name == "Rochebelle"
    assert second.commune is None
    assert residence_on(first, TODAY) == Residence.RESIDENT
    assert residence_on(second, TODAY) == Residence.OUTSIDE
    assert quotient_on(first, TODAY) == Decimal("812.50")
    assert quotient_on(second, TODAY) is None
    leo = Child.objects.get(person_code="E1")
    assert set(leo.households.all()) == {first, second}
    assert leo.school is not None
    assert (leo.school.code, leo.school_class) == ("tilleuls", "cp")
    zoe = Child.objects.get(first_name="Zoé")
    assert (zoe.school, zoe.other_school) == (None, "École privée")
    claire = Person.objects.get(person_code="P100")
    assert (claire.email, claire.phone) == ("claire@example.com", "0612345678")
    assert len(zoe.person_code) == len(
        Person.objects.get(first_name="Paul").person_code
    )


def test_each_file_has_one_responsible(clerk: Account) -> None:
    take(hand_in(clerk), clerk)

    responsible = Guardian.objects.filter(role=GuardianRole.RESPONSIBLE)
    named = responsible.filter(household__file_number__in=["A1", "B2"])
    assert sorted(each.person.first_name for each in named) == ["Claire", "Jeanne"]


def test_balances_are_lines_of_the_next_invoice(clerk: Account) -> None:
    take(hand_in(clerk), clerk)

    waiting = Charge.objects.filter(invoice=None).order_by("-amount_minor")
    assert [
        (each.household.file_number, each.amount_minor, each.day) for each in waiting
    ] == [("A1", 3420, date(2026, 8, 31)), ("B2", -1200, date(2026, 8, 31))]


def test_the_journal_tells_who_brought_whom(clerk: Account) -> None:
    kept = take(hand_in(clerk), clerk)

    assert Entry.objects.get(action="families imported").actor == clerk
    told = Entry.objects.filter(action="household imported")
    assert told.count() == 2
    assert {each.new["import"] for each in told} == {str(kept.public_id)}


def test_one_error_and_nothing_is_taken(clerk: Account) -> None:
    wrong = CHILDREN.replace("2020-01-02", "2020-13-02")
    kept = hand_in(clerk, *TABLES[:2], ("enfants.csv", wrong.encode()))

    with pytest.raises(ImportNotReadyError):
        ask_for_import(families=kept, actor=clerk)

    assert kept.status == ImportStatus.REFUSED
    (problem,) = kept.problems
    assert (problem["file"], problem["line"]) == ("enfants.csv", 4)
    assert (problem["column"], problem["reason"]) == ("Naissance", "not_a_day")
    assert not Household.objects.filter(file_number="A1").exists()


def test_what_changed_since_the_dry_run_is_seen(clerk: Account) -> None:
    kept = hand_in(clerk)
    ask_for_import(families=kept, actor=clerk)
    Household.objects.filter(pk=make_family().household.pk).update(file_number="B2")

    done = apply_import(import_id=kept.pk, today=TODAY, now=NOW, country="FR")

    assert done.status == ImportStatus.REFUSED
    assert done.problems[0]["reason"] == "file_known_already"
    assert not Household.objects.filter(file_number="A1").exists()


def test_what_the_database_refuses_leaves_nothing_half_taken(clerk: Account) -> None:
    kept = hand_in(clerk)
    ask_for_import(families=kept, actor=clerk)
    people = Person.objects.count()

    def open_the_same_file(**_kwargs: Any) -> None:
        """Break a rule of the database at the very end, as a race would."""
        Household.objects.create(file_number="A1", street="x", city="y")

    balances_imported.connect(open_the_same_file)
    try:
        done = apply_import(import_id=kept.pk, today=TODAY, now=NOW, country="FR")
    finally:
        balances_imported.disconnect(open_the_same_file)

    assert done.problems[0]["reason"] == "refused_by_database"
    assert Person.objects.count() == people
    assert not Household.objects.filter(file_number="A1").exists()


def test_it_is_taken_once_however_often_it_is_asked(clerk: Account) -> None:
    kept = hand_in(clerk)
    take(kept, clerk)

    apply_import(import_id=kept.pk, today=TODAY, now=NOW, country="FR")
    with pytest.raises(ImportNotReadyError):
        ask_for_import(families=kept, actor=clerk)

    assert Household.objects.filter(file_number__in=["A1", "B2"]).count() == 2


@pytest.mark.parametrize("is_taken", [True, False])
def test_the_files_are_deleted_once_it_is_over(
    clerk: Account, django_capture_on_commit_callbacks: Any, *, is_taken: bool
) -> None:
    kept = hand_in(clerk)
    assert len(list(PrivateStorage().names())) == len(TABLES)

    with django_capture_on_commit_callbacks(execute=True):
        if is_taken:
            take(kept, clerk)
        else:
            give_up_import(families=kept, actor=clerk)

    assert list(PrivateStorage().names()) == []
    assert not any(each.file for each in ImportFile.objects.all())


def test_files_are_encrypted_while_they_wait(clerk: Account, tmp_path: Any) -> None:
    hand_in(clerk)

    kept = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert b"Claire" not in kept
