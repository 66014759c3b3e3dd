"""The test suite: production settings, plain HTTP, everything in reach of the test."""

import os

os.environ.setdefault("PREAU_HTTPS", "0")
os.environ.setdefault("PREAU_DB_POOL", "0")
os.environ.setdefault("SECRET_KEY", "test-only-not-a-secret")
os.environ.setdefault(
    "PREAU_MASTER_KEYS", "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
)
os.environ.setdefault("STRIPE_API_KEY", "sk_test_tests")
os.environ.setdefault("STRIPE_WEBHOOK_SECRET", "whsec_tests")
os.environ.setdefault("DATABASE_URL", "postgresql://preau_app@localhost/preau")
# Tests that run side by side keep their files apart.
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if not os.environ.get("PREAU_VAR", worker).endswith(worker):
    os.environ["PREAU_VAR"] += f"/{worker}"

from portal.settings.production import *  # noqa: E402, F403 - defaults come first.

SECURE_PROXY_SSL_HEADER = None
SECOND_FACTOR_REQUIRED = False
SIGN_IN_SERVICES_MAY_BE_LOCAL = True
DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405 - from production.
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Tests read the source sentences; the catalogues have checks of their own, and the
# browser's tests see the pages in French.
LOCALE_PATHS = []
