"""Bring the families of another software: hand in, look at the dry run, take all."""

from typing import Any
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from families.domain.imports.columns import SHEETS, Sheet
from families.enums import ImportStatus
from families.forms.imports import ImportForm
from families.models import FamilyImport
from families.policies import may_import_families
from families.services.importing import (
    ask_for_import,
    give_up_import,
    hand_in_tables,
)
from families.services.importing.words import in_words
from foundation.backoffice.access import ClerkRequest, clerk_who, decide, refuse
from foundation.backoffice.frame import ask_first, staff_page
from foundation.errors import DomainError
from foundation.idempotency.services import form_key_of
from foundation.spreadsheets import write_csv

PER_PAGE = 30
SHOWN = 100
UNDER_WAY = {ImportStatus.CHECKING, ImportStatus.APPLYING}

may_enter = clerk_who(may_import_families)


@require_GET
@may_enter
def import_list(request: ClerkRequest) -> HttpResponse:
    """List the imports, latest first."""
    found = FamilyImport.objects.select_related("uploaded_by").order_by("-id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return staff_page(
        request,
        "families/staff/imports.html",
        title=_("Imports of families"),
        page=page,
        sheets=list(Sheet),
    )


@require_http_methods(["GET", "POST"])
@may_enter
def import_new(request: ClerkRequest) -> HttpResponse:
    """Take the files; the worker reads them."""
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        initial={"form_key": uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        return redirect(_hand_in(request, form))
    return staff_page(
        request,
        "families/staff/import_new.html",
        title=_("New import"),
        trail=_trail(),
        form=form,
        sheets=list(Sheet),
    )


@require_GET
@may_enter
def import_page(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show what the files hold, what is wrong, and what can be decided."""
    found = _get(public_id)
    return staff_page(
        request,
        "families/staff/import.html",
        title=_("Import of %(day)s")
        % {"day": timezone.localtime(found.uploaded_at).strftime("%d/%m/%Y %H:%M")},
        trail=_trail(),
        found=found,
        files=list(found.files.order_by("pk")),
        problems=_shown(found.problems),
        warnings=_shown(found.warnings),
        is_under_way=found.status in UNDER_WAY,
        is_ready=found.status == ImportStatus.READY,
        may_give_up=found.status in {ImportStatus.READY, ImportStatus.REFUSED},
        form_key=uuid4(),
    )


@require_POST
@may_enter
def import_take(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Decide that all of it is taken, once."""
    found = _get(public_id)

    def act() -> str:
        ask_for_import(families=found, actor=request.user)
        messages.success(request, _("The families are being taken."))
        return _address(found)

    try:
        address = decide(
            request,
            key=form_key_of(request.POST),
            purpose="take families",
            answers={"import": str(found.public_id)},
            act=act,
        )
    except DomainError as error:
        return refuse(request, error, back=_address(found))
    return redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
@may_enter
def import_give_up(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Ask first, then drop the files."""
    found = _get(public_id)
    if request.method != "POST":
        return ask_first(
            request,
            title=_("Give this import up"),
            text=_("Its files are deleted. Nothing of them enters the families."),
            button=_("Delete the files"),
            trail=[*_trail(), (_("Import"), _address(found))],
        )
    try:
        give_up_import(families=found, actor=request.user)
    except DomainError as error:
        return refuse(request, error, back=_address(found))
    messages.success(request, _("The import is given up, and its files deleted."))
    return redirect("families_import:imports")


@require_GET
@may_enter
def import_problems(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give what is wrong as a table, to correct with the file open beside it."""
    found = _get(public_id)
    file = pgettext("on a computer", "File")
    headings = [file, _("Line"), _("Column"), _("What is wrong")]
    told = [*found.problems, *found.warnings]
    lines = [[t["file"], t["line"], t["column"], in_words(t)] for t in told]
    return _csv(_("to-correct"), [headings, *lines])


@require_GET
@may_enter
def import_template(request: HttpRequest, sheet: str) -> HttpResponse:
    """Give an empty table with the headings we read."""
    if sheet not in list(Sheet):
        raise Http404
    columns = SHEETS[Sheet(sheet)]
    return _csv(sheet, [[each.headings[0] for each in columns]])


def _hand_in(request: ClerkRequest, form: ImportForm) -> str:
    files = form.cleaned_data["tables"]

    def act() -> str:
        kept = hand_in_tables(files=files, actor=request.user, now=timezone.now())
        return _address(kept)

    return decide(
        request,
        key=form.cleaned_data["form_key"],
        purpose="hand in tables",
        answers={"files": [name for name, _content in files]},
        act=act,
    )


def _get(public_id: UUID) -> FamilyImport:
    return get_object_or_404(FamilyImport, public_id=public_id)


def _address(found: FamilyImport) -> str:
    return reverse("families_import:import", args=[found.public_id])


def _trail() -> list[tuple[object, str]]:
    return [(_("Imports of families"), reverse("families_import:imports"))]


def _shown(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**each, "text": in_words(each)} for each in told[:SHOWN]]


def _csv(name: str, rows: list[list[Any]]) -> HttpResponse:
    answer = HttpResponse(write_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")  # noqa: FBT003 - Django's signature.
    return answer
