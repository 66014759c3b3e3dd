"""Staff: write the terms of use, publish a version, read the former ones."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from families.domain.terms import blocks_of
from families.forms.terms import TermsForm
from families.models import Terms
from families.policies import may_write_terms
from families.queries.terms import find_current_terms, find_draft, published_terms
from families.services.terms import publish_terms, write_draft
from foundation.backoffice.access import ClerkRequest, clerk_who, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError

INDEX = "families_terms:index"


def _trail() -> list[tuple[object, str]]:
    return [(_("Terms of use"), reverse(INDEX))]


@require_http_methods(["GET", "POST"])
@clerk_who(may_write_terms)
def index(request: ClerkRequest) -> HttpResponse:
    """List the versions, and write the next one."""
    draft = find_draft()
    text = draft or find_current_terms()
    form = TermsForm(request.POST or None, initial={"body": text.body if text else ""})
    if form.is_valid():
        write_draft(body=form.cleaned_data["body"], actor=request.user)
        if "publish" in request.POST:
            return redirect("families_terms:publish")
        messages.success(request, _("The draft is kept. Families do not see it yet."))
        return redirect(INDEX)
    return staff_page(
        request,
        "families/staff/terms.html",
        title=_("Terms of use"),
        icon="doc-full",
        form=form,
        draft=draft,
        versions=published_terms(),
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_write_terms)
def publish(request: ClerkRequest) -> HttpResponse:
    """Read the draft as families will, then publish it."""
    draft = find_draft()
    if request.method == "POST":
        try:
            published = publish_terms(actor=request.user, now=timezone.now())
        except DomainError as error:
            return refuse(request, error, back=INDEX)
        said = _("Version %(number)s is published: every family will be asked.")
        messages.success(request, said % {"number": published.number})
        return redirect(INDEX)
    if draft is None:
        return redirect(INDEX)
    return staff_page(
        request,
        "families/staff/terms_publish.html",
        title=_("Publish the terms of use"),
        trail=_trail(),
        blocks=blocks_of(draft.body),
    )


@require_safe
@clerk_who(may_write_terms)
def version(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show a published version as families accepted it."""
    found = get_object_or_404(Terms.objects.published(), public_id=public_id)
    return staff_page(
        request,
        "families/staff/terms_version.html",
        title=str(found),
        trail=_trail(),
        terms=found,
        blocks=blocks_of(found.body),
    )
