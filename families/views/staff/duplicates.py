"""Staff: records that look the same, side by side; made one, or told apart."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from families.enums import Alike
from families.forms.duplicates import ApartForm, MergeForm, OtherFileForm
from families.policies import may_keep_households
from families.queries.duplicates import find_alikes, find_made_one, find_pairs
from families.services.comparing import Side, compare, side_of
from families.services.duplicates import make_one, tell_apart
from families.services.merging.moving import rows_to_move
from families.views.staff.households import get_household
from families.views.staff.trails import file_trail
from foundation.backoffice.access import ClerkRequest, clerk_who, decide
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.townhall.queries import scope_of

PER_PAGE = 25
LAST_PAGE = 1000


@require_safe
@clerk_who(may_keep_households)
def duplicates(request: ClerkRequest) -> HttpResponse:
    """List pairs of one kind, the surest first."""
    kind = _kind(request.GET.get("kind") or Alike.HOUSEHOLD)
    number = _page_number(request)
    found = find_pairs(
        kind,
        scope=scope_of(request.user),
        start=(number - 1) * PER_PAGE,
        most=PER_PAGE,
    )
    return staff_page(
        request,
        "families/staff/duplicates.html",
        title=_("Duplicates"),
        icon="copy",
        kind=kind,
        kinds=Alike.choices,
        rows=[
            (side_of(kind, pair.first), side_of(kind, pair.second), pair)
            for pair in found.shown
        ],
        number=number,
        before=number - 1,
        after=number + 1 if found.is_more else 0,
    )


@dataclass(frozen=True)
class Two:
    """Two records in scope, side by side."""

    kind: Alike
    first: Any
    second: Any

    @property
    def sides(self) -> tuple[Side, Side]:
        """How both are shown."""
        return side_of(self.kind, self.first), side_of(self.kind, self.second)

    @property
    def path(self) -> list[object]:
        """What names the pair in an address."""
        return [self.kind.value, self.first.public_id, self.second.public_id]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Both, to choose one."""
        records = (self.first, self.second)
        return [
            (str(record.public_id), f"{side.name} ({side.number})")
            for record, side in zip(records, self.sides, strict=True)
        ]

    def lost(self, kept: str) -> Any:
        """Return the one that does not stay."""
        return self.second if kept == str(self.first.public_id) else self.first


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_households)
def compared(
    request: ClerkRequest, kind: str, first: UUID, second: UUID
) -> HttpResponse:
    """Compare two records; ask to confirm, then make one of them."""
    stays = find_made_one(_kind(kind), {first, second}, scope=scope_of(request.user))
    if stays is not None:
        # Sent again, or found in another window.
        messages.success(request, _("The two were made one already. It is this one."))
        return redirect(side_of(_kind(kind), stays).href)
    two = _two(request, kind, first, second)
    start = {"form_key": uuid4()}
    form = MergeForm(request.POST or None, choices=two.choices, initial=start)
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["is_confirmed"]:
            return _confirm(request, two, form)
        try:
            return redirect(_merge(request, two, form))
        except DomainError as error:
            form.add_error(None, str(error))
    return _comparison(request, two, form, ApartForm(initial={"form_key": uuid4()}))


@require_http_methods(["POST"])
@clerk_who(may_keep_households)
def told_apart(
    request: ClerkRequest, kind: str, first: UUID, second: UUID
) -> HttpResponse:
    """Keep that two records are not the same."""
    two = _two(request, kind, first, second)
    form = ApartForm(request.POST)
    if not form.is_valid():
        start = {"form_key": uuid4()}
        return _comparison(
            request, two, MergeForm(choices=two.choices, initial=start), form
        )

    def act() -> str:
        tell_apart(
            two.kind,
            one=two.first,
            other=two.second,
            actor=request.user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        messages.success(request, _("These two are no longer proposed."))
        return _list_of(two.kind)

    return redirect(_once(request, two, form, "told apart", act))


@require_http_methods(["GET", "POST"])
@clerk_who(may_keep_households)
def merge_with(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Choose the file to compare a file with, by its number."""
    known = get_household(request, public_id)
    form = OtherFileForm(
        request.POST or None, known=known, scope=scope_of(request.user)
    )
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["file_number"]
        path = [Alike.HOUSEHOLD.value, known.public_id, other.public_id]
        return redirect("families_duplicates:compared", *path)
    return staff_page(
        request,
        "families/staff/merge_with.html",
        title=_("Merge with another file"),
        trail=file_trail(known),
        icon="copy",
        form=form,
    )


def _comparison(
    request: ClerkRequest, two: Two, form: MergeForm, apart: ApartForm
) -> HttpResponse:
    return staff_page(
        request,
        "families/staff/duplicate.html",
        title=_("The same, or two different ones?"),
        trail=[(_("Duplicates"), _list_of(two.kind))],
        icon="copy",
        sides=two.sides,
        rows=compare(two.kind, two.first, two.second),
        form=form,
        apart=apart,
        apart_href=reverse("families_duplicates:apart", args=two.path),
    )


def _confirm(request: ClerkRequest, two: Two, form: MergeForm) -> HttpResponse:
    kept = form.cleaned_data["kept"]
    lost = two.lost(kept)
    names = dict(two.choices)
    return staff_page(
        request,
        "families/staff/duplicate_confirm.html",
        title=_("Make one of the two"),
        trail=[(_("Duplicates"), _list_of(two.kind))],
        icon="copy",
        given=form.cleaned_data,
        kept=names[kept],
        lost=names[str(lost.public_id)],
        moved=rows_to_move(lost),
        back=reverse("families_duplicates:compared", args=two.path),
    )


def _merge(request: ClerkRequest, two: Two, form: MergeForm) -> str:
    kept = form.cleaned_data["kept"]
    lost = two.lost(kept)
    stays = two.second if lost is two.first else two.first

    def act() -> str:
        make_one(
            two.kind,
            kept=stays,
            lost=lost,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The two are one now."))
        return side_of(two.kind, stays).href

    return _once(request, two, form, "duplicates merged", act)


def _once(request: ClerkRequest, two: Two, form: Any, purpose: str, act: Any) -> str:
    return decide(
        request,
        key=form.cleaned_data["form_key"],
        purpose=purpose,
        answers={**form.cleaned_data, "pair": two.path},
        act=act,
    )


def _two(request: ClerkRequest, kind: str, first: UUID, second: UUID) -> Two:
    """Return two different records that the clerk may see, or raise Http404."""
    known = find_alikes(_kind(kind), {first, second}, scope=scope_of(request.user))
    if len(known) != 2:
        raise Http404
    return Two(_kind(kind), known[first], known[second])


def _kind(text: str) -> Alike:
    if text not in Alike.values:
        raise Http404
    return Alike(text)


def _page_number(request: ClerkRequest) -> int:
    text = request.GET.get("page", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 1
    return min(max(number, 1), LAST_PAGE)


def _list_of(kind: Alike) -> str:
    return f"{reverse('families_duplicates:duplicates')}?kind={kind.value}"
