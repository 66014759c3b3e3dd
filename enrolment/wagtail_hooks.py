"""Enrolment in the back office: one entry of the menu for each of its screens."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext as _, gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from catalog.models import TariffVersion
from enrolment.models import ReadySentence
from enrolment.policies import may_record_attendance, may_review_requests
from enrolment.queries.absences import waiting_absences
from enrolment.queries.requests import count_waiting
from enrolment.views import (
    replays,
    review,
    review_figures,
    review_queue,
    staff_absences,
    staff_day,
    waiting_lists,
)
from foundation.accounts.models import Account
from foundation.backoffice.viewsets import JournalledViewSet
from foundation.backoffice.waiting import HOOK, WaitingWork
from tenants.townhall.queries import scope_of

REQUEST = "<uuid:public_id>/"
PROOF = f"{REQUEST}proofs/<uuid:proof_id>/"

review_urls = (
    [
        path("", review_queue.queue, name="queue"),
        path("figures/", review_figures.figures, name="figures"),
        path("figures/file/", review_figures.figures_file, name="figures-file"),
        path("bulk/", review_queue.bulk, name="bulk"),
        path("bulk/<uuid:public_id>/", review_queue.bulk_report, name="bulk-report"),
        path(REQUEST, review.review, name="review"),
        path(f"{REQUEST}accept/", review.accept, name="accept"),
        path(f"{REQUEST}more/", review.more, name="more"),
        path(f"{REQUEST}refuse/", review.refuse, name="refuse"),
        path(f"{PROOF}accept/", review.proof_accept, name="proof-accept"),
        path(f"{PROOF}refuse/", review.proof_refuse, name="proof-refuse"),
        path(
            f"{REQUEST}documents/<uuid:document_id>/",
            review.document,
            name="document",
        ),
    ],
    "enrolment_review",
)


day_urls = (
    [
        path("", staff_day.day, name="day"),
        path("<uuid:public_id>/", staff_day.attendance, name="attendance"),
        path("<uuid:public_id>/collected/", staff_day.collected, name="collected"),
    ],
    "enrolment_day",
)


ABSENCE = "<uuid:public_id>/"
absence_urls = (
    [
        path("", staff_absences.queue, name="queue"),
        path(ABSENCE, staff_absences.absence, name="absence"),
        path(f"{ABSENCE}accept/", staff_absences.accept, name="accept"),
        path(f"{ABSENCE}refuse/", staff_absences.refuse_absence, name="refuse"),
        path(
            f"{ABSENCE}documents/<uuid:document_id>/",
            staff_absences.document,
            name="document",
        ),
    ],
    "enrolment_absences",
)


@hooks.register("register_admin_urls")
def register_absence_urls() -> Sequence[URLPattern | URLResolver]:
    """Put the reasons of absences under the back office."""
    return [path("absences/", include(absence_urls))]


@hooks.register(HOOK)
def absences_to_justify(request: HttpRequest) -> list[WaitingWork]:
    """Remind clerks of the reasons that wait."""
    account = request.user
    if not (isinstance(account, Account) and may_review_requests(account)):
        return []
    count = waiting_absences(scope_of(account)).count()
    href = reverse("enrolment_absences:queue")
    return [
        WaitingWork(gettext_lazy("absences to justify"), href, count=count, order=60)
    ]


class DayMenuItem(MenuItem):
    """The list of the day, for those who take attendance."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to clerks who keep the list."""
        account = request.user
        return isinstance(account, Account) and may_record_attendance(account)


class RequestsMenuItem(MenuItem):
    """The queue, with the number of requests that wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to clerks who review."""
        account = request.user
        return isinstance(account, Account) and may_review_requests(account)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Count at each page: the item itself is made once per process."""
        waiting = count_waiting(scope_of(request.user))  # type: ignore[arg-type] # Shown to clerks only.
        label = (
            _("Requests (%(count)s)") % {"count": waiting} if waiting else self.label
        )
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_urls")
def register_review_urls() -> Sequence[URLPattern | URLResolver]:
    """Put the queue and the review under the back office."""
    return [path("requests/", include(review_urls))]


waiting_urls = (
    [
        path("", waiting_lists.lists, name="lists"),
        path("<uuid:public_id>/", waiting_lists.one, name="one"),
        path("<uuid:public_id>/file/", waiting_lists.one_file, name="file"),
        path("places/<uuid:public_id>/", waiting_lists.place, name="place"),
        path("places/<uuid:public_id>/offer/", waiting_lists.offer, name="offer"),
        path(
            "places/<uuid:public_id>/take-back/",
            waiting_lists.take_back,
            name="take-back",
        ),
        path(
            "places/<uuid:public_id>/take-off/",
            waiting_lists.take_off,
            name="take-off",
        ),
    ],
    "enrolment_waiting",
)


@hooks.register("register_admin_urls")
def register_waiting_urls() -> Sequence[URLPattern | URLResolver]:
    """Put the waiting lists under the back office."""
    return [path("waiting-lists/", include(waiting_urls))]


class WaitingMenuItem(MenuItem):
    """The waiting lists, for those who review requests."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to clerks who review."""
        account = request.user
        return isinstance(account, Account) and may_review_requests(account)


@hooks.register("register_admin_menu_item")
def register_waiting_menu_item() -> Any:
    """Show the waiting lists after the requests."""
    return WaitingMenuItem(
        gettext_lazy("Waiting lists"),
        reverse_lazy("enrolment_waiting:lists"),
        name="waiting-lists",
        icon_name="list-ol",
        order=55,
    )


@hooks.register("register_admin_urls")
def register_day_urls() -> Sequence[URLPattern | URLResolver]:
    """Put the list of the day under the back office."""
    return [path("day/", include(day_urls))]


@hooks.register("register_admin_menu_item")
def register_day_menu_item() -> Any:
    """Show the list of the day after the requests."""
    return DayMenuItem(
        gettext_lazy("Day list"),
        reverse_lazy("enrolment_day:day"),
        name="day-list",
        icon_name="calendar-check",
        order=60,
    )


@hooks.register("register_admin_menu_item")
def register_requests_menu_item() -> Any:
    """Show the queue first in the menu."""
    return RequestsMenuItem(
        gettext_lazy("Requests"),
        reverse_lazy("enrolment_review:queue"),
        name="requests",
        icon_name="folder-open-inverse",
        order=50,
    )


class ReadySentenceViewSet(JournalledViewSet):
    """The reasons that clerks often write, in the town's own words."""

    model = ReadySentence
    name = "ready-sentences"
    icon = "edit"
    menu_label = gettext_lazy("Ready sentences")
    add_to_settings_menu = True
    list_display = ("title", "use", "position")
    list_filter = ("use",)
    search_fields = ("title", "sentence")
    ordering = ("use", "position", "title")
    form_fields = ("use", "title", "sentence", "position")


@hooks.register("register_admin_viewset")
def ready_sentences() -> ReadySentenceViewSet:
    """Let those who may change them keep the town's sentences."""
    return ReadySentenceViewSet()


replay_urls = (
    [
        path("versions/<uuid:public_id>/", replays.ask, name="ask"),
        path("<uuid:public_id>/", replays.replay, name="replay"),
        path("<uuid:public_id>/file/", replays.replay_file, name="file"),
    ],
    "tariff_replays",
)


@hooks.register("register_admin_urls")
def register_replay_urls() -> Sequence[URLPattern | URLResolver]:
    """Put the trials of tariffs under the back office."""
    return [path("tariff-trials/", include(replay_urls))]


@hooks.register("tariff_version_links")
def try_on_the_past(version: TariffVersion) -> tuple[str, str]:
    """Offer the trial beside the other actions on a version."""
    href = reverse("tariff_replays:ask", args=[version.public_id])
    return _("Try it on the past"), href
