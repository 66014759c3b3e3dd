"""The household that the pages of a request are about."""

from uuid import UUID

from django.http import HttpRequest

from families.models import Guardian
from families.queries import find_guardian

#: Where the session keeps the household chosen by an adult who answers for several.
CHOSEN = "household"
#: Where it keeps the invitation of somebody who has to sign up first.
OPENED = "invitation"


def current_household(request: HttpRequest) -> Guardian | None:
    """Return the adult who is signed in, in their current household; None without one.

    Read once per request. The household chosen is asked for in the same query as the
    adult: one that is no longer theirs falls back to the first they opened.
    """
    kept: Guardian | None = getattr(request, "_guardian_kept", None)
    if kept is None:
        kept = find_guardian(request.user, chosen=_chosen(request))  # type: ignore[arg-type] # login_required.
        request._guardian_kept = kept  # type: ignore[attr-defined] # noqa: SLF001 - kept with the request.
    return kept


def choose_household(request: HttpRequest, public_id: UUID) -> None:
    """Remember the household that the next pages are about."""
    request.session[CHOSEN] = str(public_id)


def _chosen(request: HttpRequest) -> UUID | None:
    text = request.session.get(CHOSEN)
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
