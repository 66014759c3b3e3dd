"""What time alone changes: sessions expire, banks answer, refunds come back."""

from collections.abc import Callable

from infra.simulator.checkout import late_answer
from infra.simulator.desk import Desk
from infra.simulator.refunds import fail_refund
from infra.simulator.sessions import close_unpaid
from infra.simulator.store import Record

WHEN_DUE: dict[str, Callable[[Desk, Record], object]] = {
    "checkout.session": close_unpaid,
    "payment_intent": late_answer,
    "refund": fail_refund,
}


def let_time_pass(desk_of: Callable[[str], Desk], due: list[Record]) -> int:
    """Apply what is due, oldest first; return how many objects changed."""
    for record in due:
        WHEN_DUE[record.kind](desk_of(record.account), record)
    return len(due)
