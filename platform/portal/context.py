"""What every page knows of the site it is on: brand, menus, legal links."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from cms.queries import PageLinks, page_links
from families.models import CounterVisit
from families.views.visits import visit_of
from foundation.accounts.models import Account
from foundation.ui.frame import FRAME_KEY, SECONDS_KEPT
from foundation.ui.shell import Counter, Link, Logo, Shell
from tenants.townhall.models import SignUpStyle, TownSettings
from tenants.townhall.queries import town_settings

SIGN_IN = Link(_("Sign in"), "/accounts/login/", icon="user")
START = Link(_("Sign in"), "/accounts/start/", icon="user")
SIGN_OUT = Link(_("Sign out"), "/accounts/logout/", icon="sign-out", post=True)
SECURITY = Link(_("Sign-in and security"), "/accounts/security/", icon="lock")
DEMO_BANNER = _("This is a demonstration: people, files and payments are not real.")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a town is drawn from, whoever looks at it."""

    about: TownSettings
    links: PageLinks


def site(request: HttpRequest) -> dict[str, Any]:
    """Add `site`, built only when a template reads it."""
    return {
        "site": SimpleLazyObject(lambda: build_shell(request)),
        "demo": settings.DEMO,
    }


def build_shell(request: HttpRequest) -> Shell:
    """Return the frame of the town's pages, or of the platform's own site."""
    town = getattr(request, "tenant", None)
    if town is None or town.is_public:
        return _platform_shell(request)
    return _town_shell(request, _frame())


def _frame() -> Frame:
    """Read the frame of the town in one query; pages and settings forget it."""
    kept: Frame | None = cache.get(FRAME_KEY)
    if kept is None:
        kept = Frame(town_settings(), page_links())
        cache.set(FRAME_KEY, kept, SECONDS_KEPT)
    return kept


def _town_shell(request: HttpRequest, frame: Frame) -> Shell:
    about, account = frame.about, _account(request)
    visit = visit_of(request) if account else None
    entries = [Link(_("Home"), "/"), Link(_("Services"), "/services/")]
    entries += frame.links.menu
    if account is not None:
        entries = _own_entries(account, visit) + entries[1:]
    return Shell(
        name=about.name,
        logo_url=about.logo.url if about.logo else "",
        theme_url=f"/theme-{about.theme_hash}.css" if about.theme_hash else "",
        partner=_partner(about),
        banner=DEMO_BANNER if settings.DEMO else "",
        banner_tag=_("Demonstration") if settings.DEMO else "",
        navigation=_marked(entries, request.path),
        # At the counter, the clerk's own sign-in is not the family's.
        account=([SIGN_OUT] if visit else [SECURITY, SIGN_OUT]) if account else [],
        account_name=str(account) if account else "",
        sign_in=None if account else _way_in(about),
        legal=frame.links.legal,
        contact=about.contact_email,
        counter=_counter_of(visit) if visit else None,
    )


def _partner(about: TownSettings) -> Logo | None:
    """Return the second brand: its logo, or its name where there is none."""
    if not about.second_name:
        return None
    return Logo(about.second_name, about.second_logo.url if about.second_logo else "")


def _way_in(about: TownSettings) -> Link:
    """Lead to the page that this town shows first."""
    is_gate = about.sign_up_style == SignUpStyle.ADDRESS_FIRST
    return START if is_gate else SIGN_IN


def _platform_shell(request: HttpRequest) -> Shell:
    account = _account(request)
    entries = [Link(_("Home"), "/")]
    if settings.DEMO:
        entries.append(Link(_("Mailbox"), "/mailbox/"))
    if account is not None and account.is_staff:
        entries.append(Link(_("Console"), "/console/"))
    return Shell(
        name="Préau",
        banner=DEMO_BANNER if settings.DEMO else "",
        banner_tag=_("Demonstration") if settings.DEMO else "",
        navigation=_marked(entries, request.path),
        account=[SECURITY, SIGN_OUT] if account else [],
        account_name=str(account) if account else "",
        sign_in=None if account else SIGN_IN,
    )


def _counter_of(visit: CounterVisit) -> Counter:
    return Counter(
        name=visit.person.last_name,
        number=visit.household.file_number,
        finish=reverse("families_counter:finish"),
    )


def _own_entries(account: Account, visit: CounterVisit | None) -> list[Link]:
    """Return the entries of somebody signed in: their own space first."""
    own = [
        Link(_("My space"), "/my/"),
        Link(_("Bookings"), "/my/bookings/"),
        Link(_("Invoices"), "/my/invoices/"),
    ]
    if account.is_staff and visit is None:
        own = [Link(_("Back office"), "/admin/")]
    return own


def _marked(entries: list[Link], path: str) -> list[Link]:
    """Mark the entry whose address is the longest start of the current one."""
    under = [link for link in entries if path.startswith(link.href)]
    current = max(under, key=lambda link: len(link.href), default=None)
    return [
        Link(link.text, link.href, link.icon, is_current=link is current)
        if link.href != "/" or path == "/"
        else link
        for link in entries
    ]


def _account(request: HttpRequest) -> Account | None:
    """Return who is signed in, if anybody."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
