"""Read a token that a sign-in service signed, or refuse it."""

from collections.abc import Sequence
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

# With a pair of keys only: what both sides know could be signed by either.
ALGORITHMS = ("RS256", "ES256", "PS256", "RS384", "ES384", "PS384", "RS512", "ES512")
SECONDS_OF_GRACE = 30


def read_token(
    token: str, *, keys: Any, issuer: str, audience: str, needs: Sequence[str]
) -> dict[str, Any]:
    """Return the claims of a token signed by one of the service's keys.

    `keys` is the service's JSON Web Key Set, `needs` the claims that must be there.
    Raises OAuth2Error for a signature, an issuer, an audience or a date that is wrong.
    """
    try:
        header = jwt.get_unverified_header(token)
        key = _key(jwt.PyJWKSet.from_dict(keys), header.get("kid"))
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[name for name in ALGORITHMS if name == header.get("alg")],
            issuer=issuer,
            audience=audience,
            leeway=SECONDS_OF_GRACE,
            options={"require": list(needs)},
        )
    except (jwt.PyJWTError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise OAuth2Error("The answer is not signed as it should be.") from error
    return claims


def _key(known: jwt.PyJWKSet, name: str | None) -> Any:
    """Return the key named, or the only one there is when none is."""
    usable = [each for each in known.keys if each.public_key_use in {None, "sig"}]
    if name is not None:
        named = [each for each in usable if each.key_id == name]
        usable = named or [each for each in usable if each.key_id is None]
    if len(usable) != 1:
        raise OAuth2Error("It is not known which key signed the answer.")
    return usable[0].key
