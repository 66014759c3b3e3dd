"""Wagtail: pages of the town and the shell of its back office."""

from django.utils.functional import lazy


def _current_base_url() -> str:
    """Return the address of the current town (imported late: needs the database)."""
    from portal.addresses import current_base_url  # noqa: PLC0415 - settings load first.

    return current_base_url()


WAGTAIL_SITE_NAME = "Préau"
# Wagtail knows one address for all towns; this one is worked out at each use.
WAGTAILADMIN_BASE_URL = lazy(_current_base_url, str)()
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods", "csv", "txt"]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "french",
    }
}
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# The zone of the town is kept for everybody (portal.wagtail_hooks.town_time): one
# choice hides the field.
WAGTAIL_USER_TIME_ZONES = ["UTC"]
WAGTAILUSERS_PASSWORD_ENABLED = False

TASKS = {"default": {"BACKEND": "foundation.jobs.wagtail.ProcrastinateBackend"}}
