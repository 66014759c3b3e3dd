"""One key, one effect: a repeated request gets its first answer again."""

from hashlib import sha256

from infra.simulator.errors import ApiError
from infra.simulator.http_types import Request
from infra.simulator.store import Store

LONGEST = 255


def fingerprint(request: Request) -> str:
    parts = sorted(request.body.decode().split("&"))
    return sha256("\n".join([request.path, *parts]).encode()).hexdigest()


def answered(
    store: Store, account: str, key: str, request: Request
) -> tuple[int, str] | None:
    """Return the first answer, or raise when the parameters have changed."""
    if len(key) > LONGEST:
        raise ApiError(f"Idempotency keys hold up to {LONGEST} characters.")
    row = store.sql.execute(
        "select asked, status, body from answer where account = ? and key = ?",
        (account, key),
    ).fetchone()
    if row is None:
        return None
    if row[0] != fingerprint(request):
        raise ApiError(
            "Keys for idempotent requests can only be used with the same endpoint "
            f"and parameters they were first used with. Change the key '{key}' "
            "if you meant another request.",
            kind="idempotency_error",
        )
    return int(row[1]), str(row[2])


def keep_answer(
    store: Store, account: str, key: str, request: Request, answer: tuple[int, str]
) -> None:
    store.sql.execute(
        "insert into answer (account, key, asked, status, body) values (?, ?, ?, ?, ?)",
        (account, key, fingerprint(request), *answer),
    )
