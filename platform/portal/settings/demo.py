"""`make demo`: the production code on one machine, without HTTPS."""

import os

os.environ.setdefault("PREAU_HTTPS", "0")
os.environ.setdefault("SECRET_KEY", "demo-only-not-a-secret")
os.environ.setdefault(
    "PREAU_MASTER_KEYS", "demo:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
)
os.environ.setdefault("STRIPE_API_KEY", "sk_test_demo")
os.environ.setdefault("STRIPE_WEBHOOK_SECRET", "whsec_demo")

from portal.settings.production import *  # noqa: F403 - defaults come first.

SECURE_PROXY_SSL_HEADER = None
SECOND_FACTOR_REQUIRED = False
SIGN_IN_SERVICES_MAY_BE_LOCAL = True
DEMO = True
# Known to everybody: every demo account has it.
DEMO_PASSWORD = "preau-demo-2026"  # noqa: S105 - published on purpose.
DELIVERY_EMAIL_BACKEND = "foundation.post.backends.MailboxBackend"
# The hosted payment page is on another port of the same machine.
SECURE_CROSS_ORIGIN_OPENER_POLICY = None
