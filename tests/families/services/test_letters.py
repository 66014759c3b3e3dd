from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from families.enums import Civility, LettersState
from families.models import Household, LetterRun, Person
from families.queries.accounts import households_without_account, ways_in_of
from families.services.claim_codes import find_by_code
from families.services.counter import start_visit
from families.services.households import open_household
from families.services.letters import (
    NobodyToWriteToError,
    ask_letters,
    make_letters,
    print_letter,
    remove_letters,
    remove_old_letters,
)
from families.services.recaps import print_recap
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tests.families.builders import HOME, NOW, make_family

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = str(tmp_path)


@pytest.fixture
def clerk(rochebelle):
    return Account.objects.create_superuser("nadia@town.fr")


def on_paper(last_name: str = "Marchand") -> Household:
    """Open the file of somebody without account nor address."""
    person = Person.objects.create(
        civility=Civility.MADAM, first_name="Odile", last_name=last_name
    )
    return open_household(person=person, address=HOME, actor=None)


def pages_of(content: bytes) -> list[str]:
    reader = PdfReader(BytesIO(content))
    texts = [page.extract_text() for page in reader.pages]
    return [text.replace("\u200b", "") for text in texts]


def code_in(text: str) -> str:
    words = text.split()
    return next(word for word in words if len(word) == 14 and word.count("-") == 2)


def test_a_letter_holds_the_name_the_number_and_a_code_that_works(rochebelle, clerk):
    household = on_paper()

    (page,) = pages_of(print_letter(household=household, actor=clerk, now=NOW))

    assert "Odile Marchand" in page
    assert "3 rue des Tilleuls" in page
    assert household.file_number in page
    assert "http://rochebelle.localhost" in page
    assert find_by_code(code_in(page), now=NOW) == household
    assert Entry.objects.filter(action="letter printed", actor=clerk).count() == 1


def test_a_letter_is_tagged_for_screen_readers(rochebelle, clerk):
    reader = PdfReader(
        BytesIO(print_letter(household=on_paper(), actor=clerk, now=NOW))
    )

    root = reader.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"] is not None  # type: ignore[index] # A dictionary.
    assert root["/Lang"] == "fr"  # type: ignore[index] # As above.


def test_each_household_has_its_own_page_and_code(rochebelle, clerk):
    households = [on_paper(f"Marchand{each}") for each in range(3)]
    make_family()
    run = ask_letters(households=Household.objects.all(), actor=clerk, now=NOW)

    assert make_letters(run_id=run.pk, now=NOW)
    assert not make_letters(run_id=run.pk, now=NOW)

    run.refresh_from_db()
    with run.document.open() as file:
        pages = pages_of(file.read())
    assert run.state == LettersState.READY
    assert len(pages) == run.letters == 3
    opened = [find_by_code(code_in(page), now=NOW) for page in pages]
    assert {each.pk for each in opened if each} == {each.pk for each in households}
    issued = Entry.objects.filter(action="subscriber code issued")
    assert issued.count() == 3


def test_the_file_at_rest_gives_no_code(rochebelle, clerk, tmp_path):
    on_paper()
    run = ask_letters(households=Household.objects.all(), actor=clerk, now=NOW)
    make_letters(run_id=run.pk, now=NOW)

    (stored,) = [path for path in Path(tmp_path).rglob("*") if path.is_file()]
    assert b"%PDF" not in stored.read_bytes()


def test_families_with_an_account_are_not_written_to(rochebelle, clerk):
    make_family()

    assert not households_without_account(Household.objects.all()).exists()
    with pytest.raises(NobodyToWriteToError):
        ask_letters(households=Household.objects.all(), actor=clerk, now=NOW)


def test_a_printed_file_is_removed_and_its_codes_stay(
    rochebelle, clerk, tmp_path, django_capture_on_commit_callbacks
):
    household = on_paper()
    run = ask_letters(households=Household.objects.all(), actor=clerk, now=NOW)
    make_letters(run_id=run.pk, now=NOW)
    run.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        assert remove_letters(run=run, actor=clerk)

    assert not [path for path in Path(tmp_path).rglob("*") if path.is_file()]
    assert ways_in_of(household, at=NOW).code is not None


def test_a_forgotten_file_is_removed_after_a_week(rochebelle, clerk):
    on_paper()
    run = ask_letters(households=Household.objects.all(), actor=clerk, now=NOW)
    make_letters(run_id=run.pk, now=NOW)

    assert remove_old_letters(now=NOW + timedelta(days=7, seconds=-1)) == 0
    assert remove_old_letters(now=NOW + timedelta(days=7)) == 1
    assert LetterRun.objects.get().state == LettersState.REMOVED


def test_a_recap_holds_a_code_when_one_is_wanted(rochebelle, clerk):
    visit = start_visit(household=on_paper(), clerk=clerk, now=NOW)

    bare = pages_of(print_recap(visit=visit, with_code=False, actor=clerk, now=NOW))
    full = pages_of(print_recap(visit=visit, with_code=True, actor=clerk, now=NOW))

    assert "Odile Marchand" in bare[0]
    assert find_by_code(code_in("\n".join(full)), now=NOW) == visit.household
    printed = Entry.objects.filter(action="recap printed")
    assert {entry.capacity for entry in printed} == {"counter"}
