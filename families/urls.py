"""Addresses of the family space."""

from django.urls import path

from families.views import (
    account,
    changes,
    child_contacts,
    child_file,
    custody,
    documents,
    erasure,
    expected,
    family,
    file_requests,
    household,
    invitations,
    linking,
    my_data,
    proofs,
    terms,
    tracking,
)

ONE = "<uuid:public_id>/"
CHILD, EXPECTED = f"children/{ONE}", "children/expected/"
CHILD_PAGES = (
    ("photo/", child_file.photo, "child-photo"),
    ("photo/remove/", child_file.photo_remove, "child-photo-remove"),
    ("photo/picture/", child_file.photo_picture, "child-photo-picture"),
    ("insurance/", child_file.insurance, "child-insurance"),
    ("health/", child_file.health, "child-health"),
    ("authorisations/", child_file.authorisations, "child-authorisations"),
    (
        "authorisations/print/",
        child_file.authorisations_print,
        "child-authorisations-print",
    ),
    ("people/", child_contacts.contacts, "child-contacts"),
    ("people/new/", child_contacts.contact_add, "child-contact-add"),
    ("people/<uuid:contact_id>/", child_contacts.contact, "child-contact"),
    (
        "people/<uuid:contact_id>/remove/",
        child_contacts.contact_remove,
        "child-contact-remove",
    ),
)

app_name = "families"
urlpatterns = [
    path("", family.home, name="home"),
    path("terms/", terms.terms, name="terms"),
    path("account/close/", account.account_close, name="account-close"),
    path("account/closed/", account.account_closed, name="account-closed"),
    path("account/data/", my_data.my_data, name="my-data"),
    path("account/data/file/", my_data.my_data_file, name="my-data-file"),
    path("account/erasure/", erasure.erasure, name="erasure"),
    path(
        "account/erasure/withdraw/", erasure.erasure_withdraw, name="erasure-withdraw"
    ),
    path("address/", family.address, name="address"),
    path("children/", family.children, name="children"),
    path("children/new/", family.child_add, name="child-add"),
    path(EXPECTED, expected.expected_add, name="expected-add"),
    path(f"{EXPECTED}{ONE}", expected.expected, name="expected"),
    path(f"{EXPECTED}{ONE}change/", expected.expected_change, name="expected-change"),
    path(f"{EXPECTED}{ONE}birth/", expected.birth, name="birth"),
    path(f"{EXPECTED}{ONE}remove/", expected.expected_remove, name="expected-remove"),
    path(CHILD, child_file.child, name="child"),
    path(f"{CHILD}identity/", family.identity, name="child-identity"),
    *(path(CHILD + page, view, name=name) for page, view, name in CHILD_PAGES),
    path(f"{CHILD}custody/", custody.custody, name="custody"),
    path(f"{CHILD}custody/propose/", custody.custody_propose, name="custody-propose"),
    path("household/", household.household, name="household"),
    path("households/", household.households, name="households"),
    path("household/leave/", household.leave, name="leave"),
    path("household/leave/now/", household.leave_now, name="leave-now"),
    path(
        "household/adults/<uuid:public_id>/remove/",
        household.adult_remove,
        name="adult-remove",
    ),
    path("household/invite/<slug:kind>/", invitations.invite_adult, name="invite"),
    path(
        "household/invitations/<uuid:public_id>/withdraw/",
        invitations.withdraw,
        name="invitation-withdraw",
    ),
    path("household/invited/<uuid:public_id>/", invitations.invited, name="invited"),
    path("invitations/<slug:token>/", invitations.invitation, name="invitation"),
    path("changes/", changes.changes, name="changes"),
    path(
        "changes/<uuid:public_id>/withdraw/",
        changes.change_withdraw,
        name="change-withdraw",
    ),
    path("review/", changes.review, name="review"),
    path("proofs/", proofs.proofs, name="proofs"),
    path("proofs/new/<uuid:public_id>/", proofs.proof_add, name="proof-add"),
    path(
        "proofs/<uuid:public_id>/withdraw/",
        proofs.proof_withdraw,
        name="proof-withdraw",
    ),
    path("proofs/<uuid:public_id>/", proofs.proof, name="proof"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<uuid:public_id>/", proofs.document, name="document"),
    path("link/", linking.known_file, name="link"),
    path("link/<slug:method>/", linking.link_by, name="link-by"),
    path("file-request/", file_requests.file_request_new, name="file-request-new"),
    path(
        "file-request/<uuid:public_id>/",
        file_requests.file_request,
        name="file-request",
    ),
]
# Open to all, beside the family space.
tracking_urls = ([path("", tracking.track, name="track")], "tracking")
