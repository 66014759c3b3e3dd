"""The address first: one way in for who has an account and who has none.

Nothing on these pages depends on what the town knows of the address. The next page is
the same for all; a message tells the rest, to the owner of the address only.
"""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from families.services.sign_up import (
    AddressTakenError,
    LinkOverError,
    ask_sign_up_link,
    find_sign_up_link,
    open_account,
)
from families.tasks import write_sign_up_link
from foundation.access import open_to_all
from foundation.town import current_tenant
from portal.account_forms import (
    OpenAccountForm,
    SignInForm,
    StartForm,
    StartLinkForm,
)
from portal.sign_up import SENT_TO, START, asks_address_first, in_a_town
from tenants.townhall.queries import town_settings


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the address; look nothing up."""
    if not asks_address_first(current_tenant()):
        return redirect("account_signup")
    form = StartForm(request.POST or None)
    if form.is_valid():
        request.session[START] = form.cleaned_data["email"]
        return redirect("account_start_next")
    return render(request, "account/start.html", {"form": form})


@open_to_all
@never_cache
@require_http_methods(["GET"])
def start_next(request: HttpRequest) -> HttpResponse:
    """Offer the password and the link, to everybody."""
    email = request.session.get(START)
    if not email or not asks_address_first(current_tenant()):
        return redirect("account_start")
    form = SignInForm(initial={"login": email}, request=request)
    return _show_next(request, email, form, _link_form(request))


@open_to_all
@never_cache
@require_POST
@rate_limit(action="signup")
def start_link(request: HttpRequest) -> HttpResponse:
    """Send the message; the answer and the work are the same for every address."""
    email = request.session.get(START)
    if not email or not asks_address_first(current_tenant()):
        return redirect("account_start")
    form = _link_form(request)
    if not form.is_valid():
        sign_in = SignInForm(initial={"login": email}, request=request)
        return _show_next(request, email, sign_in, form)
    send_start_link(request, email)
    return redirect("account_email_verification_sent")


def send_start_link(request: HttpRequest, email: str) -> None:
    """Have a message written to the address, every three minutes at most."""
    if ratelimit.consume(request, action="confirm_email", key=email):
        link = ask_sign_up_link(email=email, now=timezone.now())
        write_sign_up_link.defer(link_id=link.pk)
    request.session[SENT_TO] = email


@open_to_all
@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(["GET", "POST"])
def open_with_link(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Ask for the rest, behind the link of the message, and sign in."""
    now = timezone.now()
    link = find_sign_up_link(secret, now=now) if in_a_town() else None
    if link is None:
        return render(request, "account/start_over.html", status=404)
    form = OpenAccountForm(request.POST or None, email=link.email)
    if form.is_valid():
        try:
            account = open_account(link=link, newcomer=form.to_newcomer(), now=now)
        except AddressTakenError:
            return redirect("account_login")
        except LinkOverError:
            return render(request, "account/start_over.html", status=404)
        record_authentication(request, account, method="password", email=link.email)
        answer: HttpResponseBase = perform_login(
            request, Login(user=account, email=link.email)
        )
        return answer
    return render(
        request, "account/open_account.html", {"form": form, "email": link.email}
    )


def _link_form(request: HttpRequest) -> StartLinkForm:
    form = StartLinkForm(request.POST if request.method == "POST" else None)
    if town_settings().robot_check:
        form.check_robots(purpose="start", visitor=visitor_of(request))
    return form


def visitor_of(request: HttpRequest) -> str:
    """Return the network address of a request, as the limits count it."""
    return str(get_adapter(request).get_client_ip(request))


def _show_next(
    request: HttpRequest, email: str, sign_in: SignInForm, link: StartLinkForm
) -> HttpResponse:
    forms = {"sign_in": sign_in, "form": link, "email": email}
    return render(request, "account/start_next.html", forms)
