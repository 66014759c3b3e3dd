"""The forms of a tariff: a vote, lines of prices, supplements and reductions."""

from catalog.forms.tariffs.expert import ExpertForm
from catalog.forms.tariffs.lines import LineForm
from catalog.forms.tariffs.sheet import SheetForms
from catalog.forms.tariffs.supplements import SupplementForm
from catalog.forms.tariffs.trial import TrialForm
from catalog.forms.tariffs.version import TariffForm, VersionForm, VoteForm

__all__ = [
    "ExpertForm",
    "LineForm",
    "SheetForms",
    "SupplementForm",
    "TariffForm",
    "TrialForm",
    "VersionForm",
    "VoteForm",
]
