"""The first sign-in of an account that the town opened."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from families.services.made_accounts import choose_credentials
from foundation.access import Audience, mark
from foundation.accounts.models import Account
from portal.made_accounts import OwnCredentialsForm
from portal.sign_up import in_a_town


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Ask for a password of one's own; nothing else opens before."""
    account = request.user
    if not isinstance(account, Account):
        return redirect("account_login")
    if not account.must_choose_password:
        return _inside()
    form = OwnCredentialsForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid() and _keep(request, account, form):
        messages.success(request, _("Your password is kept. Welcome!"))
        return _inside()
    context = {"form": form, "email": account.email}
    return render(request, "account/first_password.html", context)


mark(first_password, Audience.SIGNED_IN)


def _inside() -> HttpResponse:
    """Lead to the family's pages; on the platform's site, to its first page."""
    return redirect("families:home" if in_a_town() else "home")


def _keep(request: HttpRequest, account: Account, form: OwnCredentialsForm) -> bool:
    """Keep both; return False when somebody took the name meanwhile."""
    try:
        with transaction.atomic():
            choose_credentials(
                account=account,
                user_name=form.cleaned_data["user_name"],
                password=form.cleaned_data["password1"],
            )
    except IntegrityError:
        form.add_error("user_name", _("Somebody else has this user name."))
        return False
    update_session_auth_hash(request, account)
    record_authentication(request, account, method="password", email=account.email)
    return True
