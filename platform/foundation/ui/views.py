"""Light, dark or as the device says: a preference, kept in a cookie for a year."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.access import open_to_all

COOKIE = "preau_appearance"
CHOICES = ("auto", "light", "dark")
ONE_YEAR = 365 * 24 * 60 * 60


# Without a token in its form, a public page stays the same for everybody and can be
# cached; a forged request could at worst turn the page dark.
@open_to_all
@csrf_exempt
@require_POST
def set_appearance(request: HttpRequest) -> HttpResponse:
    """Remember the choice and go back to the page it was made on."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if safe else "/")
    choice = request.POST.get("appearance", "")
    if choice == "auto":
        response.delete_cookie(COOKIE)
    elif choice in CHOICES:
        response.set_cookie(
            COOKIE,
            choice,
            max_age=ONE_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
