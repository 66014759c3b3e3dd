"""The box that tries a tariff: a case, its price, and how the price is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from catalog.domain.prices import Tariff
from catalog.forms.tariffs import TrialForm
from catalog.models import Situation
from catalog.services.simulation import Simulation, try_price

PREFIX = "try"


@dataclass(frozen=True, slots=True)
class Trial:
    """The questions, and the answer once they are filled in.

    `is_new` when the tariff asks for other facts than those that were sent.
    """

    form: TrialForm
    answer: Simulation | None = None
    is_new: bool = False


def trial_of(data: Mapping[str, Any] | None, tariff: Tariff) -> Trial:
    """Return the questions of a tariff; with `data`, the price they lead to.

    A question that was not on the page yet is answered as it first stands.
    """
    situations = list(Situation.objects.order_by("code").values_list("code", "name"))
    blank = TrialForm(tariff=tariff, prefix=PREFIX, situations=situations)
    if data is None:
        return Trial(blank, is_new=True)
    first = {each.html_name: each.value() or "" for each in blank}
    sent = {name: each for name, each in data.items() if name.startswith(PREFIX + "-")}
    given = first | {name: each for name, each in sent.items() if name in first}
    form = TrialForm(given, tariff=tariff, prefix=PREFIX, situations=situations)
    answer = None
    if form.is_valid():
        answer = try_price(tariff, form.context(day=timezone.localdate()))
    return Trial(form, answer, is_new=first.keys() != sent.keys())
