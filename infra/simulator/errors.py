"""Refusals, in the body Stripe gives them."""

from typing import Any


class ApiError(Exception):
    """A request refused: becomes an HTTP status and an `error` body."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param

    def body(self) -> dict[str, Any]:
        facts = {
            "type": self.kind,
            "message": self.message,
            "code": self.code,
            "param": self.param,
        }
        return {"error": {k: v for k, v in facts.items() if v is not None}}


def missing(param: str) -> ApiError:
    return ApiError(
        f"Missing required param: {param}.", code="parameter_missing", param=param
    )


def unknown(param: str) -> ApiError:
    return ApiError(
        f"Received unknown parameter: {param}", code="parameter_unknown", param=param
    )


def no_such(kind: str, object_id: str, *, param: str = "id") -> ApiError:
    """Refuse an id of another account exactly as one that never existed."""
    return ApiError(
        f"No such {kind}: '{object_id}'",
        status=404,
        code="resource_missing",
        param=param,
    )


def not_simulated(param: str) -> ApiError:
    """Refuse what Stripe would take and this program would silently ignore."""
    return ApiError(
        f"Stripe knows `{param}`, the simulator does not play it yet.",
        code="not_simulated",
        param=param,
    )
