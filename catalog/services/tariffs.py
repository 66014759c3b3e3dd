"""Write, publish and give up the versions of a tariff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from catalog.domain.prices import parse_tariff
from catalog.models import Tariff, TariffVersion
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.problems import ConfigurationError, Problem


class PublishedVersionError(DomainError):
    """A published version never changes."""

    def __init__(self) -> None:
        super().__init__(_("This version is published: make a new one instead."))


class SameDayError(DomainError):
    """Two published versions of a tariff cannot start on the same day."""

    def __init__(self) -> None:
        super().__init__(_("A published version already applies from this day."))


@dataclass(frozen=True, slots=True)
class Vote:
    """The decision of the council that a version follows."""

    number: str
    voted_on: date
    effective_from: date


@transaction.atomic
def create_tariff(*, name: str, actor: Account) -> Tariff:
    """Create a tariff without any version; its code comes from its name."""
    wished = slugify(name)[:50].strip("-") or "tariff"
    taken = set(
        Tariff.objects.filter(code__startswith=wished).values_list("code", flat=True)
    )
    codes = (wished, *(f"{wished}-{number}" for number in range(2, 1000)))
    code = next(each for each in codes if each not in taken)
    tariff = Tariff.objects.create(code=code, name=name)
    record(actor=actor, action="tariff created", target=tariff, new={"name": name})
    return tariff


def check_rules(rules: Mapping[str, Any], *, currency: str) -> None:
    """Raise ConfigurationError with every problem, another currency included."""
    tariff = parse_tariff(rules)
    if tariff.currency != currency:
        problem = Problem("currency", "other_currency", {"expected": currency})
        raise ConfigurationError([problem])


@transaction.atomic
def save_draft(
    *,
    tariff: Tariff,
    version: TariffVersion | None,
    vote: Vote,
    rules: Mapping[str, Any],
    currency: str,
    actor: Account,
) -> TariffVersion:
    """Write a draft, new or already there.

    Raises ConfigurationError, and PublishedVersionError for what is published.
    """
    check_rules(rules, currency=currency)
    draft = version or TariffVersion(tariff=tariff)
    old = {} if version is None else _facts(_locked(version))
    draft.vote_number = vote.number
    draft.voted_on = vote.voted_on
    draft.effective_from = vote.effective_from
    draft.rules = dict(rules)
    draft.save()
    record(
        actor=actor,
        action="tariff version written",
        target=draft,
        old=old,
        new=_facts(draft),
    )
    return draft


@transaction.atomic
def publish_version(
    *, version: TariffVersion, currency: str, actor: Account, now: datetime
) -> TariffVersion:
    """Make a draft count from its day on; it never changes afterwards.

    Raises PublishedVersionError, SameDayError and ConfigurationError.
    """
    draft = _locked(version)
    check_rules(draft.rules, currency=currency)
    draft.published_at = now
    try:
        with transaction.atomic():
            draft.save(update_fields=["published_at"])
    except IntegrityError as error:
        raise SameDayError from error
    record(
        actor=actor,
        action="tariff version published",
        target=draft,
        new=_facts(draft),
    )
    return draft


@transaction.atomic
def delete_draft(*, version: TariffVersion, actor: Account) -> None:
    """Give a draft up. Raises PublishedVersionError."""
    draft = _locked(version)
    record(actor=actor, action="tariff draft deleted", target=draft, old=_facts(draft))
    draft.delete()


def _locked(version: TariffVersion) -> TariffVersion:
    locked = TariffVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if locked.published_at is not None:
        raise PublishedVersionError
    return locked


def _facts(version: TariffVersion) -> dict[str, Any]:
    return {
        "vote": version.vote_number,
        "voted_on": version.voted_on,
        "effective_from": version.effective_from,
        "rules": version.rules,
    }
