"""Write a version: line by line, or as text for what lines cannot say."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from catalog.domain.prices import parse_tariff
from catalog.domain.tariff_sheet import blank_sheet, sheet_of
from catalog.forms.tariffs import ExpertForm, SheetForms
from catalog.forms.tariffs.expert import write_rules
from catalog.models import Tariff, TariffVersion
from catalog.services.tariff_wording import tariff_in_words
from catalog.services.tariffs import Vote, save_draft
from catalog.views.staff.tariffs import find_version
from catalog.views.staff.trials import trial_of
from foundation.backoffice.access import ClerkRequest, clerk_who, holds
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.queries import current_town
from tenants.townhall.queries import scope_of

may_change = clerk_who(holds("catalog.change_tariffversion"))


@may_change
@require_http_methods(["GET", "POST"])
def new(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Write a new version, prefilled from the latest one."""
    mine = Tariff.objects.in_scope(scope_of(request.user))
    tariff = get_object_or_404(mine, public_id=public_id)
    latest = tariff.versions.order_by("-effective_from", "-id").first()
    return _write(request, tariff, None, latest.rules if latest else None, vote={})


@may_change
@require_http_methods(["GET", "POST"])
def edit(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Change a draft. A published version leads to a new one."""
    version = find_version(request, public_id)
    if version.published_at is not None:
        messages.warning(
            request, _("This version is published: make a new one instead.")
        )
        return redirect("catalog_staff:version", public_id)
    vote = {
        "vote_number": version.vote_number,
        "voted_on": version.voted_on,
        "effective_from": version.effective_from,
    }
    return _write(request, version.tariff, version, version.rules, vote=vote)


def _write(
    request: ClerkRequest,
    tariff: Tariff,
    version: TariffVersion | None,
    rules: Mapping[str, Any] | None,
    *,
    vote: Mapping[str, Any],
) -> HttpResponse:
    """Choose between the lines and the text, by the rules or by the person's wish."""
    currency = current_town().currency
    sheet = sheet_of(rules) if rules else blank_sheet(currency)
    if sheet is None or "as_text" in request.GET:
        text = {**vote, "rules": write_rules(rules or {"currency": currency})}
        form = ExpertForm(request.POST or None, currency=currency, initial=text)
        return _expert(request, tariff, version, form, is_only_way=sheet is None)
    data = request.POST or None
    used = tariff.activities.in_scope(scope_of(request.user)).order_by("name")
    activities = list(used.values_list("code", "name"))
    forms = SheetForms(data, sheet=sheet, vote=vote, activities=activities)
    # A live check sends the button that was pressed along: it saves nothing.
    is_live = "HX-Request" in request.headers
    if "save" in request.POST and not is_live and forms.is_valid():
        saved = _save(request, tariff, version, forms.vote.vote(), forms.rules)
        if saved is not None:
            return saved
    return _draw(request, tariff, forms, rules)


def _draw(
    request: ClerkRequest,
    tariff: Tariff,
    forms: SheetForms,
    rules: Mapping[str, Any] | None,
) -> HttpResponse:
    """Show the lines, with what they say and a case to try beside them.

    Nothing is saved here. A live check gets what stands beside alone.
    """
    is_sent = request.method == "POST"
    is_sound = forms.has_sound_prices() if is_sent else bool(rules)
    said = forms.rules if is_sent else rules
    trial = None
    if is_sound and said:
        trial = trial_of(request.POST if is_sent else None, parse_tariff(said))
    context: dict[str, Any] = {
        "forms": forms,
        "refused": forms.refused if is_sent else [],
        "preview": tariff_in_words(said) if is_sent and is_sound and said else None,
        "trial": trial,
    }
    if "HX-Request" in request.headers:
        live = {**context, "is_live": True}
        return render(request, "catalog/staff/_tariff_beside.html", live)
    return staff_page(
        request,
        "catalog/staff/tariff_sheet.html",
        title=tariff.name,
        trail=_trail(),
        form=forms.vote,
        **context,
    )


def _expert(
    request: ClerkRequest,
    tariff: Tariff,
    version: TariffVersion | None,
    form: ExpertForm,
    *,
    is_only_way: bool,
) -> HttpResponse:
    preview = None
    if request.method == "POST" and form.is_valid():
        rules = form.cleaned_data["rules"]
        if "save" in request.POST:
            saved = _save(request, tariff, version, form.vote(), rules)
            if saved is not None:
                return saved
        preview = tariff_in_words(rules)
    return staff_page(
        request,
        "catalog/staff/tariff_text.html",
        title=tariff.name,
        trail=_trail(),
        form=form,
        preview=preview,
        is_only_way=is_only_way,
    )


def _save(
    request: ClerkRequest,
    tariff: Tariff,
    version: TariffVersion | None,
    vote: Vote,
    rules: Mapping[str, Any],
) -> HttpResponse | None:
    try:
        draft = save_draft(
            tariff=tariff,
            version=version,
            vote=vote,
            rules=rules,
            currency=current_town().currency,
            actor=request.user,
        )
    except DomainError as error:
        messages.error(request, str(error))
        return None
    messages.success(request, _("The draft is saved. Read it, try it, publish it."))
    return redirect("catalog_staff:version", draft.public_id)


def _trail() -> list[tuple[object, str]]:
    return [(_("Tariffs"), reverse("catalog_staff:tariffs"))]
