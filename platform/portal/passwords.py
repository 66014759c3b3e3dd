"""The town's rule of passwords: as Django checks it, and as people read it."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext
from django_tenants.utils import get_public_schema_name

from foundation.accounts.models import Account
from foundation.passwords.known import is_guessable
from foundation.passwords.rules import (
    KINDS,
    LENGTH,
    Kind,
    PasswordRule,
    rule_of,
    unmet,
)
from foundation.town import current_schema, current_tenant
from tenants.townhall.queries import town_settings


def current_rule() -> PasswordRule:
    """Return the rule of the town, or the platform's own outside any."""
    if current_schema() == get_public_schema_name():
        return PasswordRule()
    town = town_settings()
    return rule_of(
        length=town.password_length,
        kinds=town.password_kinds,
        required=town.password_required,
    )


def rule_as_hint() -> SafeString:
    """Return the conditions as a list, which the page's script ticks off."""
    rule = current_rule()
    conditions = [(name, in_words(rule, name)) for name in rule.conditions]
    return render_to_string(
        "account/_password_rule.html", {"rule": rule, "conditions": conditions}
    )


def in_words(rule: PasswordRule, condition: str) -> str:
    """Return one condition as people read it."""
    if condition == LENGTH:
        count = rule.length
        return ngettext(
            "%(count)s character or more", "%(count)s characters or more", count
        ) % {"count": count}
    if condition == KINDS:
        return _(
            "%(count)s of these four: small letter, capital letter, digit, sign"
        ) % {"count": rule.kinds}
    return {
        Kind.LOWER: _("a small letter"),
        Kind.UPPER: _("a capital letter"),
        Kind.DIGIT: _("a digit"),
        Kind.SYMBOL: _("a sign, like ! or -"),
    }[Kind(condition)]


class TownRuleValidator:
    """Refuses a password that does not obey the town's rule, naming what is missing."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's signature.
        """Raise ValidationError with everything that is missing, in one sentence."""
        rule = current_rule()
        missing = unmet(rule, password)
        if missing:
            words = ", ".join(in_words(rule, name) for name in missing)
            raise ValidationError(
                _("Still missing: %(missing)s.") % {"missing": words}, code="rule"
            )

    def get_help_text(self) -> str:
        """Return the rule in one sentence."""
        rule = current_rule()
        return ", ".join(in_words(rule, name) for name in rule.conditions)


class KnownPasswordValidator:
    """Refuses passwords that guessers try first; nothing leaves the machine."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a known word, in disguise or not."""
        if is_guessable(password, words=_words_around(user)):
            raise ValidationError(
                _("This password is guessed too easily. Put several words together."),
                code="known",
            )

    def get_help_text(self) -> str:
        """Return the advice."""
        return _("Avoid names, and passwords that many people use.")


def spend_the_time_of_a_password() -> None:
    """Hash something: the speed of an answer must not tell who has an account."""
    make_password("the time of a password")


def _words_around(user: Any) -> list[str]:
    """Return the words that a neighbour would try: the town, the person."""
    words = [str(getattr(current_tenant(), "name", "") or "")]
    if isinstance(user, Account):
        words += [user.first_name, user.last_name, user.email.partition("@")[0]]
    return words
