"""Staff: which accounts were linked to files, and how to undo a link."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from families.forms.linking import UnlinkForm
from families.models import FileLink
from families.policies import may_unlink_accounts
from families.queries.linking import links_of
from families.services.linking import unlink_file
from foundation.backoffice.access import ClerkRequest, clerk_who, decide
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.idempotency.services import form_key_of, form_key_to_show
from tenants.townhall.queries import scope_of

PER_PAGE = 30


@require_GET
@clerk_who(may_unlink_accounts)
def link_list(request: ClerkRequest) -> HttpResponse:
    """List the links, latest first."""
    found = links_of(scope_of(request.user))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return staff_page(
        request,
        "families/staff/links.html",
        title=_("Linked accounts"),
        icon="link",
        page=page,
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_unlink_accounts)
def link_undo(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Take the account out of the file, with a reason."""
    found = links_of(scope_of(request.user)).filter(ended_at=None)
    link = get_object_or_404(found, public_id=public_id)
    form = UnlinkForm(request.POST or None)
    key = form_key_to_show(request.POST)

    if form.is_valid():
        try:
            return redirect(_undo_once(request, link, form))
        except DomainError as error:
            form.add_error(None, str(error))
    return staff_page(
        request,
        "families/staff/link_undo.html",
        title=_("Take %(account)s out of the file") % {"account": link.account.email},
        trail=[(_("Linked accounts"), reverse("families_links:links"))],
        icon="link",
        form=form,
        form_key=key,
        link=link,
    )


def _undo_once(request: ClerkRequest, link: FileLink, form: UnlinkForm) -> str:
    def undo() -> str:
        unlink_file(
            link=link,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("The account no longer opens this file."))
        return reverse("families_links:links")

    return decide(
        request,
        key=form_key_of(request.POST),
        purpose="account unlinked",
        answers={**form.cleaned_data, "link": str(link.public_id)},
        act=undo,
    )
