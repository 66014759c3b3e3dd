"""The families' own part of a file as clerks see it."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from families.domain.home import Line, Link
from families.domain.staff_file import FilePart, FileSection
from families.models import Child, Household, Proof
from families.policies import may_keep_households
from families.queries.changes import last_review_of
from families.queries.staff_file import journal_of, messages_to
from families.services.household_page import standing_lines
from families.services.proof_lines import line_of
from families.signals import file_shown
from foundation.accounts.models import Account
from foundation.days import date_format
from foundation.journal.models import Entry
from tenants.domain.scope import Scope

MOST = 20


@receiver(file_shown, dispatch_uid="families-standing")
def show_standing(
    household: Household, account: Account, today: date, **_kwargs: Any
) -> FilePart:
    """Show what is proven of the household, today and before: two queries."""
    standing = standing_lines(household, today=today)
    actions: tuple[Link, ...] = ()
    if may_keep_households(account):
        page = reverse("households_staff:household", args=[household.public_id])
        merge = reverse("families_duplicates:with", args=[household.public_id])
        actions = (
            Link(_("Adults, sharing, custody, quotient"), page),
            Link(_("Merge with another file"), merge),
        )
    return FilePart(
        position=10,
        sections=(
            FileSection(
                key="standing",
                title=_("Quotient and residence"),
                lines=standing.quotients + standing.residences,
                empty=_("Nothing written: the highest price applies."),
            ),
        ),
        actions=actions,
    )


@receiver(file_shown, dispatch_uid="families-review-for-staff")
def show_review(household: Household, **_kwargs: Any) -> FilePart:
    """Show who last said that the file is right, and when: one query."""
    last = last_review_of(household)
    lines: tuple[Line, ...] = ()
    if last is not None:
        day = date_format(timezone.localtime(last.at), "DATE_FORMAT")
        lines = (Line(_("Confirmed on %(day)s") % {"day": day}, meta=str(last.by)),)
    return FilePart(
        position=15,
        sections=(
            FileSection(
                key="review",
                title=_("Yearly review"),
                lines=lines,
                empty=_("The family never confirmed its file."),
            ),
        ),
    )


@receiver(file_shown, dispatch_uid="families-proofs-for-staff")
def show_proofs(
    household: Household, scope: Scope, today: date, **_kwargs: Any
) -> FilePart:
    """Show the latest proofs and their documents: two queries."""
    proofs = list(
        Proof.objects.in_scope(scope)
        .filter(household=household)
        .shown()
        .select_related("proof_type", "child")
        .order_by("-submitted_at", "-id")[: MOST + 1]
    )
    return FilePart(
        position=50,
        sections=(
            FileSection(
                key="proofs",
                title=_("Proofs and documents"),
                lines=tuple(line_of(proof, today) for proof in proofs[:MOST]),
                empty=_("Nothing handed in yet."),
                more=_more(len(proofs)),
            ),
        ),
    )


@receiver(file_shown, dispatch_uid="families-messages-for-staff")
def show_messages(
    household: Household, scope: Scope, **_kwargs: Any
) -> FilePart | None:
    """Show what was written to the adults, without its text: one query.

    A subject may name any service: who sees a part of the town reads none.
    """
    if not scope.is_everything:
        return None
    adults = household.adults  # type: ignore[attr-defined] # Read along with the file.
    found = messages_to(adults, most=MOST + 1)
    lines = tuple(
        Line(each.subject, meta=date_format(each.created_at, "DATETIME_FORMAT"))
        for each in found[:MOST]
    )
    return FilePart(
        position=60,
        sections=(
            FileSection(
                key="messages",
                title=_("Messages sent"),
                lines=lines,
                empty=_("No message yet."),
                more=_more(len(found)),
            ),
        ),
    )


@receiver(file_shown, dispatch_uid="families-journal-for-staff")
def show_journal(
    household: Household, children: list[Child], scope: Scope, **_kwargs: Any
) -> FilePart:
    """Show what happened to the household, its adults and children: one query.

    What happened to a household names its other children: a clerk of some schools
    reads what happened to their pupils.
    """
    adults = [each.person for each in household.adults]  # type: ignore[attr-defined] # Read along with the file.
    whole = [household, *adults] if scope.schools is None else []
    found = journal_of(
        [*whole, *children],
        most=MOST + 1,
        at_counter_for=household.public_id if whole else None,
    )
    lines = tuple(map(_told, found[:MOST]))
    return FilePart(
        position=90,
        sections=(
            FileSection(
                key="journal",
                title=_("History"),
                lines=lines,
                empty=_("Nothing happened yet."),
                more=_more(len(found)),
            ),
        ),
    )


def _told(entry: Entry) -> Line:
    said = (
        date_format(timezone.localtime(entry.at), "DATETIME_FORMAT"),
        str(entry.actor or ""),
        _("at the counter") if entry.capacity == "counter" else "",
        entry.reason,
    )
    return Line(
        f"{entry.action_label}: {entry.label}", meta=" · ".join(filter(None, said))
    )


def _more(count: int) -> str:
    if count <= MOST:
        return ""
    return _("Older ones are left out.")
