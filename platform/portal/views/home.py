"""The platform's own home page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.access import open_to_all
from tenants.models import Town
from tenants.queries import base_url_of


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what Préau is; in a demo, lead to its towns.

    Outside a demo the towns are not listed: who rents a portal is their business.
    """
    towns = []
    if settings.DEMO:
        found = Town.objects.open().prefetch_related("domains").order_by("name")
        towns = [{"town": town, "address": f"{base_url_of(town)}/"} for town in found]
    return render(request, "public/home.html", {"towns": towns})
