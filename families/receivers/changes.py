"""On the family's home: what waits for the town, and the yearly review to do."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from families.domain.home import Card, FileState, Line, Link, Panel, Task
from families.models import Household
from families.queries.changes import waiting_values_of
from families.services.change_lines import subject_of
from families.signals import home_shown


@receiver(home_shown, dispatch_uid="families-changes")
def show_changes(
    household: Household, state: FileState, **_kwargs: Any
) -> Panel | None:
    """Show what waits for the town; nothing, and no query, when nothing does."""
    if not state.waits:
        return None
    waiting = list(waiting_values_of(household))
    return Panel(
        position=65,
        cards=(
            Card(
                title=_("My changes"),
                icon="edit",
                lines=tuple(
                    Line(
                        subject_of(value),
                        meta=str(value.request),
                        status=_("Waiting"),
                        tone="pending",
                    )
                    for value in waiting[:5]
                ),
                links=(Link(_("All my changes"), reverse("families:changes")),),
            ),
        ),
    )


@receiver(home_shown, dispatch_uid="families-review")
def ask_for_review(today: date, state: FileState, **_kwargs: Any) -> Panel | None:
    """Ask, once a year, that the family reads its file again."""
    if not state.asks_review(on=today):
        return None
    return Panel(
        position=15,
        tasks=(
            Task(
                title=_("Check that your file is right"),
                href=reverse("families:review"),
                status=_("To do"),
                hint=_("Address, telephone, members of the family."),
            ),
        ),
    )
