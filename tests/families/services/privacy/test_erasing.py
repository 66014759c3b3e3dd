"""A family erased leaves no word behind, save what the law keeps."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from families.models import Child, Household
from families.services.privacy.erasing import erase_households
from foundation.journal.services import record
from foundation.town import current_schema
from tests.families.builders import NOW, Family, make_family
from tests.families.sharing_builders import separated

CANARY = "Canarix"


def canary_family() -> Family:
    family = make_family("canarix@example.com", CANARY)
    family.person.last_name = CANARY
    family.person.phone = "0611223344"
    family.person.save()
    family.household.street = f"12 rue {CANARY}"
    family.household.save()
    family.account.last_name = CANARY
    family.account.save()
    record(
        actor=family.account,
        action="adult added",
        target=family.person,
        new={"last_name": CANARY},
    )
    return family


def tables_with(word: str) -> set[str]:
    """Return the tables of the town that hold a word, whatever the column."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = %s AND table_type = 'BASE TABLE'",
            [current_schema()],
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" AS t WHERE t::text ILIKE %s)',
                [f"%{word}%"],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def erase(*families: Family) -> int:
    return erase_households(
        households=[each.household.pk for each in families],
        actor=None,
        now=NOW,
    )


def test_no_table_of_the_town_holds_a_word_of_an_erased_family(rochebelle):
    family = canary_family()
    assert {
        "families_person",
        "families_child",
        "families_household",
        "families_searchentry",
        "accounts_account",
        "journal_entry",
    } <= tables_with(CANARY)

    erase(family)

    connection.check_constraints()
    assert tables_with(CANARY) == set()
    assert tables_with("0611223344") == set()
    family.household.refresh_from_db()
    assert family.household.erased_at == NOW
    assert not Household.objects.current().filter(pk=family.household.pk).exists()


def test_the_journal_keeps_who_did_what_and_when(rochebelle):
    family = canary_family()

    erase(family)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, label, new::text FROM journal_entry WHERE record = %s"
            " AND action = 'adult added'",
            [family.person.public_id],
        )
        assert cursor.fetchone() == ("adult added", "", "{}")


def test_a_shared_child_stays_with_the_other_household(rochebelle):
    first, second = separated("Zoé")

    erase(first)

    connection.check_constraints()
    child = Child.objects.get(pk=first.children[0].pk)
    assert child.first_name == "Zoé"
    assert list(child.households.all()) == [second.household]


def test_erasing_takes_as_many_statements_for_five_families_as_for_one(rochebelle):
    one = make_family("one@example.com", "Un")
    with CaptureQueriesContext(connection) as first:
        erase(one)
    five = [make_family(f"f{n}@example.com", "Deux", "Trois") for n in range(5)]

    with CaptureQueriesContext(connection) as second:
        erase(*five)

    assert len(second) == len(first)
