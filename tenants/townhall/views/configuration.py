"""The town's whole configuration: taken away as a file, or put in from one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from foundation.accounts.models import Account
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from foundation.problems import ConfigurationError, explain
from tenants.domain.pack_changes import Change, shorten
from tenants.forms import ConfigurationFileForm, ConfirmForm
from tenants.gateways.pack_files import with_lines
from tenants.queries import current_town
from tenants.services.packing import (
    ImportReport,
    export_file,
    import_pack,
    preview_import,
)

MANY_PROBLEMS = 30
#: Lines of the difference shown; the file itself tells the rest.
MANY_LINES = 300


def is_administrator(account: Account) -> bool:
    """Tell whether an account may see every tariff and service: administrators only."""
    return account.is_active and account.is_superuser


@clerk_who(is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def configuration(request: ClerkRequest) -> HttpResponse:
    """Offer the file of the town; read another one and say what it would change."""
    form = ConfigurationFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, form)
    return _page(request, form)


@clerk_who(is_administrator)
@require_POST
def put_in(request: ClerkRequest) -> HttpResponse:
    """Put in what the preview showed; show it again when the town changed since."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    town, data = current_town(), form.cleaned_data["data"]
    try:
        report = preview_import(town=town, data=data, now=timezone.now())
        if report.mark != form.cleaned_data["seen"]:
            messages.warning(request, _("The town has changed since. Look again."))
            return _show(request, report, form.cleaned_data["content"])
        import_pack(town=town, data=data, actor=request.user, now=timezone.now())
    except ConfigurationError as error:
        return _refuse(request, form, error)
    count = len(report.changes)
    text = ngettext("%(count)s change is made.", "%(count)s changes are made.", count)
    messages.success(request, text % {"count": count})
    return redirect("townhall_configuration")


@clerk_who(is_administrator)
@require_POST
def export(request: ClerkRequest) -> HttpResponse:
    """Hand the file over: the whole, or what a neighbour may start from."""
    town = current_town()
    content = export_file(
        town=town, actor=request.user, for_neighbour="neighbour" in request.POST
    )
    return as_file(content, name=f"{timezone.localdate():%Y-%m-%d}-configuration.yaml")


def as_file(content: bytes, *, name: str) -> HttpResponse:
    """Return a pack as a file to keep."""
    answer = HttpResponse(content, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003 - Django's signature.
    return answer


def _preview(request: ClerkRequest, form: ConfigurationFileForm) -> HttpResponse:
    try:
        report = preview_import(
            town=current_town(), data=form.cleaned_data["data"], now=timezone.now()
        )
    except ConfigurationError as error:
        return _refuse(request, form, error)
    return _show(request, report, form.cleaned_data["content"])


def _show(request: HttpRequest, report: ImportReport, content: str) -> HttpResponse:
    lines = [_line(each) for each in report.changes[:MANY_LINES]]
    return staff_page(
        request,
        "townhall/configuration_preview.html",
        title=_("What the file changes"),
        trail=[(_("Configuration"), reverse("townhall_configuration"))],
        report=report,
        lines=lines,
        more=len(report.changes) - len(lines),
        form=ConfirmForm(initial={"content": content, "seen": report.mark}),
    )


def _line(change: Change) -> dict[str, object]:
    return {
        # Narrow screens break a line at blanks only.
        "path": change.path.replace("].", "] > "),
        "is_new": change.is_new,
        "old": shorten(change.old),
        "new": shorten(change.new),
    }


def _refuse(
    request: HttpRequest,
    form: ConfigurationFileForm | ConfirmForm,
    error: ConfigurationError,
) -> HttpResponse:
    content = form.cleaned_data["content"].encode()
    found = with_lines(error.problems, content)
    form.tell([f"{each.path}: {explain(each)}" for each in found], MANY_PROBLEMS)
    return _page(request, form)


def _page(
    request: HttpRequest, form: ConfigurationFileForm | ConfirmForm
) -> HttpResponse:
    is_refused = form.is_bound
    shown = form if isinstance(form, ConfigurationFileForm) else ConfigurationFileForm()
    return staff_page(
        request,
        "townhall/configuration.html",
        title=_("Configuration"),
        form=shown,
        refused=[str(each) for each in form.non_field_errors()] if is_refused else [],
        status=422 if is_refused else 200,
    )
