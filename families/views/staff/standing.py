"""Staff: quotients, residences and regimes, written with their source, and ended."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from families.enums import QuotientKind, Regime, Residence
from families.forms.household_staff import (
    EndForm,
    QuotientForm,
    RegimeForm,
    ResidenceForm,
)
from families.models import QuotientRecord, RegimeRecord, ResidenceRecord
from families.policies import may_keep_standing
from families.services.standing_by_staff import (
    Dated,
    Written,
    end_standing,
    record_quotient,
    record_regime,
    record_residence,
)
from families.views.staff.households import get_household
from families.views.staff.one_form import Step, one_form
from foundation.backoffice.access import ClerkRequest, clerk_who

MODELS: dict[str, Dated] = {
    "quotient": QuotientRecord,
    "residence": ResidenceRecord,
    "regime": RegimeRecord,
}
END = {
    "quotient": _("End the quotient"),
    "residence": _("End the residence"),
    "regime": _("End the family allowances"),
}


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_standing)
def quotient_new(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Write a quotient."""
    known = get_household(request, public_id)

    def act(form: forms.Form) -> None:
        record_quotient(
            household=known,
            value=form.cleaned_data["value"],
            kind=QuotientKind(form.cleaned_data["kind"]),
            written=_written(request, form),
        )

    initial = {"from_on": timezone.localdate(), "kind": QuotientKind.CAF}
    step = Step(known, str(_("Write a quotient")), "quotient", act, initial=initial)
    return one_form(request, step, QuotientForm)


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_standing)
def residence_new(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Write a residence."""
    known = get_household(request, public_id)

    def act(form: forms.Form) -> None:
        record_residence(
            household=known,
            status=Residence(form.cleaned_data["status"]),
            written=_written(request, form),
        )

    initial = {"from_on": timezone.localdate()}
    step = Step(known, str(_("Write a residence")), "residence", act, initial=initial)
    return one_form(request, step, ResidenceForm)


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_standing)
def regime_new(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Write who pays the family allowances."""
    known = get_household(request, public_id)

    def act(form: forms.Form) -> None:
        record_regime(
            household=known,
            regime=Regime(form.cleaned_data["regime"]),
            written=_written(request, form),
        )

    initial = {"from_on": timezone.localdate()}
    title = str(_("Write who pays the family allowances"))
    step = Step(known, title, "regime", act, initial=initial)
    return one_form(request, step, RegimeForm)


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_standing)
def standing_end(request: ClerkRequest, public_id: UUID, what: str) -> HttpResponse:
    """End what holds, from a day on."""
    if what not in MODELS:
        raise Http404
    known = get_household(request, public_id)
    today = timezone.localdate()

    def act(form: forms.Form) -> None:
        end_standing(
            model=MODELS[what],
            household=known,
            until_on=form.cleaned_data["until_on"],
            reason=form.cleaned_data["reason"],
            actor=request.user,
            today=today,
        )

    step = Step(
        known, str(END[what]), f"{what} ended", act, initial={"until_on": today}
    )
    return one_form(request, step, EndForm)


def _written(request: ClerkRequest, form: forms.Form) -> Written:
    given = form.cleaned_data
    return Written(
        from_on=given["from_on"],
        until_on=given["until_on"],
        source=given["source"],
        reason=given["reason"],
        today=timezone.localdate(),
        actor=request.user,
        is_correction=given["is_correction"],
    )
