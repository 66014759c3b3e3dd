"""Staff: the questions of a form, and what the family will see of a proof."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from families.enums import ProofKind
from families.forms import ProofForm
from families.forms.form_building import QuestionFormSet, QuestionRows, initial_rows
from families.models import ProofType
from families.services.form_building import write_questions
from foundation.backoffice.access import ClerkRequest, clerk_who, holds
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.problems import ConfigurationError
from tenants.townhall.policies import holds_for_whole_town

# A proof serves every service that asks for it.
may_enter = clerk_who(holds("families.change_prooftype"))
may_write = clerk_who(holds_for_whole_town("families.change_prooftype"))


@require_http_methods(["GET", "POST"])
@may_write
def questions(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Write the questions of a form; each saving leaves room for more."""
    proof_type = get_object_or_404(ProofType, public_id=public_id, kind=ProofKind.FORM)
    rows = _rows(request, proof_type)
    if (
        request.method == "POST"
        and rows.is_valid()
        and _save(request, proof_type, rows)
    ):
        messages.success(request, _("The questions are saved."))
        name = "preview" if "preview" in request.POST else "questions"
        return redirect(f"families_proof_types:{name}", public_id)
    return staff_page(
        request,
        "families/staff/questions.html",
        title=_("Questions of “%(name)s”") % {"name": proof_type},
        trail=_trail(proof_type),
        icon="form",
        rows=rows,
        proof_type=proof_type,
    )


@require_GET
@may_enter
def preview(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show the page as a family will see it; nothing can be sent from here."""
    proof_type = get_object_or_404(ProofType, public_id=public_id)
    form = ProofForm(proof_type=proof_type, is_certified=True)
    context = {"form": form, "proof_type": proof_type, "is_preview": True}
    return render(request, "families/proof_preview.html", context)


def _rows(request: ClerkRequest, proof_type: ProofType) -> QuestionFormSet:
    earlier = [(each["code"], each["label"]) for each in proof_type.questions]
    rows: QuestionFormSet = QuestionRows(  # type: ignore[assignment] # What the factory makes.
        request.POST or None,
        initial=initial_rows(proof_type.questions),
        form_kwargs={"earlier": earlier},
    )
    return rows


def _save(request: ClerkRequest, proof_type: ProofType, rows: QuestionFormSet) -> bool:
    """Keep the questions, or say beside each what is wrong with it."""
    try:
        write_questions(
            proof_type=proof_type,
            rows=[row for _form, row in rows.rows()],
            actor=request.user,
        )
    except ConfigurationError as error:
        rows.tell(error)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        return True
    return False


def _trail(proof_type: ProofType) -> list[tuple[object, str]]:
    return [
        (_("Types of proof"), reverse("proof-types:index")),
        (str(proof_type), reverse("proof-types:edit", args=[proof_type.pk])),
    ]
