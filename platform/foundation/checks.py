"""System checks: the platform refuses to start without its defences."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

TOWN_KEY_FUNCTION = "django_tenants.cache.make_key"


def cache_keys_carry_the_town(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Refuse a cache whose keys do not name the town."""
    return [
        Error(
            f"The cache '{alias}' would share its keys between towns.",
            hint=f"Set KEY_FUNCTION to '{TOWN_KEY_FUNCTION}'.",
            id="foundation.E001",
        )
        for alias, cache in settings.CACHES.items()
        if cache.get("KEY_FUNCTION") != TOWN_KEY_FUNCTION
    ]


def cookies_stay_on_their_host(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Refuse cookies or trusted origins that span several towns."""
    errors: list[CheckMessage] = [
        Error(
            f"{name} would send a town's cookie to its neighbours.",
            hint="Leave it unset.",
            id="foundation.E002",
        )
        for name in ("SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN")
        if getattr(settings, name, None)
    ]
    errors += [
        Error(
            f"The trusted origin '{origin}' trusts every town at once.",
            id="foundation.E003",
        )
        for origin in settings.CSRF_TRUSTED_ORIGINS
        if "*" in origin
    ]
    return errors


def confirmation_links_are_stored(**_kwargs: Any) -> Sequence[CheckMessage]:
    """Refuse signed confirmation links, which would open in another town."""
    if not getattr(settings, "ACCOUNT_EMAIL_CONFIRMATION_HMAC", True):
        return []
    return [
        Error(
            "A signed confirmation link of one town would be accepted by another.",
            hint="Set ACCOUNT_EMAIL_CONFIRMATION_HMAC to False.",
            id="foundation.E004",
        )
    ]


def register_all() -> None:
    """Register the checks above."""
    register(cache_keys_carry_the_town)
    register(cookies_stay_on_their_host)
    register(confirmation_links_are_stored)
