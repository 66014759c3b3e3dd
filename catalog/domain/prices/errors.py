"""Why a price cannot be given; the sentences for people are made elsewhere."""

from typing import ClassVar


class PriceError(Exception):
    """No price, and no guess: `code` and `params` say what to put right."""

    code: ClassVar[str] = "no_price"

    def __init__(self, **params: str) -> None:
        """Keep the parameters of the sentence shown to people."""
        self.params = params
        details = ", ".join(f"{key}={value}" for key, value in params.items())
        super().__init__(f"{self.code} ({details})" if details else self.code)


class NoRuleAppliesError(PriceError):
    """The tariff has no rule for these facts."""

    code = "no_rule_applies"


class MissingFactError(PriceError):
    """A fact the tariff needs is unknown, and the tariff has no default."""

    code = "missing_fact"


class OutsideGridError(PriceError):
    """The value is under the first band, over the last one, or not in the table."""

    code = "outside_grid"


class UnknownVariantError(PriceError):
    """The tariff does not price this variant."""

    code = "unknown_variant"


class UnknownEventError(PriceError):
    """The tariff has no price for this event: a late pick-up."""

    code = "unknown_event"


class TariffChangedError(PriceError):
    """The price to replay was made with other rules than those given."""

    code = "tariff_changed"


class ReplayDiffersError(PriceError):
    """The same rules and facts no longer give the stored price."""

    code = "replay_differs"
