"""Work that waits for staff: what the first page of the back office counts.

An application registers a function under the hook `HOOK`, in its `wagtail_hooks`:

    @hooks.register(HOOK)
    def requests_to_review(request: HttpRequest) -> list[WaitingWork]: ...

Each gives at most a few lines, and costs at most one counting query a line.
"""

from dataclasses import dataclass

HOOK = "register_waiting_work"


@dataclass(frozen=True, slots=True)
class WaitingWork:
    """One line of the first page.

    `text` is what waits ("requests to review"), `count` how many, `href` where they
    are. Without `count` it is a remark, shown with its `hint`.
    """

    text: object
    href: str
    count: int | None = None
    hint: object = ""
    icon: str = "tasks"
    order: int = 500
