"""All the forms of a version together: read as one sheet, refused as one."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from catalog.domain.tariff_sheet import Sheet, Supplement, place_of, rules_of
from catalog.forms.tariffs.fields import on_line
from catalog.forms.tariffs.lines import LineForm
from catalog.forms.tariffs.supplements import SupplementForm
from catalog.forms.tariffs.version import VersionForm, VoteForm
from catalog.models import Situation
from catalog.services.tariff_wording import tariff_in_words
from catalog.services.tariffs import check_rules
from foundation.problems import ConfigurationError, Problem, explain

MOST = 40
GRIDS = ("bands", "rates", "points")


class SheetForms:
    """The vote, the whole, the lines and the supplements of one version."""

    def __init__(
        self, data: Any = None, *, sheet: Sheet, vote: Mapping[str, Any]
    ) -> None:
        self.currency = sheet.currency
        self.defaults, self.more = sheet.defaults, sheet.more
        self.vote = VoteForm(data, initial=dict(vote))
        self.whole = VersionForm(data, initial=_whole(sheet), unit=sheet.unit)
        lines = forms.formset_factory(LineForm, extra=1, can_delete=True, max_num=MOST)
        self.lines = lines(
            data,
            prefix="lines",
            initial=[asdict(line) for line in sheet.lines],
            form_kwargs={
                "situations": _situations(sheet),
                "variants": [line.variant for line in sheet.lines if line.variant],
            },
        )
        changes = forms.formset_factory(
            SupplementForm, extra=1, can_delete=True, max_num=MOST
        )
        self.supplements = changes(
            data,
            prefix="supplements",
            initial=[_supplement(each) for each in sheet.supplements],
        )
        self.rules: dict[str, Any] = {}
        self._say_kept(sheet)

    def is_valid(self) -> bool:
        """Check each form, then the tariff they make together."""
        parts = (self.vote, self.whole, self.lines, self.supplements)
        sound = [part.is_valid() for part in parts]  # Each part says its own errors.
        if not all(sound):
            return False
        lines, supplements = _filled(self.lines), _filled(self.supplements)
        if not lines:
            self.whole.add_error(None, _("Write at least one price."))
            return False
        self.rules = rules_of(self._sheet(lines, supplements))
        try:
            check_rules(self.rules, currency=self.currency)
        except ConfigurationError as error:
            for problem in error.problems:
                self._show(problem, lines, supplements)
            return False
        return True

    @property
    def refused(self) -> list[dict[str, str]]:
        """Every error with the address of its field, for the top of the page."""
        whole = [*_links(self.vote), *_links(self.whole)]
        for formset in (self.lines, self.supplements):
            for form in formset.forms:
                whole.extend(_links(form))
        return whole

    def _sheet(self, lines: list[Any], supplements: list[Any]) -> Sheet:
        data = self.whole.cleaned_data
        return Sheet(
            currency=self.currency,
            unit=data["unit"],
            lines=tuple(form.line() for form in lines),
            supplements=tuple(form.supplement() for form in supplements),
            default_residence=data["default_residence"],
            round_to=data["round_to"],
            round_unit_to=data["round_unit_to"],
            count=self.whole.count(),
            defaults=self.defaults,
            more=self.more,
            care=data["care"],
            meal=data["meal"],
            other=data["other"],
        )

    def _say_kept(self, sheet: Sheet) -> None:
        """Give the kept parts the words of the rules that the sheet came from."""
        kept = [each.kept for each in sheet.lines]
        kept += [each.kept for each in sheet.supplements]
        if not any(kept):
            return
        rules = rules_of(sheet)
        said = tariff_in_words(rules)
        lines = dict(zip(_codes(rules["rules"]), said.prices, strict=True))
        changes = rules.get("adjustments", [])
        words = dict(zip(_codes(changes), said.changes, strict=True))
        for line in self.lines.forms:
            line.words = lines.get(line["code"].value())
        for change in self.supplements.forms:
            change.words = words.get(change["code"].value())

    def _show(self, problem: Problem, lines: list[Any], supplements: list[Any]) -> None:
        """Put a problem of the rules beside the field that caused it."""
        place = place_of(problem.path)
        message = explain(problem)
        form: Any = self.whole
        if place.part != "sheet":
            form = (lines if place.part == "lines" else supplements)[place.index]
            grid = _grid(form, place.field)
            if place.band is not None and grid is not None:
                name, bands = grid
                message = on_line(bands.line_of(place.band), message)
                place = replace(place, field=name)
        field = place.field if place.field in form.fields else None
        form.add_error(field, message)


def _filled(formset: Any) -> list[Any]:
    """Return the forms that say something, in order."""
    return [
        form
        for form in formset.forms
        if not form.cleaned_data.get("DELETE") and (form.has_changed() or form.initial)
    ]


def _grid(form: Any, field: str) -> tuple[str, Any] | None:
    """Return the grid that holds the lines of a field, with the name it has here."""
    is_rates = field == "bands" and form.cleaned_data.get("method") == "effort_bands"
    name = "rates" if is_rates else field
    grid = form.cleaned_data.get(name) if name in GRIDS else None
    return None if grid is None else (name, grid)


def _codes(parts: Any) -> list[str]:
    return [part["code"] for part in parts]


def _supplement(each: Supplement) -> dict[str, Any]:
    until = each.child_rank_until
    last = None if until is None else until - 1
    return {**asdict(each), "child_rank_last": last}


def _links(form: Any) -> list[dict[str, str]]:
    return [
        {
            "text": f"{form[name].label}: {error}" if name in form.fields else error,
            "href": f"#{form[name].auto_id}" if name in form.fields else "",
        }
        for name, errors in form.errors.items()
        for error in errors
    ]


def _whole(sheet: Sheet) -> dict[str, Any]:
    names = ("unit", "default_residence", "round_to", "round_unit_to")
    shares = ("care", "meal", "other")
    count = {f"count_{name}": value for name, value in sheet.count.items()}
    return {name: getattr(sheet, name) for name in names + shares} | count


def _situations(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the situations of the services, and those that the sheet names."""
    found = dict(Situation.objects.order_by("code").values_list("code", "name"))
    for line in sheet.lines:
        for code in line.situations:
            found.setdefault(code, code)
    return list(found.items())
