"""Retrieve, list and expand: the same for every kind of object."""

from collections.abc import Callable
from typing import Any

from infra.simulator.accounts import account_body
from infra.simulator.desk import Desk
from infra.simulator.errors import ApiError, no_such, not_simulated
from infra.simulator.sessions import items_of
from infra.simulator.shapes import as_list, shaped
from infra.simulator.store import Json, Record

# Deeper than this Stripe refuses to expand.
DEEPEST = 4
CURSORS = {"limit", "starting_after", "ending_before", "expand", "created"}


def retrieve(kind: str) -> Callable[[Desk, Json, str], Json]:
    def found(desk: Desk, params: Json, object_id: str) -> Json:
        del params
        return desk.get(kind, object_id).body

    return found


def listed(kind: str, path: str, *filters: str) -> Callable[[Desk, Json], Json]:
    """Return a handler listing a kind, newest first, by equality on `filters`."""

    def page(desk: Desk, params: Json) -> Json:
        if beyond := params.keys() - CURSORS - set(filters):
            raise not_simulated(min(beyond))
        wanted = {name: params[name] for name in filters if name in params}
        records = [
            record
            for record in desk.store.of_kind(desk.account.id, kind)
            if _matches(record.body, wanted, params.get("created"))
        ]
        kept, more = _page(records, params)
        return as_list([record.body for record in kept], path, more=more)

    return page


def _matches(body: Json, wanted: Json, created: Any) -> bool:
    for name, value in wanted.items():
        if name == "types":
            if body["type"] not in value:
                return False
        elif body[name] != value:
            return False
    return created is None or _within(body["created"], created)


def _within(at: int, asked: Any) -> bool:
    if isinstance(asked, int):
        return at == asked
    tests = {
        "gt": at.__gt__,
        "gte": at.__ge__,
        "lt": at.__lt__,
        "lte": at.__le__,
    }
    return all(tests[name](bound) for name, bound in asked.items())


def _page(records: list[Record], params: Json) -> tuple[list[Record], bool]:
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise ApiError("Limit must be between 1 and 100.", param="limit")
    identities = [record.id for record in records]
    if "ending_before" in params:
        end = _position(identities, params["ending_before"], "ending_before")
        start = max(0, end - limit)
        return records[start:end], start > 0
    start = 0
    if "starting_after" in params:
        start = _position(identities, params["starting_after"], "starting_after") + 1
    return records[start : start + limit], start + limit < len(records)


def _position(identities: list[str], wanted: str, param: str) -> int:
    if wanted not in identities:
        raise no_such("object", wanted, param=param)
    return identities.index(wanted)


def own_account(desk: Desk, params: Json) -> Json:
    del params
    return shaped(account_body(desk.account))


def account(desk: Desk, params: Json, account_id: str) -> Json:
    del params
    if account_id != desk.account.id:
        raise no_such("account", account_id)
    return shaped(account_body(desk.account))


def session_items(desk: Desk, params: Json, session_id: str) -> Json:
    del params
    return items_of(desk.get("checkout.session", session_id))


def expanded(desk: Desk, answer: Json, paths: list[str]) -> Json:
    """Replace ids by the objects they name, as `expand` asks."""
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST:
            raise ApiError(f"Cannot expand more than {DEEPEST} levels.", param="expand")
        _expand(desk, answer, steps, path)
    return answer


def _expand(desk: Desk, answer: Json, steps: list[str], path: str) -> None:
    name, rest = steps[0], steps[1:]
    if answer["object"] == "list" and name == "data" and rest:
        for item in answer["data"]:
            _expand(desk, item, rest, path)
        return
    if answer["object"] == "checkout.session" and name == "line_items":
        answer[name] = items_of(desk.get("checkout.session", answer["id"]))
        return
    if name not in answer:
        raise _cannot(path)
    value = answer[name]
    if isinstance(value, str):
        found = desk.store.find(value)
        if found is None or found.account != desk.account.id:
            raise _cannot(path)
        value = answer[name] = found.body
    if rest and isinstance(value, dict) and "object" in value:
        _expand(desk, value, rest, path)


def _cannot(path: str) -> ApiError:
    return ApiError(f"This property cannot be expanded ({path}).", param="expand")
