"""What the catalogue has staff check, on the first page of the back office."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from wagtail import hooks

from catalog.models import Activity, Service, Session, TariffVersion
from catalog.services.checklist import check_services
from foundation.accounts.models import Account
from foundation.backoffice.waiting import HOOK, WaitingWork
from tenants.domain.scope import Scope
from tenants.townhall.queries import scope_of

SOON = timedelta(days=30)
#: Services named on the first page; the list of services has the others.
MOST = 5


@hooks.register(HOOK)
def catalogue_to_check(request: HttpRequest) -> list[WaitingWork]:
    """Name what would stop families: no session ahead, no price, prices not voted."""
    account = request.user
    if not isinstance(account, Account):
        return []
    if not account.has_perm("catalog.change_activity"):
        return []
    today, scope = timezone.localdate(), scope_of(account)
    return [
        *_without_session(today, scope),
        *_without_price(today, scope),
        *_not_ready(today, scope),
        *_drafts(scope),
    ]


def _not_ready(today: date, scope: Scope) -> list[WaitingWork]:
    """Name the hidden services that miss something before they open."""
    hidden = Service.objects.in_scope(scope).filter(is_published=False)
    services = list(hidden.select_related("department").order_by("position", "name"))
    if not services:
        return []
    gaps = check_services(services, today=today)
    lines = []
    for service in services[:MOST]:
        blocking = [each.text for each in gaps[service.pk] if each.is_blocking]
        text = _("“%(service)s” is not open yet") % {"service": service}
        hint = " ".join(blocking[:2]) or _("Nothing stands in the way.")
        page = reverse("catalog_staff:checklist", args=[service.public_id])
        lines.append(WaitingWork(text, page, hint=hint, icon="list-ul"))
    return lines


def _without_session(today: date, scope: Scope) -> list[WaitingWork]:
    ahead = Session.objects.not_cancelled().filter(
        activity=OuterRef("pk"), ends_on__gte=today
    )
    shown = Activity.objects.in_scope(scope).filter(service__is_published=True)
    names = list(
        shown.filter(~Exists(ahead)).order_by("name").values_list("name", flat=True)
    )
    if not names:
        return []
    text = ngettext(
        "%(count)s activity has no session ahead",
        "%(count)s activities have no session ahead",
        len(names),
    )
    return [
        WaitingWork(
            text % {"count": len(names)},
            reverse("catalog_staff:make_sessions"),
            hint=", ".join(names[:4]),
            icon="calendar",
        )
    ]


def _without_price(today: date, scope: Scope) -> list[WaitingWork]:
    voted = TariffVersion.objects.filter(
        tariff=OuterRef("tariff"), published_at__isnull=False, effective_from__lte=today
    )
    names = list(
        Activity.objects.in_scope(scope)
        .filter(~Exists(voted), service__is_published=True)
        .order_by("name")
        .values_list("name", flat=True)
    )
    if not names:
        return []
    return [
        WaitingWork(
            _("These activities have no price in force today"),
            reverse("catalog_staff:tariffs"),
            hint=", ".join(names[:4]),
            icon="warning",
        )
    ]


def _drafts(scope: Scope) -> list[WaitingWork]:
    count = TariffVersion.objects.in_scope(scope).filter(published_at=None).count()
    if not count:
        return []
    text = ngettext(
        "%(count)s draft of a tariff to publish",
        "%(count)s drafts of tariffs to publish",
        count,
    )
    return [
        WaitingWork(
            text % {"count": count}, reverse("catalog_staff:tariffs"), icon="draft"
        )
    ]
