"""Certificates that a family prints: registered in a service, present on these days.

They say what is written on the day they are made. Attendance counts the days that
staff recorded as present, and no other.
"""

from collections import Counter
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from enrolment.enums import Attendance, BookingStatus
from enrolment.gateways.documents import CertificateDocument, render_certificate
from enrolment.models import Access, Booking
from enrolment.models.bookings import BookingQuerySet
from families.domain.vault import Paper, VaultKind
from families.models import Household
from families.queries import adults_of
from families.services.claim_papers import addressee_of
from families.services.letterhead import letterhead, paper
from families.services.words import day_words, month_words, town_language, town_time
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.periods import ONE_DAY
from tenants.townhall.queries import town_settings


def certificates_of(household: Household) -> list[Paper]:
    """Return the certificates a household may print: one query."""
    attended = _attended().filter(
        household=OuterRef("household"),
        child=OuterRef("child"),
        session__activity__service=OuterRef("service"),
    )
    accesses = (
        Access.objects.filter(household=household, child__is_expected=False)
        .select_related("child", "service")
        .annotate(has_attended=Exists(attended))
        .order_by("-from_on")
    )
    found: list[Paper] = []
    for each in accesses:
        found.append(_offer(each, "certificate-registration", _("Registration")))
        if each.has_attended:  # type: ignore[attr-defined] # Annotated above.
            found.append(_offer(each, "certificate-attendance", _("Attendance")))
    return found


def registration_certificate(access: Access, *, actor: Account, now: datetime) -> bytes:
    """Return the PDF that says in what a child is registered, and when."""
    with town_language() as lang:
        document = _document(access, _("Registration certificate"), lang=lang, now=now)
        document["opening"] = [
            _("%(town)s certifies that this child is registered:") % _town()
        ]
    return _print(access, document, "registration", actor)


def attendance_certificate(access: Access, *, actor: Account, now: datetime) -> bytes:
    """Return the PDF that counts the days a child came, month by month."""
    with town_language() as lang:
        document = _document(access, _("Attendance certificate"), lang=lang, now=now)
        document["opening"] = [
            _("%(town)s certifies that this child came on these days:") % _town()
        ]
        document["columns"] = [_("Month"), _("Activity"), _("Days present")]
        document["rows"] = _rows(access, today=town_time(now).date())
    return _print(access, document, "attendance", actor)


def _attended() -> BookingQuerySet:
    return Booking.objects.filter(
        status=BookingStatus.BOOKED, attendance=Attendance.PRESENT
    )


def _offer(access: Access, page: str, word: str) -> Paper:
    return Paper(
        kind=VaultKind.CERTIFICATE,
        title=f"{word} – {access.service}, {access.child.called}",  # noqa: RUF001 - a dash.
        href=reverse(f"enrolment:{page}", args=[access.public_id]),
        at=access.created_at,
        meta=_from_to(access),
    )


def _from_to(access: Access) -> str:
    if access.until_on is None:
        return _("from %(day)s") % {"day": day_words(access.from_on)}
    last = day_words(access.until_on - ONE_DAY)
    return _("%(first)s to %(last)s") % {
        "first": day_words(access.from_on),
        "last": last,
    }


def _town() -> dict[str, str]:
    return {"town": town_settings().name}


def _document(
    access: Access, title: str, *, lang: str, now: datetime
) -> CertificateDocument:
    household, child = access.household, access.child
    today = town_time(now).date()
    return {
        "title": title,
        "lang": lang.split("-", maxsplit=1)[0],
        "paper": paper(),
        "date": today.isoformat(),
        "town": letterhead(),
        "labels": {
            "page": _("Page {page} of {pages}"),
            "household_number": _("File number"),
            "addressee": _("For"),
        },
        "legal": [_("Made from the family space. The town keeps what it is based on.")],
        "household_number": household.file_number,
        "addressee": addressee_of(household, list(adults_of(household))),
        "opening": [],
        "facts": [
            [_("Child"), str(child)],
            [_("Born on"), day_words(child.birth_date)],
            [_("Service"), str(access.service)],
            [_("Registered"), _from_to(access)],
        ],
        "columns": [],
        "rows": [],
        "closing": [_("Made for whatever use is needed.")],
        "place_and_day": f"{town_settings().name}, {day_words(today)}",
    }


def _rows(access: Access, *, today: date) -> list[list[str]]:
    """Return month, activity and number of days, the oldest month first."""
    attended = _attended().filter(
        household=access.household,
        child=access.child,
        session__activity__service=access.service,
    )
    days = attended.starting_between(
        access.from_on, min(access.until_on or date.max, today + ONE_DAY)
    ).values_list("session__starts_on", "session__activity__name")
    counts = Counter((day.replace(day=1), name) for day, name in days)
    return [
        [
            month_words(month),
            name,
            ngettext("%(count)s day", "%(count)s days", count) % {"count": count},
        ]
        for (month, name), count in sorted(counts.items())
    ]


def _print(
    access: Access, document: CertificateDocument, what: str, actor: Account
) -> bytes:
    content = render_certificate(document)
    record(
        actor=actor,
        action="certificate printed",
        target=access,
        new={"certificate": what},
    )
    return content
