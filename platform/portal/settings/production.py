"""A real installation: HTTPS, secrets from the environment, nothing guessed."""

import os

from portal.settings.base import *  # noqa: F403 - settings modules compose by star import.
from portal.settings.base import PLATFORM_HOST, PUBLIC_PORT
from portal.settings.env import database, flag, items

SECRET_KEY = os.environ["SECRET_KEY"]
PREAU_MASTER_KEYS = items("PREAU_MASTER_KEYS")
DEBUG = False
# TownMiddleware is the gate: a host without a town answers 404.
ALLOWED_HOSTS = ["*"]

DATABASES = {"default": database(os.environ["DATABASE_URL"])}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if flag("PREAU_DB_POOL", default=True):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": int(os.environ.get("PREAU_THREADS", "4")) + 2,
        "max_lifetime": 600,
    }
OWNER_DATABASE_URL = os.environ.get("OWNER_DATABASE_URL", "")

HTTPS = flag("PREAU_HTTPS", default=True)
SECURE_PROXY_SSL_HEADER: tuple[str, str] | None = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
KNOWN_BROWSER_COOKIE = "__Host-known" if HTTPS else "known"
LANGUAGE_COOKIE_SECURE = HTTPS

PLATFORM_BASE_URL = ("https://" if HTTPS else "http://") + (
    f"{PLATFORM_HOST}:{PUBLIC_PORT}" if PUBLIC_PORT else PLATFORM_HOST
)
