"""What a family does once a request is accepted: the clerk's own words, else ours."""

from django.utils.translation import gettext as _

from catalog.models import Service


def next_lines(service: Service) -> list[str]:
    """Return what comes next, in the clerk's words, else by what the service has.

    Empty where it is booked: the button to book says it.
    """
    own = service.once_accepted.strip()
    if own:
        return own.splitlines()
    if is_booked(service):
        return []
    step = find_next_step(service)
    if step is not None:
        return [_("Go on with the next step: %(service)s.") % {"service": step}]
    told = _(
        "There is nothing to book. %(department)s writes to you about what follows."
    )
    return [told % {"department": service.department}]


def is_booked(service: Service) -> bool:
    """Tell whether the service has something to book."""
    return service.activities.exists()


def find_next_step(service: Service) -> Service | None:
    """Return the service that children go on with, once accepted in this one."""
    return (
        Service.objects.published()
        .filter(comes_after=service)
        .order_by("position", "name")
        .first()
    )
