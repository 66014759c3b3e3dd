"""Which application lives in which schema.

Public holds towns, operators and the job queue; a town's schema holds all the rest,
its own accounts, sessions and content types included, so that it can be dumped,
moved and erased alone.
"""

BOTH = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "foundation.accounts",
    "foundation.journal",
    "foundation.post",
    "foundation.idempotency",
    "foundation.cache",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

SHARED_APPS = [
    "django_tenants",
    "tenants",
    "procrastinate.contrib.django",
    *BOTH,
]

TENANT_APPS = [
    *BOTH,
    # Services that vouch for families; operators have none.
    "allauth.socialaccount",
    "tenants.townhall",
    "families",
    "catalog",
    "enrolment",
    "billing",
    "cms",
    "portal.staff.apps.StaffConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail.contrib.settings",
    "modelcluster",
    "taggit",
    "django_tasks",
]

# Applications without tables: loaded once, migrated nowhere.
CODE_ONLY = [
    "portal",
    "foundation",
    "foundation.ui",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.sites",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
]

INSTALLED_APPS = [
    "django_tenants",
    "portal",
    *[app for app in SHARED_APPS if app != "django_tenants"],
    *[app for app in TENANT_APPS if app not in BOTH],
    *[app for app in CODE_ONLY if app != "portal"],
]
