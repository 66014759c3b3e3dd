"""Reads of the child's file: what is filled in, what staff see of it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from families.domain.child_file import Completeness, Facts, completeness_of
from families.enums import Aid, HealthMeasure
from families.models import (
    Authorisation,
    AuthorisationKind,
    Child,
    ChildPhoto,
    Contact,
    HealthSheet,
)


def completeness_of_children(
    children: Sequence[Child], *, today: date
) -> dict[int, Completeness]:
    """Return which sections of each child's file are filled in: one query."""
    ids = [child.pk for child in children]
    if not ids:
        return {}
    return {
        child.pk: completeness_of(_facts_of(child), today=today)
        for child in _with_facts(today).filter(pk__in=ids)
    }


def _with_facts(today: date) -> QuerySet[Any]:
    answers = Authorisation.objects.filter(
        child=OuterRef(OuterRef("pk")), kind=OuterRef("pk")
    )
    questions = AuthorisationKind.objects.filter(~Exists(answers), is_asked=True)
    return Child.objects.annotate(
        has_sheet=Exists(HealthSheet.objects.filter(child=OuterRef("pk"))),
        has_picture=Exists(ChildPhoto.objects.filter(child=OuterRef("pk"))),
        has_people=Exists(Contact.objects.on(today).filter(child=OuterRef("pk"))),
        has_question=Exists(questions),
    )


def _facts_of(child: Any) -> Facts:
    return Facts(
        has_school=bool(child.school_id or child.other_school),
        has_class=bool(child.school_class),
        has_photo=child.has_picture,
        has_insurance=bool(child.insurance_company and child.insurance_policy),
        insured_until=child.insurance_until,
        has_health_sheet=child.has_sheet,
        is_answered=not child.has_question,
        has_contacts=child.has_people,
    )


@dataclass(slots=True)
class Care:
    """What those who look after a child need at hand, on one day.

    `health` is None for staff who may not read it; `has_health` still says that there
    is something to ask about.
    """

    has_health: bool = False
    health: HealthSheet | None = None
    collectors: list[Contact] = field(default_factory=list)
    emergencies: list[Contact] = field(default_factory=list)
    answers: list[Authorisation] = field(default_factory=list)
    has_photo: bool = False

    @property
    def measures(self) -> list[str]:
        """The measures of the health sheet, in words."""
        return _in_words(self.health.measures if self.health else "", HealthMeasure)

    @property
    def aids(self) -> list[str]:
        """Glasses and appliances, in words."""
        return _in_words(self.health.aids if self.health else "", Aid)


def cares_of(
    child_ids: Collection[int], *, today: date, with_health: bool
) -> dict[int, Care]:
    """Return what is needed at hand of many children: four queries.

    Without `with_health` no health value is even read from the database. Photos
    follow the children: one more query.
    """
    cares: dict[int, Care] = defaultdict(Care)
    _add_health(cares, child_ids, is_shown=with_health)
    for contact in Contact.objects.on(today).filter(child__in=child_ids):
        if contact.may_collect:
            cares[contact.child_id].collectors.append(contact)
        if contact.is_emergency:
            cares[contact.child_id].emergencies.append(contact)
    shown = Authorisation.objects.filter(
        child__in=child_ids, kind__is_on_day_list=True, kind__is_asked=True
    )
    for answer in shown.in_force().select_related("kind"):
        cares[answer.child_id].answers.append(answer)
    photos = ChildPhoto.objects.filter(child__in=child_ids)
    for child_id in photos.values_list("child_id", flat=True):
        cares[child_id].has_photo = True
    for care in cares.values():
        care.answers.sort(key=lambda answer: (answer.kind.position, answer.kind.name))
    return cares


def _add_health(
    cares: dict[int, Care], child_ids: Collection[int], *, is_shown: bool
) -> None:
    telling = HealthSheet.objects.filter(child__in=child_ids).telling()
    if not is_shown:
        for child_id in telling.values_list("child_id", flat=True):
            cares[child_id].has_health = True
        return
    for sheet in telling:
        cares[sheet.child_id].has_health = True
        cares[sheet.child_id].health = sheet


def _in_words(codes: str | None, words: type[HealthMeasure] | type[Aid]) -> list[str]:
    labels = dict(words.choices)
    return [str(labels.get(code, code)) for code in (codes or "").split()]
