"""Who is asking: the account behind an API key or a `Stripe-Account` header."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256

from infra.simulator.errors import ApiError
from infra.simulator.settings import LIVE_PREFIXES
from infra.simulator.store import Json, Store

TEST_KEY = re.compile(r"^(sk|rk)_test_\w+$")
ACCOUNT_ID = re.compile(r"^acct_\w+$")
# What a Dashboard would say before anyone opened it.
NEW_PROFILE: Json = {
    "name": "",
    "country": "FR",
    "currency": "eur",
    "methods": ["card", "sepa_debit"],
    "revoked": False,
    "webhook_url": None,
    "webhook_secret": None,
}


@dataclass(frozen=True)
class Account:
    """A merchant. Connected: known through the platform's key and its own id."""

    id: str
    connected: bool
    profile: Json

    @property
    def name(self) -> str:
        return str(self.profile["name"])


def account_of_key(key: str) -> str:
    return "acct_" + sha256(key.encode()).hexdigest()[:16]


def authenticate(store: Store, key: str, on_behalf_of: str | None) -> Account:
    """Return the account to work on; accounts open at their first request."""
    if key.startswith(LIVE_PREFIXES):
        raise ApiError(
            "This is a live key. The simulator refuses it: use a sk_test_ key.",
            status=401,
            code="livemode_mismatch",
        )
    if not TEST_KEY.match(key):
        raise ApiError("Invalid API Key provided.", status=401)
    if on_behalf_of is None:
        return open_account(store, account_of_key(key), connected=False)
    if not ACCOUNT_ID.match(on_behalf_of):
        raise _no_access(on_behalf_of)
    account = open_account(store, on_behalf_of, connected=True)
    if account.profile["revoked"]:
        raise _no_access(on_behalf_of)
    return account


def _no_access(account_id: str) -> ApiError:
    return ApiError(
        f"The provided key does not have access to account '{account_id}' "
        "(or that account does not exist).",
        status=403,
        code="account_invalid",
    )


def find_account(store: Store, account_id: str) -> Account | None:
    row = store.sql.execute(
        "select connected, profile from account where id = ?", (account_id,)
    ).fetchone()
    if row is None:
        return None
    return Account(account_id, bool(row[0]), NEW_PROFILE | json.loads(row[1]))


def open_account(
    store: Store, account_id: str, *, connected: bool, **changes: object
) -> Account:
    """Return the account, created or changed as asked."""
    known = find_account(store, account_id)
    if known is not None and not changes:
        return known
    profile = (known.profile if known else NEW_PROFILE) | changes
    account = Account(account_id, known.connected if known else connected, profile)
    store.sql.execute(
        "insert or replace into account values (?, ?, ?)",
        (account.id, account.connected, json.dumps(profile)),
    )
    return account


def account_body(account: Account) -> Json:
    """Return the facts of the Account resource that a town's setup reads."""
    profile = account.profile
    return {
        "id": account.id,
        "object": "account",
        "business_profile": {"name": profile["name"] or None},
        "capabilities": {
            f"{method}_payments": "active" for method in profile["methods"]
        },
        "charges_enabled": not profile["revoked"],
        "country": profile["country"],
        "default_currency": profile["currency"],
        "details_submitted": True,
        "metadata": {},
        "payouts_enabled": not profile["revoked"],
        "type": "standard",
    }
