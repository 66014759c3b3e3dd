"""All the forms of a version together: read as one sheet, refused as one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from catalog.domain.pasted import PastedBands
from catalog.domain.prices import Tariff, parse_tariff
from catalog.domain.tariff_sheet import Place, Sheet, place_of, rules_of
from catalog.forms.tariffs.ceilings import CeilingForm
from catalog.forms.tariffs.fields import on_line
from catalog.forms.tariffs.lines import LineForm
from catalog.forms.tariffs.prefill import (
    of_line,
    of_situations,
    of_supplement,
    of_variants,
    of_whole,
)
from catalog.forms.tariffs.supplements import SupplementForm
from catalog.forms.tariffs.version import VersionForm, VoteForm
from catalog.services.tariff_wording import tariff_in_words
from catalog.services.tariffs import check_rules
from foundation.problems import ConfigurationError, Problem, explain

MOST, MOST_CEILINGS = 40, 5


class SheetForms:
    """The vote, the whole, the lines, the supplements, the ceilings of one version."""

    def __init__(
        self,
        data: Any = None,
        *,
        sheet: Sheet,
        vote: Mapping[str, Any],
        activities: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.currency, self.more = sheet.currency, sheet.more
        situations = of_situations(sheet)
        when = {"situations": situations, "variants": of_variants(sheet)}
        self.vote = VoteForm(data, initial=dict(vote))
        self.whole = VersionForm(
            data, initial=of_whole(sheet), unit=sheet.unit, situations=situations
        )
        make = partial(_set, data)
        lines, changes = (
            map(of_line, sheet.lines),
            map(of_supplement, sheet.supplements),
        )
        used = {"activities": list(activities)}
        self.lines = make(LineForm, "lines", lines, when)
        self.supplements = make(SupplementForm, "supplements", changes, when)
        self.ceilings = make(CeilingForm, "ceilings", map(asdict, sheet.ceilings), used)
        self.rules: dict[str, Any] = {}
        self._is_voted = False
        self._say_kept(sheet)

    def is_valid(self) -> bool:
        """Check the vote, each form, then the tariff they make together."""
        self._is_voted = True
        has_vote = self.vote.is_valid()  # Says its own errors.
        return self.has_sound_prices() and has_vote

    def has_sound_prices(self) -> bool:
        """Check everything but the vote: enough to read the prices and to try them."""
        parts = (self.whole, self.lines, self.supplements, self.ceilings)
        sound = [part.is_valid() for part in parts]  # Each part says its own errors.
        if not all(sound):
            return False
        filled = {name: _filled(getattr(self, name)) for name in _SETS}
        if not filled["lines"]:
            self.whole.add_error(None, _("Write at least one price."))
            return False
        self.rules = rules_of(self._sheet(filled))
        try:
            check_rules(self.rules, currency=self.currency)
        except ConfigurationError as error:
            for problem in error.problems:
                self._show(problem, filled)
            return False
        return True

    @property
    def tariff(self) -> Tariff:
        """The tariff on the screen, once its prices are sound."""
        return parse_tariff(self.rules)

    @property
    def refused(self) -> list[dict[str, str]]:
        """Every error with the address of its field, for the top of the page."""
        return [
            each for title, form in self._named() for each in _links(form, title=title)
        ]

    def _named(self) -> Iterator[tuple[str, Any]]:
        if self._is_voted:
            yield "", self.vote
        yield "", self.whole
        titles = {
            "lines": _("Price %(number)s"),
            "supplements": _("Supplement or reduction %(number)s"),
            "ceilings": _("Ceiling %(number)s"),
        }
        for name, title in titles.items():
            for number, form in enumerate(getattr(self, name).forms, start=1):
                yield title % {"number": number}, form

    def _sheet(self, filled: Mapping[str, list[Any]]) -> Sheet:
        data = self.whole.cleaned_data
        return Sheet(
            currency=self.currency,
            unit=data["unit"],
            lines=tuple(form.line() for form in filled["lines"]),
            supplements=tuple(form.supplement() for form in filled["supplements"]),
            ceilings=tuple(form.ceiling() for form in filled["ceilings"]),
            default_residence=data["default_residence"],
            round_to=data["round_to"],
            round_unit_to=data["round_unit_to"],
            count=self.whole.count(),
            defaults=self.whole.defaults(),
            more=self.more,
            care=data["care"],
            meal=data["meal"],
            other=data["other"],
        )

    def _say_kept(self, sheet: Sheet) -> None:
        """Give the kept parts the words of the rules that the sheet came from."""
        kept = [line.kept for line in sheet.lines]
        kept += [each.kept for each in sheet.supplements]
        if not any(kept):
            return
        rules = rules_of(sheet)
        said = tariff_in_words(rules)
        lines = dict(zip(_codes(rules["rules"]), said.prices, strict=True))
        changes = rules.get("adjustments", [])
        # The ceilings are said after the changes.
        words = dict(zip(_codes(changes), said.changes, strict=False))
        for line in self.lines.forms:
            line.words = lines.get(line["code"].value())
        for change in self.supplements.forms:
            change.words = words.get(change["code"].value())

    def _show(self, problem: Problem, filled: Mapping[str, list[Any]]) -> None:
        """Put a problem of the rules beside the field that caused it."""
        place = place_of(problem.path)
        message, field = explain(problem), place.field
        form: Any = (
            self.whole if place.part == "sheet" else filled[place.part][place.index]
        )
        grid = form.grid_of(field) if place.part == "lines" else ""
        if grid:
            field = grid
            message = _in_grid(form.cleaned_data[grid], grid, place, message)
        if field == "spans":
            field = form.row_of(place.key)
        form.add_error(field if field in form.fields else None, message)


def _in_grid(pasted: PastedBands, grid: str, place: Place, message: str) -> str:
    """Say where in a grid something is wrong, where the problem tells it."""
    if grid == "prices":
        codes = [each["code"] for each in pasted.bands]
        row, key = codes.index(place.key) if place.key in codes else -1, "code"
    elif grid == "amounts":
        row, key = -1 if place.band is None else 0, f"amounts[{place.band}]"
    else:
        row, key = -1 if place.band is None else place.band, place.key
    if row < 0:
        return message
    return on_line(pasted.line_of(row), message, pasted.column_of(row, key))


_SETS = ("lines", "supplements", "ceilings")


def _set(
    data: Any,
    form: type[forms.Form],
    name: str,
    initial: Iterable[Mapping[str, Any]],
    options: Mapping[str, Any],
) -> Any:
    """Return the forms of one part, with an empty one more."""
    most = MOST_CEILINGS if form is CeilingForm else MOST
    made = forms.formset_factory(form, extra=1, can_delete=True, max_num=most)
    return made(data, prefix=name, initial=list(initial), form_kwargs=dict(options))


def _filled(formset: Any) -> list[Any]:
    """Return the forms that say something, in order."""
    return [
        form
        for form in formset.forms
        if not form.cleaned_data.get("DELETE") and (form.has_changed() or form.initial)
    ]


def _codes(parts: Any) -> list[str]:
    return [part["code"] for part in parts]


def _links(form: Any, *, title: str) -> Iterator[dict[str, str]]:
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        named = [title, str(field.label) if field else ""]
        said = ", ".join(filter(None, named))
        for error in errors:
            yield {
                "text": f"{said}: {error}" if said else error,
                "href": f"#{field.auto_id}" if field else "",
            }
