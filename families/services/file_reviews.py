"""The yearly review of a family's file: what it shows, and who said it is right."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from families.domain.editable import Editable
from families.domain.reviews import Season, season_on
from families.models import (
    Child,
    Contact,
    FileReview,
    FileRules,
    Guardian,
    Household,
    ProposedValue,
)
from families.queries import children_of
from families.queries.changes import file_rules, waiting_values_of
from families.services.change_lines import change_line, shown
from families.services.editables import PARTS
from families.services.editables.parts import plain
from families.services.owners import Target
from foundation.accounts.models import Account
from foundation.journal.services import record


@dataclass(frozen=True, slots=True)
class FileSection:
    """One subject of the review: rows for `ui/summary_list.html`, and its form."""

    title: str
    rows: Sequence[dict[str, object]]
    href: str = ""


def open_season(*, today: date, rules: FileRules | None = None) -> Season | None:
    """Return the review that the town asks for now, or None."""
    rules = rules or file_rules()
    return season_on(today, month=rules.review_month, day=rules.review_day)


@transaction.atomic
def certify_file(
    *, household: Household, actor: Account, now: datetime, today: date
) -> FileReview:
    """Keep that an adult says the file is right.

    A town without a yearly review keeps it under the year of the day.
    """
    season = open_season(today=today)
    review = FileReview.objects.create(
        household=household,
        by=actor,
        at=now,
        season=season.year if season else today.year,
    )
    record(
        actor=actor,
        action="file certified",
        target=household,
        new={"season": review.season},
    )
    return review


def file_sections(household: Household) -> list[FileSection]:
    """Return what the family reads again: what is on file, and what waits."""
    waiting = list(waiting_values_of(household))
    guardians = household.guardians.select_related("person").order_by("role", "id")
    called: dict[int, list[str]] = defaultdict(list)
    # Those whom the other household of a child names are reviewed there.
    for each in Contact.objects.kept().filter(household=household, is_emergency=True):
        called[each.child_id].append(f"{each.name} ({each.relation}), {each.phone}")
    return [
        _household_section(household, waiting),
        *(_adult_section(each, waiting) for each in guardians),
        *(
            _child_section(each, waiting, called[each.pk])
            for each in children_of(household)
        ),
    ]


def _household_section(
    household: Household, waiting: Sequence[ProposedValue]
) -> FileSection:
    number: dict[str, object] = {
        "key": _("File number"),
        "value": household.file_number,
    }
    return FileSection(
        title=_("Address"),
        rows=[number, *_rows(Editable.ADDRESS, household, waiting)],
        href=reverse("families:address"),
    )


def _adult_section(guardian: Guardian, waiting: Sequence[ProposedValue]) -> FileSection:
    person = guardian.person
    rows: list[dict[str, object]] = [
        {"key": _("Place in the household"), "value": guardian.get_role_display()},
        {"key": _("E-mail address"), "value": person.email},
        *_rows(Editable.PHONE, person, waiting),
    ]
    return FileSection(str(person), rows, reverse("families:address"))


def _child_section(
    child: Child, waiting: Sequence[ProposedValue], called: Sequence[str]
) -> FileSection:
    rows: list[dict[str, object]] = [
        *_rows(Editable.IDENTITY, child, waiting),
        *_rows(Editable.SCHOOL, child, waiting),
        {
            "key": _("To call in an emergency"),
            "value": "; ".join(called) or _("Nobody named yet."),
        },
    ]
    return FileSection(
        str(child), rows, reverse("families:child", args=[child.public_id])
    )


def _rows(
    key: Editable, target: Target, waiting: Sequence[ProposedValue]
) -> list[dict[str, object]]:
    part = PARTS[key]
    present = plain(part.present(target))
    pending = {
        value.field: change_line(value).new
        for value in waiting
        if value.part == key and value.target == target
    }
    return [
        {
            "key": field.label,
            "value": shown(part, field.name, present[field.name]),
            "pending": pending.get(field.name, ""),
        }
        for field in part.fields
    ]
