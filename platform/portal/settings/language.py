"""Languages, dates and numbers. A town's locale decides; sources are in English."""

import django.conf.locale
from django.utils.translation import gettext_lazy as _

from portal.settings.env import ROOT

LANGUAGE_CODE = "fr"
LANGUAGES = [
    ("fr", _("French")),
    ("fr-ca", _("French (Canada)")),
    ("en", _("English")),
]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Not named "locale": Django would load it as the application's own, always.
LOCALE_PATHS = [ROOT / "platform/portal/languages"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
FORMAT_MODULE_PATH = ["portal.formats"]

# Django has Canadian French formats but does not list the language.
django.conf.locale.LANG_INFO.setdefault(
    "fr-ca",
    {
        "bidi": False,
        "code": "fr-ca",
        "name": "French (Canada)",
        "name_local": "français (Canada)",
    },
)
