"""Letters that carry a subscriber code: for one household, or for many at once.

A letter is made when its code is issued, and cannot be made again: a new letter holds
a new code, and ends the former.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from families.enums import LettersState
from families.gateways.documents import LettersDocument, render_pdf
from families.models import Guardian, Household, LetterRun
from families.queries.accounts import households_without_account
from families.services.claim_codes import issue_code, issue_codes
from families.services.claim_papers import addressee_of, claim_labels, claim_of
from families.services.letterhead import letterhead, paper
from families.services.words import day_words, town_language, town_time
from families.signals import letters_asked
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from tenants.townhall.queries import town_settings

#: A file with codes in clear is not kept longer, printed or not.
KEPT = timedelta(days=7)
#: Letters in one file: a printer's tray, and a minute of work.
MOST = 2000


class NobodyToWriteToError(DomainError):
    """Every household that was chosen has an account already."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("Every one of these families has an account."))


@transaction.atomic
def print_letter(*, household: Household, actor: Account, now: datetime) -> bytes:
    """Return the PDF of a letter with a new code."""
    code = issue_code(household=household, actor=actor, now=now)
    record(actor=actor, action="letter printed", target=household)
    return _render([household], [code], now=now)


@transaction.atomic
def ask_letters(
    *, households: QuerySet[Household], actor: Account, now: datetime
) -> LetterRun:
    """Keep that letters are wanted; a job makes them (`families.tasks`).

    Households with an account are left out. Raises NobodyToWriteToError.
    """
    wanted = households_without_account(households).order_by("id")[:MOST]
    found = list(wanted.values_list("pk", flat=True))
    if not found:
        raise NobodyToWriteToError
    run = LetterRun.objects.create(asked_by=actor, asked_at=now, letters=len(found))
    run.households.set(found)
    record(actor=actor, action="letters asked", target=run, new={"letters": len(found)})
    letters_asked.send(sender=LetterRun, run_id=run.pk)
    return run


@transaction.atomic
def make_letters(*, run_id: int, now: datetime) -> bool:
    """Issue the codes and print them; return False when it was done already."""
    run = LetterRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.state != LettersState.WAITING:
        return False
    chosen = Household.objects.filter(pk__in=run.households.all())
    households = list(
        households_without_account(chosen)
        .order_by("postal_code", "city", "street", "id")
        .select_for_update(of=("self",))
    )
    codes = issue_codes(households=households, actor=run.asked_by, now=now)
    run.letters = len(households)
    run.made_at = now
    if households:
        content = ContentFile(_render(households, codes, now=now))
        run.document.save("letters", content, save=False)
        run.state = LettersState.READY
    else:
        run.state = LettersState.REMOVED
    run.save()
    made = {"letters": run.letters}
    record(actor=run.asked_by, action="letters made", target=run, new=made)
    return True


@transaction.atomic
def remove_letters(*, run: LetterRun, actor: Account | None) -> bool:
    """Remove the file of a run; return whether there was one."""
    run = LetterRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != LettersState.READY:
        return False
    name, storage = str(run.document.name), run.document.storage
    run.state = LettersState.REMOVED
    run.document = ""
    run.save(update_fields=["state", "document"])
    record(actor=actor, action="letters removed", target=run)
    # A file outlives a transaction that fails; never the other way round.
    transaction.on_commit(lambda: storage.delete(name))
    return True


def remove_old_letters(*, now: datetime) -> int:
    """Remove the files nobody removed in time; return how many."""
    old = LetterRun.objects.filter(state=LettersState.READY, made_at__lte=now - KEPT)
    return sum(remove_letters(run=run, actor=None) for run in old)


def _render(
    households: Sequence[Household], codes: Sequence[str], *, now: datetime
) -> bytes:
    with town_language() as lang:
        return render_pdf("letters", _document(households, codes, lang=lang, now=now))


def _document(
    households: Sequence[Household], codes: Sequence[str], *, lang: str, now: datetime
) -> LettersDocument:
    hall, day = town_settings(), town_time(now).date()
    adults = _adults(households)
    ways = (hall.contact_phone, hall.contact_email)
    return {
        "title": _("Open your account on the family portal"),
        "lang": lang.split("-", maxsplit=1)[0],
        "paper": paper(),
        "date": day.isoformat(),
        "town": letterhead(),
        "labels": {
            **claim_labels(),
            "page": "",
            "footer": " · ".join(way for way in ways if way),
            "dated": _("Date"),
            "household_number": _("File number"),
            "addressee": _("To"),
        },
        "legal": [_("Keep this code to yourself: it opens your family's file.")],
        "opening": [
            _("Hello,"),
            _(
                "Your family has a file with %(town)s. With an account on the family "
                "portal, you book, pay and write to us from home, at any hour."
            )
            % {"town": hall.name},
        ],
        "closing": [
            _("No e-mail address, or a question? Come to the counter."),
        ],
        "place_and_day": day_words(day),
        "letters": [
            {
                "addressee": addressee_of(household, adults[household.pk]),
                "household_number": household.file_number,
                "claim": claim_of(code, now=now),
            }
            for household, code in zip(households, codes, strict=True)
        ],
    }


def _adults(households: Sequence[Household]) -> dict[int, list[Guardian]]:
    """Return the adults of many households, the responsible first. One query."""
    found: dict[int, list[Guardian]] = defaultdict(list)
    places = Guardian.objects.filter(household__in=households).select_related("person")
    # "co_responsible" comes before "responsible".
    for place in places.order_by("-role", "id"):
        found[place.household_id].append(place)
    return found
