"""The household's screens in the back office: people, sharing, standing, custody."""

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from families.views.staff import custody, households, standing

ADULT = "adults/<uuid:person>/"
CHILD = "children/<uuid:child>/"
CUSTODY = f"{CHILD}custody/<uuid:custody>/"

one_household = [
    path("", households.household, name="household"),
    path(f"{ADULT}remove/", households.adult_remove, name="adult-remove"),
    path(f"{ADULT}responsible/", households.adult_responsible, name="responsible"),
    path(f"{CHILD}share/", households.child_share, name="child-share"),
    path(f"{CHILD}seen/", households.child_seen, name="child-seen"),
    path(f"{CHILD}end/", households.child_end, name="child-end"),
    path(f"{CHILD}custody/", custody.custody, name="custody"),
    path(f"{CHILD}custody/new/", custody.custody_new, name="custody-new"),
    path(f"{CUSTODY}end/", custody.custody_end, name="custody-end"),
    path(f"{CUSTODY}accept/", custody.custody_accept, name="custody-accept"),
    path(f"{CUSTODY}refuse/", custody.custody_refuse, name="custody-refuse"),
    path("quotient/", standing.quotient_new, name="quotient-new"),
    path("residence/", standing.residence_new, name="residence-new"),
    path("regime/", standing.regime_new, name="regime-new"),
    path("end/<slug:what>/", standing.standing_end, name="standing-end"),
]
staff_urls = (
    [path("<uuid:public_id>/", include(one_household))],
    "households_staff",
)


@hooks.register("register_admin_urls")
def register_household_urls() -> Sequence[URLPattern | URLResolver]:
    """Put the screens under the back office; the file's page leads to them."""
    return [path("households/", include(staff_urls))]
