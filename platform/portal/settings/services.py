"""Things outside the process: mail, cache, payments, error reports."""

from typing import Any

from portal.settings.env import text

# Every message becomes a row first; the worker delivers it (foundation.post).
EMAIL_BACKEND = "foundation.post.backends.OutboxBackend"
DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", "preau@localhost")

CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "preau_cache",
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
        # By town. Django's own limit, 300, would forget the counts of tries under
        # attack: past its limit it drops a part of what it keeps, whatever that counts.
        "OPTIONS": {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 10},
    }
}

# The platform's key; towns are connected accounts, or bring their own restricted key.
STRIPE_API_KEY = text("STRIPE_API_KEY")
STRIPE_API_BASE = text("STRIPE_API_BASE", "https://api.stripe.com")
STRIPE_WEBHOOK_SECRET = text("STRIPE_WEBHOOK_SECRET")

SENTRY_DSN = text("SENTRY_DSN")
RELEASE = text("PREAU_RELEASE", "0.1.0")

# Proxies in front that write X-Forwarded-For; none are believed unless counted.
PROXIES = int(text("PREAU_PROXIES", "0"))
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication"
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "foundation.rest.Pages",
    "DEFAULT_THROTTLE_CLASSES": ["foundation.rest.TownThrottle"],
    # Schools and mobile carriers share one address: the limit must stay generous.
    "DEFAULT_THROTTLE_RATES": {"api": "300/min"},
    "NUM_PROXIES": PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Préau",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "PREPROCESSING_HOOKS": ["foundation.rest.own_addresses"],
    "ENUM_NAME_OVERRIDES": {
        "InvoiceStatusEnum": "billing.enums.InvoiceStatus",
        "BookingStatusEnum": "enrolment.enums.BookingStatus",
    },
}
