"""The clerks' queue: what is due first on top, filtered, counted, walked through.

What no law times comes last, the oldest first. A request keeps its place whatever the
page, so that the next one is found without listing the others.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from enrolment.enums import RequestStatus
from enrolment.models import AccessRequest, RequestedProof
from families.enums import ProofStatus
from tenants.domain.scope import Scope

#: A clock this near its end is shown as urgent.
NEAR_DAYS = 14
_READ_ALONG = (
    "household",
    "decided_by",
    "child__school",
    "service__commune",
    "service__department",
    "situation",
)
_OPEN_PROOF = RequestedProof.objects.filter(
    request=OuterRef("pk"), proof__status=ProofStatus.SUBMITTED
)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a clerk looks at; an empty value filters nothing.

    `service`, `school` and `proof` are codes; `days` is the age of a request at least;
    `due` is "late" or "near".
    """

    statuses: tuple[str, ...] = (RequestStatus.SUBMITTED,)
    service: str = ""
    school: str = ""
    proof: str = ""
    due: str = ""
    days: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many requests each choice of each filter would show, the others kept."""

    statuses: Mapping[str, int]
    services: Mapping[str, int]
    schools: Mapping[str, int]
    proofs: Mapping[str, int]
    dues: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Around:
    """A rank from 1 of a total, and the public identifiers of the neighbours.

    Behind the last one comes the first; the only one has no neighbour.
    """

    rank: int
    total: int
    previous: UUID | None
    following: UUID | None


def review_queue(
    chosen: QueueFilter, *, scope: Scope, now: datetime, today: date
) -> QuerySet[AccessRequest]:
    """Return the requests staff look at; drafts are nobody's business."""
    return (
        _filtered(chosen, scope, now, today)
        .select_related(*_READ_ALONG)
        .order_by(F("answer_due_on").asc(nulls_last=True), "submitted_at", "id")
    )


def counts_of(
    chosen: QueueFilter, *, scope: Scope, now: datetime, today: date
) -> QueueCounts:
    """Count what each choice would show, in two queries.

    The first counts requests that differ in what is filtered, whatever is chosen:
    few kinds, of which each filter keeps its own.
    """
    kinds = _kinds(chosen, scope, now, today)
    others = replace(chosen, proof="")
    return QueueCounts(
        statuses=_sums(kinds, chosen, "status"),
        services=_sums(kinds, chosen, "service"),
        schools=_sums(kinds, chosen, "school"),
        proofs=_count_proofs(_filtered(others, scope, now, today)),
        dues={"late": 0, "near": 0} | _sums(kinds, chosen, "due"),
    )


def after(
    request: AccessRequest, queue: QuerySet[AccessRequest]
) -> AccessRequest | None:
    """Return the request that follows, else the first of the queue, never itself."""
    others = queue.exclude(pk=request.pk)
    return others.filter(_behind(request)).first() or others.first()


def around(request: AccessRequest, queue: QuerySet[AccessRequest]) -> Around:
    """Return where a request stands and whom it stands between, in two statements."""
    rank, total = place_in(request, queue)
    others = queue.exclude(pk=request.pk).values("public_id")
    behind = _behind(request)
    found = (
        AccessRequest.objects.filter(pk=request.pk)
        .values_list(
            Subquery(others.exclude(behind).reverse()[:1]),
            Coalesce(Subquery(others.filter(behind)[:1]), Subquery(others[:1])),
        )
        .get()
    )
    return Around(rank, total, *found)


def place_in(request: AccessRequest, queue: QuerySet[AccessRequest]) -> tuple[int, int]:
    """Return the rank of a request in the queue, from 1, and how many there are."""
    found = queue.order_by().aggregate(
        total=Count("pk"), behind=Count("pk", filter=_behind(request))
    )
    return found["total"] - found["behind"], found["total"]


def find_next_waiting(request: AccessRequest, *, scope: Scope) -> AccessRequest | None:
    """Return the request most to be answered, but this one."""
    waiting = AccessRequest.objects.waiting().in_scope(scope).exclude(pk=request.pk)
    return waiting.order_by(
        F("answer_due_on").asc(nulls_last=True), "submitted_at", "id"
    ).first()


def chosen_requests(
    public_ids: Sequence[str], *, scope: Scope
) -> QuerySet[AccessRequest]:
    """Return requests named by their identifiers, those out of scope left out."""
    return (
        AccessRequest.objects.in_scope(scope)
        .exclude(submitted_at=None)
        .filter(public_id__in=public_ids)
        .select_related(*_READ_ALONG)
        .order_by("pk")
    )


def _filtered(
    chosen: QueueFilter, scope: Scope, now: datetime, today: date
) -> QuerySet[AccessRequest]:
    found = AccessRequest.objects.in_scope(scope).exclude(submitted_at=None)
    exact = {
        "status__in": chosen.statuses,
        "service__code": chosen.service,
        "child__school__code": chosen.school,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if chosen.days:
        found = found.filter(submitted_at__lte=now - timedelta(days=chosen.days))
    if chosen.proof:
        asked = _OPEN_PROOF.filter(proof__proof_type__code=chosen.proof)
        found = found.filter(Exists(asked))
    if chosen.due:
        found = found.filter(_late(today) if chosen.due == "late" else _near(today))
    for word in chosen.text.split():
        found = found.filter(_has_word(word))
    return found


def _has_word(word: str) -> Q:
    return (
        Q(tracking_number__icontains=word)
        | Q(household__file_number__icontains=word)
        | Q(child__first_name__icontains=word)
        | Q(child__last_name__icontains=word)
    )


def _late(today: date) -> Q:
    return Q(answer_due_on__lt=today, clock_stopped_on=None)


def _near(today: date) -> Q:
    last = today + timedelta(days=NEAR_DAYS)
    return Q(answer_due_on__range=(today, last), clock_stopped_on=None)


def _behind(request: AccessRequest) -> Q:
    """Say who comes after a request: the order of the queue, as a condition."""
    later = Q(submitted_at__gt=request.submitted_at) | Q(
        submitted_at=request.submitted_at, pk__gt=request.pk
    )
    due = request.answer_due_on
    if due is None:
        return Q(answer_due_on=None) & later
    return (
        Q(answer_due_on=None) | Q(answer_due_on__gt=due) | Q(answer_due_on=due) & later
    )


def _kinds(
    chosen: QueueFilter, scope: Scope, now: datetime, today: date
) -> list[dict[str, Any]]:
    """Count the requests of any status, by each thing that is filtered."""
    anything = QueueFilter(
        statuses=tuple(RequestStatus.values), days=chosen.days, text=chosen.text
    )
    has_proof = Exists(_OPEN_PROOF.filter(proof__proof_type__code=chosen.proof))
    rows = _filtered(anything, scope, now, today).annotate(
        due=Case(
            When(_late(today), then=Value("late")),
            When(_near(today), then=Value("near")),
            output_field=CharField(),
        ),
        **({"proof": has_proof} if chosen.proof else {}),
    )
    names = ["status", "due", *(["proof"] if chosen.proof else [])]
    codes = {"service": F("service__code"), "school": F("child__school__code")}
    return list(
        rows.order_by()
        .values(*names, **{f"{name}_code": code for name, code in codes.items()})
        .annotate(count=Count("pk"))
    )


def _sums(kinds: list[dict[str, Any]], chosen: QueueFilter, by: str) -> dict[str, int]:
    """Add up the kinds that the other filters keep, by one of them."""
    column = f"{by}_code" if by in {"service", "school"} else by
    sums: Counter[str] = Counter()
    for kind in kinds:
        kept = {
            "status": kind["status"] in chosen.statuses,
            "service": chosen.service in {"", kind["service_code"]},
            "school": chosen.school in {"", kind["school_code"]},
            "due": chosen.due in {"", kind["due"]},
            "proof": kind.get("proof", True),
        }
        if kind[column] is not None and all(kept[name] for name in kept if name != by):
            sums[kind[column]] += kind["count"]
    return dict(sums)


def _count_proofs(found: QuerySet[AccessRequest]) -> dict[str, int]:
    """Count requests by the types of their proofs that wait for a clerk."""
    rows = (
        RequestedProof.objects.filter(
            proof__status=ProofStatus.SUBMITTED, request__in=found.order_by()
        )
        .values_list("proof__proof_type__code")
        .annotate(count=Count("request", distinct=True))
        .order_by()
    )
    return dict(rows)
