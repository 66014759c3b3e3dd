"""Copy a service's season onto the next one, in one action that can be undone.

Dated units are made again from the calendar, with the places they had; courses go to
the same week of the matching holidays; registration periods and opening dates move by
whole weeks. Situations, proofs, prices and deadlines belong to the service: they stay.
What cannot be made says why. The preview is a real copy that is undone.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from catalog.models import RegistrationWindow, SeasonCopy, Service, Session
from catalog.services.season_parts import (
    OPENINGS,
    Season,
    SeasonReport,
    copy_service,
)
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record


class AlreadyUndoneError(DomainError):
    """Somebody has undone the copy meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This copy is undone already."))


class BookedMeanwhileError(DomainError):
    """A family has booked something of the new season."""

    def __init__(self) -> None:
        super().__init__(
            _("Families have booked in this season: it can no longer be undone.")
        )


def preview_season(*, service: Service, season: Season) -> SeasonReport:
    """Say what a copy would make, and make nothing. Raises NotALaterSeasonError."""
    with transaction.atomic():
        report = copy_service(service, season)
        transaction.set_rollback(True)
    return report


@transaction.atomic
def copy_season(
    *, service: Service, season: Season, actor: Account, now: datetime
) -> SeasonReport:
    """Copy a season of a service. Raises NotALaterSeasonError.

    Doing it again makes what misses only: what is there stays.
    """
    locked = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    before = {key: getattr(locked, key) for key in OPENINGS}
    report = copy_service(locked, season)
    copied = SeasonCopy.objects.create(
        service=locked,
        season=season.new.name,
        made_by=actor,
        made_at=now,
        made=_made(report, before),
    )
    record(
        actor=actor,
        action="season copied",
        target=locked,
        new={
            "season": season.new.name,
            "sessions": len(copied.made["sessions"]),
            "windows": len(copied.made["windows"]),
        },
    )
    return report


@transaction.atomic
def undo_season(*, copied: SeasonCopy, actor: Account, now: datetime) -> None:
    """Take back what a copy made, as long as nothing of it is booked.

    Raises AlreadyUndoneError and BookedMeanwhileError.
    """
    locked = SeasonCopy.objects.select_for_update(of=("self",)).get(pk=copied.pk)
    if locked.undone_at is not None:
        raise AlreadyUndoneError
    sessions = Session.objects.filter(public_id__in=locked.made["sessions"])
    try:
        with transaction.atomic():
            sessions.delete()
    except ProtectedError as error:
        raise BookedMeanwhileError from error
    RegistrationWindow.objects.filter(public_id__in=locked.made["windows"]).delete()
    _put_openings_back(locked)
    locked.undone_at = now
    locked.save(update_fields=["undone_at"])
    record(
        actor=actor,
        action="season copy undone",
        target=locked.service,
        old={"season": locked.season, "sessions": len(locked.made["sessions"])},
    )


def _made(
    report: SeasonReport, before: dict[str, datetime | None]
) -> dict[str, object]:
    return {
        "sessions": [
            str(s.public_id) for each in report.activities for s in each.sessions
        ],
        "windows": [
            str(w.public_id) for each in report.activities for w in each.windows
        ],
        "openings": {
            key: [before[key] and before[key].isoformat(), after.isoformat()]  # type: ignore[union-attr] # Checked just before.
            for key, after in report.openings.items()
        },
    }


def _put_openings_back(copied: SeasonCopy) -> None:
    """Put the opening dates back that nobody has changed since."""
    service = Service.objects.select_for_update(of=("self",)).get(pk=copied.service_id)
    for key, (old, new) in copied.made["openings"].items():
        if getattr(service, key) == datetime.fromisoformat(new):
            setattr(service, key, old and datetime.fromisoformat(old))
    service.save(update_fields=list(OPENINGS))
