"""What each rule of the retention table finds, counts and removes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import Count, Min, Q

from families.domain.retention import BY_KEY, Rule
from families.enums import FileRequestStatus, ProofStatus
from families.models import (
    Document,
    ErasureRequest,
    FileRequest,
    FileRequestMember,
    Household,
    ImportFile,
    Proof,
    RetentionPeriod,
    SignUpLink,
)
from families.services.privacy.erasing import erase_households, remove_files
from families.signals import households_in_use_asked
from foundation.accounts.models import Account
from foundation.idempotency.models import CompletedForm
from foundation.journal.models import Reading
from foundation.post.models import OutgoingMail

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
    """Find who asked to go, and who was not heard of; never who still owes."""
    in_use = Q(pk__in=[])
    for since in (limit, now):
        answers = households_in_use_asked.send(sender=Household, since=since, now=now)
        asked = Q(pk__in=[])
        for _receiver, querysets in answers:
            for each in querysets or ():
                asked |= Q(pk__in=each)
        silent = Q(pk__in=_asked()) if since == now else ~Q(pk__in=_asked())
        in_use |= silent & asked
    heard = Household.objects.filter(
        Q(guardians__person__account__last_login__gte=limit)
        | Q(change_requests__submitted_at__gte=limit)
        | Q(proofs__submitted_at__gte=limit)
        | Q(counter_visits__started_at__gte=limit)
    )
    old = Q(created_at__lt=limit) & ~Q(pk__in=heard.values("pk"))
    found = Household.objects.current().filter(Q(pk__in=_asked()) | old)
    return found.exclude(in_use)


def _asked() -> Rows:
    return ErasureRequest.objects.filter(erased_at=None).values("household")


def _erase(rows: Rows, _limit: datetime, act: Act) -> object:
    return erase_households(
        households=list(rows.values_list("pk", flat=True)),
        actor=act.actor,
        reason=act.reason,
        now=act.now,
    )


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


FINDERS = {
    "families": Finder(_families, "created_at", _erase),
    "proofs": Finder(_proofs, "submitted_at", _remove_proofs),
    "file_requests": Finder(_file_requests, "decided_at", _remove_requests),
    "sign_up_links": Finder(
        _before(SignUpLink, "valid_until"), "valid_until", _plainly
    ),
    "messages": Finder(_before(OutgoingMail, "sent_at"), "sent_at", _plainly),
    "forms": Finder(_before(CompletedForm, "created_at"), "created_at", _plainly),
    "readings": Finder(_before(Reading, "at"), "at", _remove_readings),
    "import_files": Finder(
        _before(ImportFile, "created_at"),
        "created_at",
        lambda rows, _limit, _act: remove_with_files(rows, "file"),
    ),
}


def periods() -> dict[str, int]:
    """Return the town's period for each rule, one query; the law's limits hold."""
    chosen = dict(RetentionPeriod.objects.values_list("rule", "number"))
    return {
        key: chosen[key] if key in chosen and rule.allows(chosen[key]) else rule.default
        for key, rule in BY_KEY.items()
    }


def found(rule: Rule, *, number: int, now: datetime) -> Rows:
    """Return the rows that a rule keeps no more."""
    return FINDERS[rule.key].find(rule.limit(number=number, now=now), now)


def counted(rows: Rows, rule: Rule) -> dict[str, Any]:
    """Return how many rows, and the oldest day: one query."""
    facts = rows.aggregate(count=Count("pk"), oldest=Min(FINDERS[rule.key].dated))
    oldest = facts["oldest"]
    return {
        "count": facts["count"],
        "oldest": oldest.date().isoformat() if oldest else "",
    }
