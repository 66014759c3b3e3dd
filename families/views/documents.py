"""My documents: what the household gave and got, to download."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from families.domain.vault import VaultKind
from families.services.vault import WORDS, papers_of
from families.views.access import FamilyRequest, family_required


@require_GET
@family_required
def documents(request: FamilyRequest) -> HttpResponse:
    """List the papers, all of them or those of one kind."""
    asked = request.GET.get("kind", "")
    kind = VaultKind(asked) if asked in list(VaultKind) else None
    papers = papers_of(request.household)
    shown = [each for each in papers if kind is None or each.kind == kind]
    context = {
        "papers": [(each, WORDS[each.kind]) for each in shown],
        "kinds": [
            (str(each), WORDS[each], each == kind)
            for each in VaultKind
            if any(paper.kind == each for paper in papers)
        ],
        "chosen": kind,
    }
    return render(request, "families/documents.html", context)
