"""Messages about data kept, copied and erased. None holds anything of a file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from families.models import DataCopy, ErasureRequest
from families.queries import addresses_of
from families.services.household_letters import write_to
from foundation.post.backends import LEAVES_NOTHING


def send_asked(request: ErasureRequest, *, obstacles: Collection[str]) -> None:
    """Tell a family that its request came, by when, and what stands in the way."""
    _to_family("erasure_asked", request, obstacles=list(obstacles))


def send_withdrawn(request: ErasureRequest) -> None:
    """Tell a family that its request was taken back."""
    _to_family("erasure_withdrawn", request)


def send_refused(request: ErasureRequest) -> None:
    """Tell a family why its file is not erased, and whom it may turn to."""
    _to_family("erasure_refused", request)


def send_erased(addresses: Iterable[str]) -> None:
    """Tell a family that all is gone; the message leaves nothing behind."""
    write_to("erasure_done", addresses, path="/", headers={LEAVES_NOTHING: "1"})


def send_to_decide(request: ErasureRequest, *, to: Iterable[str]) -> None:
    """Tell administrators that a request waits."""
    _to_staff("erasure_to_decide", request, to)


def send_due(request: ErasureRequest, *, to: Iterable[str]) -> None:
    """Tell administrators that the last day to answer is near."""
    _to_staff("erasure_due", request, to)


def send_monthly(to: Iterable[str], *, lines: Sequence[Mapping[str, Any]]) -> None:
    """Tell administrators what is kept too long, and what was erased."""
    write_to(
        "retention_monthly",
        to,
        path=reverse("families_retention:retention"),
        left=[each for each in lines if not each["erased"]],
        gone=[each for each in lines if each["erased"]],
    )


def send_copy_ready(copy: DataCopy, *, days: int) -> None:
    """Tell who the copy is for where it is; the message holds no file."""
    account = copy.person.account
    address = account.email if account else copy.person.email
    if not address:
        return
    name = "copy_ready"
    if copy.is_for_counter:
        name = "copy_at_counter"
    elif copy.reason:
        name = "copy_made_for_you"
    write_to(name, [address], path=reverse("families:my-data"), days=days)


def _to_family(name: str, request: ErasureRequest, **about: Any) -> None:
    write_to(
        name,
        addresses_of([request.household_id])[request.household_id],
        path=reverse("families:erasure"),
        request=request,
        **about,
    )


def _to_staff(name: str, request: ErasureRequest, to: Iterable[str]) -> None:
    page = reverse("families_erasure:request", args=[request.public_id])
    write_to(name, to, path=page, due_on=request.due_on)
