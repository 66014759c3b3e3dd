"""What a service would cost this family, from its own file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from catalog.queries.public import get_service_shown
from enrolment.forms.my_prices import MyPricesForm
from enrolment.services.my_prices import Chosen, my_prices, situations_asked
from families.views.access import FamilyRequest, family_required


@require_GET
@family_required
def prices(request: FamilyRequest, code: str) -> HttpResponse:
    """Show the price of each activity for each child, on a day of their choice."""
    today = timezone.localdate()
    service = get_service_shown(code, on=today)
    situations = situations_asked(service)
    asked = "day" in request.GET
    form = MyPricesForm(
        request.GET if asked else None, situations=situations, initial={"day": today}
    )
    chosen = Chosen(today)
    if asked and form.is_valid():
        chosen = form.chosen()
        if chosen.day != today:
            service = get_service_shown(code, on=chosen.day)
    shown = not asked or form.is_valid()
    children = (
        my_prices(request.household, service, chosen, now=timezone.now())
        if shown
        else []
    )
    context = {
        "service": service,
        "form": form,
        "day": chosen.day,
        "children": children,
        "shown": shown,
    }
    return render(request, "enrolment/my_prices.html", context)
