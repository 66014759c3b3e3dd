"""The settings of a real installation, read in a process of their own."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
READ = """
import json
import django
from django.conf import settings
from django.core import checks
django.setup()
found = checks.run_checks(include_deployment_checks=True)
names = {names}
print(json.dumps({{
    "settings": {{name: getattr(settings, name) for name in names}},
    "checks": [each.id for each in found if not each.is_silenced()],
}}, default=str))
"""
NAMES = [
    *("DEBUG", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_DOMAIN"),
    *("SESSION_COOKIE_PATH", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE"),
    *("CSRF_COOKIE_DOMAIN", "CSRF_COOKIE_PATH", "LANGUAGE_COOKIE_SECURE"),
    *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"),
    *("USE_X_FORWARDED_HOST", "SECOND_FACTOR_REQUIRED", "DEMO", "CSRF_TRUSTED_ORIGINS"),
    *("SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY"),
]
# W021: no place in the browsers' preload list is asked for in a town's name: leaving
# it takes months, and the towns own their domains.
EXPLAINED = {"security.W021"}


@cache
def read(settings: str, **env: str) -> Any:
    """Start Django as an installation would; return settings and failed checks.

    A variable given empty is not set at all.
    """
    keys = {"PREAU_HTTPS", "PREAU_DB_POOL", "SECRET_KEY"}
    clean = {name: value for name, value in os.environ.items() if name not in keys}
    whole = {
        **clean,
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
        "DATABASE_URL": "postgresql://preau_app@localhost/preau",
        "PREAU_MASTER_KEYS": "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        **env,
    }
    answer = subprocess.run(
        [sys.executable, "-c", READ.format(names=NAMES)],
        env={name: value for name, value in whole.items() if value},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    return json.loads(answer.stdout.splitlines()[-1])


def production() -> Any:
    """Read what a real installation runs with, a true secret included."""
    secret = "".join(chr(33 + (index * 7) % 90) for index in range(64))
    return read("portal.settings.production", SECRET_KEY=secret, PREAU_HOST="preau.fr")


def test_cookies_are_bound_to_their_host_by_name_where_https_is() -> None:
    found = production()["settings"]

    for kind in ("SESSION", "CSRF"):
        assert found[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        # What a browser asks of a cookie of that name, else it drops it.
        assert found[f"{kind}_COOKIE_SECURE"] is True
        assert found[f"{kind}_COOKIE_DOMAIN"] is None
        assert found[f"{kind}_COOKIE_PATH"] == "/"
        assert found[f"{kind}_COOKIE_HTTPONLY"] is True


def test_a_real_installation_speaks_https_only_and_asks_for_a_second_factor() -> None:
    found = production()["settings"]

    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert found["SECOND_FACTOR_REQUIRED"] is True
    assert found["CSRF_TRUSTED_ORIGINS"] == []
    assert {found["DEBUG"], found["DEMO"], found["USE_X_FORWARDED_HOST"]} == {False}


def test_the_checks_before_deployment_find_nothing_unexplained() -> None:
    assert set(production()["checks"]) - EXPLAINED == set()


def test_a_demonstration_without_https_keeps_its_cookies_shut() -> None:
    found = read("portal.settings.demo")["settings"]

    assert found["SESSION_COOKIE_NAME"] == "session"
    assert found["SESSION_COOKIE_DOMAIN"] is None
    assert found["SESSION_COOKIE_HTTPONLY"] is found["CSRF_COOKIE_HTTPONLY"] is True


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL"])
def test_nothing_starts_on_a_secret_that_was_forgotten(missing: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        read("portal.settings.production", **({"SECRET_KEY": "x"} | {missing: ""}))

    assert missing in caught.value.stderr
