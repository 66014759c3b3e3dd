"""What is the same in every environment."""

from pathlib import Path

from portal.settings.accounts import *  # noqa: F403 - settings modules compose by star import.
from portal.settings.apps import *  # noqa: F403 - as above.
from portal.settings.cms import *  # noqa: F403 - as above.
from portal.settings.env import ROOT, text
from portal.settings.language import *  # noqa: F403 - as above.
from portal.settings.logs import *  # noqa: F403 - as above.
from portal.settings.security import *  # noqa: F403 - as above.
from portal.settings.services import *  # noqa: F403 - as above.
from portal.settings.storage import *  # noqa: F403 - as above.

ROOT_URLCONF = "portal.urls_town"
PUBLIC_SCHEMA_URLCONF = "portal.urls_public"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
FORM_RENDERER = "foundation.ui.forms.PreauRenderer"

TENANT_MODEL = "tenants.Town"
TENANT_DOMAIN_MODEL = "tenants.Domain"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_LIMIT_SET_CALLS = True
TENANT_SYNC_ROUTER = "django_tenants.routers.TenantSyncRouter"

# The platform's own site; towns answer on their own hosts.
PLATFORM_HOST = text("PREAU_HOST", "localhost")
# Port shown in addresses; empty behind a proxy on the standard ports.
PUBLIC_PORT = text("PREAU_PORT")
PREAU_VAR = Path(text("PREAU_VAR", str(ROOT / "var")))
DEMO = False
DEMO_PASSWORD = ""
# Staff and operators may not work without a second factor.
SECOND_FACTOR_REQUIRED = True

MIDDLEWARE = [
    # Headers first: the answers of TownMiddleware itself carry them too.
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.TownMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.csp.BackOfficePolicyMiddleware",
    "portal.middleware.PrivacyHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.TownLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.sign_in.sessions.SessionLifeMiddleware",
    "portal.middleware.BackOfficeDoorMiddleware",
    "portal.middleware.FrameMiddleware",
    "portal.made_accounts.TemporaryPasswordMiddleware",
    "portal.middleware.StaffSecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            # `|date` counts the days as the language does, in every template.
            "builtins": ["foundation.ui.templatetags.days"],
        },
    }
]
