"""REST: try a price. No account, nothing kept."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.public import Public
from catalog.domain.prices import (
    STANDARD,
    Price,
    PriceError,
    Residence,
    Tariff,
    parse_tariff,
)
from catalog.models import Activity
from catalog.queries.published import find_activity_published, find_version
from catalog.services.price_wording import explain_price, explain_price_error
from catalog.services.simulation import Facts, price_of

LATE = "late"
TIMINGS = ["in_time", LATE]
MOST_CHILDREN = 20


class PlainDecimalField(serializers.DecimalField):
    """A number written in digits: 1E+2 is refused, as in the forms."""

    def to_internal_value(self, data: Any) -> Decimal:
        """Read it; raises ValidationError."""
        if "e" in str(data).lower():
            self.fail("invalid")
        return super().to_internal_value(data)


class FactsSerializer(serializers.Serializer[Any]):
    """What the price may depend on; what is left out counts as unknown."""

    activity = serializers.SlugField(help_text="Code of the activity.")
    day = serializers.DateField(required=False, help_text="Today unless told.")
    residence = serializers.ChoiceField(
        [each.value for each in Residence], required=False
    )
    quotient = PlainDecimalField(
        max_digits=9,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text="Monthly family quotient, with a dot: 612.50.",
    )
    child_rank = serializers.IntegerField(
        min_value=1, max_value=MOST_CHILDREN, default=1, help_text="1 is the eldest."
    )
    timing = serializers.ChoiceField(TIMINGS, default=TIMINGS[0])
    variant = serializers.SlugField(default=STANDARD)
    situation = serializers.SlugField(
        required=False, help_text="Code of a situation of the service."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse names that nobody reads: a misspelt fact would change the price."""
        unknown = set(self.initial_data) - set(self.fields)
        if unknown:
            known = ", ".join(self.fields)
            refusal = _("No such parameter. Those known are: %(known)s.")
            raise serializers.ValidationError(
                {name: refusal % {"known": known} for name in sorted(unknown)}
            )
        attrs.setdefault("day", timezone.localdate())
        return attrs

    def to_facts(self) -> Facts:
        """Return the valid answers."""
        given = self.validated_data
        residence = given.get("residence")
        return Facts(
            residence=Residence(residence) if residence else None,
            quotient=given.get("quotient"),
            situation=given.get("situation"),
            child_rank=given["child_rank"],
            variant=given["variant"],
            is_late=given["timing"] == LATE,
        )


class SplitSerializer(serializers.Serializer[Any]):
    """What the price pays for, in minor units; the parts make the price."""

    care = serializers.IntegerField()
    meal = serializers.IntegerField()
    other = serializers.IntegerField()


class PriceSerializer(serializers.Serializer[Any]):
    """The price of one booking in minor units (cents), and how it was made."""

    activity = serializers.SlugField()
    day = serializers.DateField()
    price_minor = serializers.IntegerField()
    currency = serializers.CharField()
    split = SplitSerializer()
    explanation = serializers.ListField(child=serializers.CharField())


class SimulatePrice(Public):
    """The price of one booking, for what is said of a family."""

    @extend_schema(parameters=[FactsSerializer], responses=PriceSerializer)
    def get(self, request: Request) -> Response:
        """Return the price with its explanation in the town's language."""
        asked = FactsSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data["day"]
        activity = find_activity_published(asked.validated_data["activity"])
        if activity is None:
            raise Http404
        facts = asked.to_facts()
        _check_situation(activity, facts)
        price = _price(activity, _tariff(activity, day), facts, day)
        return Response(PriceSerializer(_shown(activity, day, price)).data)


def _check_situation(activity: Activity, facts: Facts) -> None:
    if facts.situation is None:
        return
    known = activity.service.situations.order_by("position", "id")
    codes = list(known.values_list("code", flat=True))
    if facts.situation not in codes:
        refusal = _("The service has no such situation. It has: %(known)s.")
        known_codes = ", ".join(codes) or "-"
        raise serializers.ValidationError(
            {"situation": refusal % {"known": known_codes}}
        )


def _tariff(activity: Activity, day: date) -> Tariff:
    version = find_version(activity, on=day)
    if version is None:
        refusal = _("No price was voted for this day.")
        raise serializers.ValidationError({"day": refusal})
    return parse_tariff(version.rules)


def _price(activity: Activity, tariff: Tariff, facts: Facts, day: date) -> Price:
    """Return the price, or say which parameter stands in the way of one."""
    if facts.variant not in tariff.variants:
        refusal = _("The price list has no such case. It has: %(known)s.")
        known = ", ".join(sorted(tariff.variants))
        raise serializers.ValidationError({"variant": refusal % {"known": known}})
    try:
        return price_of(activity, tariff, facts, day=day)
    except PriceError as error:
        name = _blamed(error.params)
        sentence = explain_price_error(error)
        raise serializers.ValidationError({name: sentence}) from error


def _blamed(params: Mapping[str, str]) -> str:
    """Return the parameter that an error is about, if it is about one."""
    fact = params.get("fact", "")
    return fact if fact in FactsSerializer().fields else "non_field_errors"


def _shown(activity: Activity, day: date, price: Price) -> dict[str, Any]:
    return {
        "activity": activity.code,
        "day": day,
        "price_minor": price.minor,
        "currency": price.currency,
        "split": {"care": price.care, "meal": price.meal, "other": price.other},
        "explanation": explain_price(price.trace),
    }
