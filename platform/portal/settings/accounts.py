"""Signing in: django-allauth, by e-mail address, confirmed by a one-time link."""

from portal.settings.env import text

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_RULES}.UserAttributeSimilarityValidator"},
    {"NAME": "portal.passwords.TownRuleValidator"},
    {"NAME": "portal.passwords.KnownPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"

ACCOUNT_ADAPTER = "portal.accounts.PreauAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# One password field: the button beside it shows what was typed.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "families.forms.SignUpForm"
ACCOUNT_FORMS = {
    "login": "portal.sign_in.forms.GuardedSignInForm",
    "signup": "portal.account_forms.CreateAccountForm",
    "reset_password": "portal.account_forms.AskResetForm",
    "reset_password_from_key": "portal.account_forms.ResetForm",
    "set_password": "portal.account_forms.FirstPasswordForm",
    "change_password": "portal.account_forms.NewPasswordForm",
    "reauthenticate": "portal.account_forms.ProveWithPasswordForm",
    "add_email": "portal.account_forms.NewAddressForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Stored one-time keys: the signed variant would open the same link in another town.
ACCOUNT_EMAIL_CONFIRMATION_HMAC = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# One address per account: a new one replaces it once confirmed, and the former one
# is told. So is every change of the password.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Long enough to copy an account number without being asked twice.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "portal.accounts.TownTokenGenerator"  # noqa: S105 - a class.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

MFA_ADAPTER = "portal.sign_in.second_factor.TownMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "portal.sign_in.passkeys.AddPasskeyForm",
    "edit_webauthn": "portal.sign_in.passkeys.RenamePasskeyForm",
    "authenticate_webauthn": "portal.sign_in.passkeys.UsePasskeyForm",
    "login_webauthn": "portal.sign_in.passkeys.SignInWithPasskeyForm",
    "reauthenticate_webauthn": "portal.sign_in.passkeys.ProveWithPasskeyForm",
}

# By account: five tries in five minutes. By network address, which many people share:
# ten in ten minutes, then each try must prove that no robot sends it.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/5m/key",
    "login_failed_here": "5/5m/key",
    "login_failed_from": "10/10m/ip",
    "reset_password": "60/h/ip,3/15m/key",
    "confirm_email": "1/3m/key",
}
KNOWN_BROWSER_COOKIE = "known"

# A session left alone ends; that of staff sooner.
IDLE_MINUTES = int(text("PREAU_IDLE_MINUTES", "240"))
STAFF_IDLE_MINUTES = int(text("PREAU_STAFF_IDLE_MINUTES", "60"))

SOCIALACCOUNT_ADAPTER = "portal.sign_in.links.TownSocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "portal.sign_in.forms.ServiceSignUpForm"}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "portal.sign_in.openid.TownOpenIDProvider"}
}
# The link that leads there is checked by its own view.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = True
# Only a test or a demo speaks to a service on its own machine.
SIGN_IN_SERVICES_MAY_BE_LOCAL = False
