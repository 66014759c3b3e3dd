"""Staff: the birth of a child who was expected, and the correction of its date."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from families.forms.expected import BirthForm, ExpectedChildForm
from families.policies import may_change_children
from families.services.expected import change_expected, write_birth
from families.views.staff.children import correct, get_child, households_of
from foundation.backoffice.access import ClerkRequest, clerk_who


@require_http_methods(["GET", "POST"])
@clerk_who(may_change_children)
def birth(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Write the birth, as the family tells it or as its proof says."""
    known = get_child(request, public_id)
    if not known.is_expected:
        return redirect("children_staff:child", public_id)
    form = BirthForm(request.POST or None, child=known, today=timezone.localdate())

    def save() -> None:
        write_birth(
            household=households_of(known)[0],
            child=known,
            birth=form.to_names(),
            today=form.today,
            actor=request.user,
        )

    return correct(request, known, _("Write the birth"), form, save)


@require_http_methods(["GET", "POST"])
@clerk_who(may_change_children)
def expected(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Correct the day a child is expected, or its names."""
    known = get_child(request, public_id)
    if not known.is_expected:
        return redirect("children_staff:child", public_id)
    initial = ExpectedChildForm.initial_of(known)
    form = ExpectedChildForm(request.POST or None, initial=initial)

    def save() -> None:
        change_expected(
            child=known,
            names=form.to_names(),
            today=timezone.localdate(),
            actor=request.user,
        )

    return correct(request, known, _("Correct the expected date"), form, save)
