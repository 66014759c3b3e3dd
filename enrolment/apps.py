"""The promise: access requests, bookings, attendance."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from enrolment.domain.pack import SENTENCES
from enrolment.domain.privacy import TABLES
from foundation.journal.actions import name_actions
from foundation.privacy.registry import register
from tenants.domain.packs import add_section

ACTIONS = {
    "attendance recorded": _("Attendance recorded"),
    "birth written": _("Birth of the child written"),
    "booking cancelled": _("Booking cancelled"),
    "absence excused": _("Absence justified"),
    "absence explained": _("Reason of an absence sent"),
    "offer accepted": _("Place offered, accepted by the family"),
    "offer declined": _("Place offered, declined by the family"),
    "offer expired": _("Place offered, left without an answer"),
    "offer taken back": _("Place offered, taken back by the town"),
    "place offered": _("Place offered to a child on the waiting list"),
    "request put on list": _("Request put on the waiting list"),
    "request taken off list": _("Request taken off the waiting list"),
    "certificate printed": _("Certificate printed"),
    "document read": _("Document read"),
    "many requests decided": _("Many requests decided at once"),
    "late pick-up counted again": _("Late pick-up counted again after another one"),
    "late pick-up removed": _("Late pick-up taken back"),
    "late pick-up written": _("Late pick-up written"),
    "more asked": _("More asked from the family"),
    "tariff tried on the past": _("Tariff tried on a past period"),
    "order placed": _("Order placed"),
    "proof value read": _("Value of a proof read"),
    "request accepted": _("Request accepted"),
    "request accepted by silence": _("Request accepted by silence"),
    "request completed": _("Request completed"),
    "request opened": _("Request opened"),
    "request refused": _("Request refused"),
    "request refused by silence": _("Request refused by silence"),
    "request submitted": _("Request sent"),
    "request withdrawn": _("Request withdrawn"),
    "situation chosen": _("Situation chosen"),
}


class EnrolmentConfig(AppConfig):
    """Lives in every town's schema."""

    name = "enrolment"
    verbose_name = _("Enrolment")

    def ready(self) -> None:
        """Answer what other applications ask and tell."""
        from enrolment import receivers  # noqa: F401, PLC0415 - models load first.
        from enrolment.services.retention import FINDERS  # noqa: PLC0415 - as above.
        from families.services.privacy.rules import add_finders  # noqa: PLC0415 - as above.

        name_actions(ACTIONS)
        add_section(SENTENCES)
        register(TABLES)
        add_finders(FINDERS)
