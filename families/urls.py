"""Addresses of the family space."""

from django.urls import path

from families.views import family, proofs

app_name = "families"
urlpatterns = [
    path("", family.home, name="home"),
    path("address/", family.address, name="address"),
    path("children/", family.children, name="children"),
    path("children/new/", family.child_add, name="child-add"),
    path("children/<uuid:public_id>/", family.child, name="child"),
    path("proofs/", proofs.proofs, name="proofs"),
    path("proofs/new/<uuid:public_id>/", proofs.proof_add, name="proof-add"),
    path(
        "proofs/<uuid:public_id>/withdraw/",
        proofs.proof_withdraw,
        name="proof-withdraw",
    ),
    path("documents/<uuid:public_id>/", proofs.document, name="document"),
]
