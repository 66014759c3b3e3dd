"""The sections of a child's file in words, for the family's list of pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from families.domain.child_file import Completeness, Section
from families.models import Child
from families.queries.child_file import completeness_of_children

TITLES = {
    Section.IDENTITY: gettext_lazy("Identity, school and class"),
    Section.PHOTO: gettext_lazy("Photo"),
    Section.INSURANCE: gettext_lazy("Insurance"),
    Section.HEALTH: gettext_lazy("Health and meals"),
    Section.AUTHORISATIONS: gettext_lazy("Authorisations"),
    Section.CONTACTS: gettext_lazy("Who collects the child, whom to call"),
}
HINTS = {
    Section.PHOTO: gettext_lazy("So that staff know your child's face."),
    Section.INSURANCE: gettext_lazy("Company and policy number."),
    Section.HEALTH: gettext_lazy("Measures to take, doctor, kind of meals."),
    Section.AUTHORISATIONS: gettext_lazy("Photos, outings, leaving alone..."),
    Section.CONTACTS: gettext_lazy("At least one person besides you."),
}


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A line of the task list."""

    title: object
    href: str
    status: str
    tone: str
    hint: object = ""


def section_lines(child: Child, completeness: Completeness) -> list[SectionLine]:
    """Return the sections of a child's file with what remains to be done."""
    return [_line(child, section, completeness) for section in Section]


@dataclass(frozen=True, slots=True)
class ListedChild:
    """A child of the list; `words` is empty for a file that is not shown."""

    child: Child
    words: str
    tone: str


def children_with_standing(
    children: Sequence[Child], *, today: date
) -> list[ListedChild]:
    """Return children with how complete their files are: one query for all."""
    complete = completeness_of_children(children, today=today)
    return [
        ListedChild(
            child,
            completeness_in_words(complete[child.pk]) if _is_seen(child) else "",
            "success" if complete[child.pk].is_complete else "warning",
        )
        for child in children
    ]


def completeness_in_words(completeness: Completeness) -> str:
    """Say how much of a file is missing."""
    count = len(completeness.missing)
    if not count:
        return _("File complete")
    return ngettext(
        "%(count)s section to fill in", "%(count)s sections to fill in", count
    ) % {"count": count}


def _is_seen(child: Child) -> bool:
    # `Child.objects.of` says it of each child.
    return bool(getattr(child, "sees_file", True))


def _line(child: Child, section: Section, completeness: Completeness) -> SectionLine:
    status, tone = _("To fill in"), "warning"
    if section in completeness.filled:
        status, tone = _("Filled in"), "success"
    elif section not in completeness.missing:
        status, tone = _("If you wish"), "neutral"
    return SectionLine(
        title=TITLES[section],
        href=reverse(f"families:child-{section}", args=[child.public_id]),
        status=status,
        tone=tone,
        hint=HINTS.get(section, ""),
    )
