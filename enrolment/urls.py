"""Addresses of enrolment in the family space."""

from django.urls import include, path

from enrolment.views import request_start, request_steps, requests

REQUEST = "<uuid:public_id>/"
PROOF = f"{REQUEST}proofs/<uuid:requirement_id>/"

request_urls = [
    path("", requests.requests, name="requests"),
    path("new/", request_start.start, name="request-new"),
    path(REQUEST, requests.detail, name="request"),
    path(f"{REQUEST}withdraw/", requests.withdraw, name="request-withdraw"),
    path(f"{REQUEST}situation/", request_steps.situation, name="request-situation"),
    path(f"{REQUEST}proofs/", request_steps.proofs, name="request-proofs"),
    path(PROOF, request_steps.proof, name="request-proof"),
    path(
        f"{PROOF}documents/<uuid:document_id>/remove/",
        request_steps.document_remove,
        name="request-document-remove",
    ),
    path(f"{REQUEST}check/", request_steps.check, name="request-check"),
    path(f"{REQUEST}sent/", request_steps.sent, name="request-sent"),
]

app_name = "enrolment"
urlpatterns = [
    path("requests/", include(request_urls)),
]
