"""Staff: find a family, and its whole file on one page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from families.forms.search import SearchForm
from families.models import Household
from families.policies import may_copy_data, may_open_accounts, may_see_families
from families.queries.search import file_parts, find_families
from families.services.file_page import family_file
from families.services.search_rows import found_rows
from families.services.words import age_of
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from tenants.townhall.queries import scope_of


@require_safe
@clerk_who(may_see_families)
def search(request: ClerkRequest) -> HttpResponse:
    """Find families by any word, number, child, telephone or address."""
    form = SearchForm(request.GET)
    found = find_families(form.text, scope=scope_of(request.user))
    return staff_page(
        request,
        "families/staff/search.html",
        title=_("Families"),
        icon="search",
        form=form,
        asked=form.text,
        rows=found_rows(found.households, text=form.text, today=timezone.localdate()),
        is_more=found.is_more,
    )


@require_safe
@clerk_who(may_see_families)
def file(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show everything a clerk may see of a family."""
    today = timezone.localdate()
    household = _get(request, public_id)
    children = household.shown_children  # type: ignore[attr-defined] # Read along.
    adults = household.adults  # type: ignore[attr-defined] # Read along.
    return staff_page(
        request,
        "families/staff/file.html",
        title=", ".join(str(each.person) for each in adults) or household.file_number,
        trail=[(_("Families"), "../")],
        icon="group",
        household=household,
        adults=adults,
        may_open_accounts=may_open_accounts(request.user),
        may_copy_data=may_copy_data(request.user),
        children=[(child, age_of(child, today)) for child in children],
        file=family_file(
            household=household, children=children, account=request.user, today=today
        ),
    )


def _get(request: ClerkRequest, public_id: UUID) -> Household:
    """Return a household in scope with its adults and children, or raise Http404."""
    scope = scope_of(request.user)
    found = (
        Household.objects.in_scope(scope)
        .filter(public_id=public_id)
        .select_related("commune")
        .prefetch_related(*file_parts(scope))
        .first()
    )
    if found is None:
        raise Http404
    return found
