"""What each rule of the retention table finds, counts and removes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import Count, Min, Q

from families.domain.retention import Rule, rules_in
from families.enums import FileRequestStatus, ProofStatus
from families.models import (
    Document,
    FileRequest,
    FileRequestMember,
    Household,
    ImportFile,
    Proof,
    RetentionPeriod,
    SignUpLink,
    TermsAcceptance,
)
from families.services.privacy.erasing import erase_households, remove_files
from families.services.privacy.people import erase_people, people_alone, unconfirmed
from families.services.privacy.seasons import sheets_over
from families.signals import households_in_use_asked
from foundation.accounts.models import Account
from foundation.idempotency.models import CompletedForm
from foundation.journal.models import Entry, Reading
from foundation.post.models import OutgoingMail
from tenants.queries import current_town

Rows = models.QuerySet[Any]
_OVER = (ProofStatus.REFUSED, ProofStatus.REPLACED, ProofStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Act:
    """Who erases, why and when."""

    actor: Account | None
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Finder:
    """How a rule finds rows before a moment, and what dates them."""

    find: Callable[[datetime, datetime], Rows]
    dated: str
    remove: Callable[[Rows, datetime, Act], object]


def _families(limit: datetime, now: datetime) -> Rows:
    """Find who was not heard of; never who still owes or waits."""
    in_use = in_use_since(limit, now=now)
    heard = Household.objects.filter(
        Q(guardians__person__account__last_login__gte=limit)
        | Q(change_requests__submitted_at__gte=limit)
        | Q(proofs__submitted_at__gte=limit)
        | Q(counter_visits__started_at__gte=limit)
        | Q(erasure_requests__asked_at__gte=limit)
    )
    found = Household.objects.current().filter(created_at__lt=limit)
    return found.exclude(pk__in=heard.values("pk")).exclude(in_use)


def in_use_since(since: datetime, *, now: datetime) -> Q:
    """Return the households that did something since then, or have something open."""
    answers = households_in_use_asked.send(sender=Household, since=since, now=now)
    in_use = Q(pk__in=[])
    for _receiver, querysets in answers:
        for each in querysets or ():
            in_use |= Q(pk__in=each)
    return in_use


def _erase(rows: Rows, _limit: datetime, act: Act) -> object:
    return erase_households(
        households=list(rows.values_list("pk", flat=True)),
        actor=act.actor,
        now=act.now,
    )


def _erase_people(rows: Rows, _limit: datetime, act: Act) -> object:
    return erase_people(accounts=rows, now=act.now)


def _proofs(limit: datetime, _now: datetime) -> Rows:
    return Proof.objects.filter(
        status__in=_OVER,
        submitted_at__lt=limit,
        residencerecord=None,
        quotientrecord=None,
        requests=None,
    ).exclude(reviewed_at__gte=limit)


def _remove_proofs(rows: Rows, _limit: datetime, _act: Act) -> object:
    keys = list(rows.values_list("pk", flat=True))
    remove_with_files(Document.objects.filter(proof__in=keys), "file")
    return Proof.objects.filter(pk__in=keys).delete()


def _proofs_over(limit: datetime, _now: datetime) -> Rows:
    """Find accepted proofs that ended, and still hold a paper or a text."""
    over = Proof.objects.filter(
        status=ProofStatus.ACCEPTED,
        valid_until__lt=limit.date(),
    )
    papers = Document.objects.values("proof")
    return over.filter(Q(pk__in=papers) | Q(value__isnull=False))


def _remove_papers(rows: Rows, _limit: datetime, _act: Act) -> object:
    """Remove papers and texts; that the proof was seen, and until when, stays."""
    keys = list(rows.values_list("pk", flat=True))
    remove_with_files(Document.objects.filter(proof__in=keys), "file")
    return Proof.objects.filter(pk__in=keys).update(value=None)


def _file_requests(limit: datetime, _now: datetime) -> Rows:
    return FileRequest.objects.exclude(status=FileRequestStatus.SUBMITTED).filter(
        decided_at__lt=limit
    )


def _remove_requests(rows: Rows, _limit: datetime, _act: Act) -> object:
    FileRequestMember.objects.filter(request__in=rows.values("pk")).delete()
    return rows.delete()


def _remove_readings(_rows: Rows, limit: datetime, _act: Act) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(
            "SELECT preau_forget_readings(%s, %s)",
            [connection.schema_name, limit],  # type: ignore[attr-defined] # django-tenants.
        )


def _old_words(limit: datetime, _now: datetime) -> Rows:
    return Entry.objects.filter(at__lt=limit).exclude(
        label="", old={}, new={}, reason=""
    )


def _forget_old_words(_rows: Rows, limit: datetime, _act: Act) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(
            "SELECT preau_forget_old_words(%s, %s)",
            [connection.schema_name, limit],  # type: ignore[attr-defined] # django-tenants.
        )


def _plainly(rows: Rows, _limit: datetime, _act: Act) -> object:
    return rows.delete()


def remove_with_files(rows: Rows, name: str) -> None:
    """Remove rows, and their files after the transaction."""
    storage = rows.model._meta.get_field(name).storage  # noqa: SLF001 - _meta is public in practice.
    remove_files(storage, list(filter(None, rows.values_list(name, flat=True))))
    rows.delete()


def _before(model: type[models.Model], field: str) -> Callable[..., Rows]:
    return lambda limit, _now: model._base_manager.filter(  # noqa: SLF001 - every row.
        **{f"{field}__lt": limit}
    )


#: Other applications add theirs when Django starts.
FINDERS = {
    "families": Finder(_families, "created_at", _erase),
    "people": Finder(people_alone, "date_joined", _erase_people),
    "accounts": Finder(unconfirmed, "date_joined", _erase_people),
    "health": Finder(sheets_over, "updated_at", _plainly),
    "proofs": Finder(_proofs, "submitted_at", _remove_proofs),
    "proofs_over": Finder(_proofs_over, "valid_until", _remove_papers),
    "file_requests": Finder(_file_requests, "decided_at", _remove_requests),
    "sign_up_links": Finder(
        _before(SignUpLink, "valid_until"), "valid_until", _plainly
    ),
    "messages": Finder(_before(OutgoingMail, "sent_at"), "sent_at", _plainly),
    "forms": Finder(_before(CompletedForm, "created_at"), "created_at", _plainly),
    "terms_addresses": Finder(
        lambda limit, _now: TermsAcceptance.objects.filter(
            accepted_at__lt=limit, address__isnull=False
        ),
        "accepted_at",
        lambda rows, _limit, _act: rows.update(address=None),
    ),
    "readings": Finder(_before(Reading, "at"), "at", _remove_readings),
    "journal": Finder(_old_words, "at", _forget_old_words),
    "import_files": Finder(
        _before(ImportFile, "created_at"),
        "created_at",
        lambda rows, _limit, _act: remove_with_files(rows, "file"),
    ),
}


def add_finders(finders: Mapping[str, Finder]) -> None:
    """Let an application find and remove what its own tables keep too long."""
    FINDERS.update(finders)


def town_country() -> str:
    """Return the country whose law applies to the town: "FR" or "CA"."""
    return "CA" if current_town().locale == "fr-ca" else "FR"


def our_rules() -> tuple[Rule, ...]:
    """Return the table of the town's country."""
    return rules_in(town_country())


def periods() -> dict[str, int]:
    """Return the town's period for each rule, one query; the law's limits hold."""
    return {key: number for key, (number, _automatic) in choices().items()}


def choices() -> dict[str, tuple[int, bool]]:
    """Return each rule's period, and whether the monthly job erases: one query."""
    chosen = {each.rule: each for each in RetentionPeriod.objects.all()}
    ours: dict[str, tuple[int, bool]] = {}
    for rule in our_rules():
        own = chosen.get(rule.key)
        number = own.number if own and rule.allows(own.number) else rule.default
        ours[rule.key] = (number, bool(own and own.is_automatic))
    return ours


def found(rule: Rule, *, number: int, now: datetime) -> Rows:
    """Return the rows that a rule keeps no more."""
    return FINDERS[rule.key].find(rule.limit(number=number, now=now), now)


def counted(rows: Rows, rule: Rule) -> dict[str, Any]:
    """Return how many rows, and the oldest day: one query."""
    facts = rows.aggregate(count=Count("pk"), oldest=Min(FINDERS[rule.key].dated))
    oldest = facts["oldest"]
    day = oldest.date() if isinstance(oldest, datetime) else oldest
    return {"count": facts["count"], "oldest": day.isoformat() if day else ""}
