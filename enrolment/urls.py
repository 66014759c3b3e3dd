"""Addresses of enrolment in the family space."""

from django.urls import include, path

from enrolment.views import (
    absences,
    basket,
    bookings,
    certificates,
    courses,
    month,
    my_prices,
    place_offers,
    request_start,
    request_steps,
    requests,
)

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
    path(f"{REQUEST}offer/", place_offers.offer, name="request-offer"),
]

booking_urls = [
    path("", bookings.bookings, name="bookings"),
    path("history/", bookings.history, name="bookings-history"),
    path("courses/<uuid:activity>/", courses.courses, name="courses"),
    path("orders/<uuid:public_id>/", bookings.order, name="order"),
    path("<uuid:public_id>/cancel/", bookings.cancel, name="booking-cancel"),
    path("<uuid:child>/<uuid:activity>/", month.month, name="month"),
    path("<uuid:child>/<uuid:activity>/check/", month.check, name="month-check"),
]
basket_urls = [
    path("", basket.basket, name="basket"),
    path("check/", basket.check, name="basket-check"),
    path("<uuid:booking>/remove/", basket.remove, name="basket-remove"),
    path("<uuid:booking>/again/", basket.hold_again, name="basket-again"),
]

absence_urls = [
    path("", absences.absence_new, name="absence-new"),
    path("<uuid:child_id>/", absences.absence, name="absence"),
]
certificate_urls = [
    path(
        f"{REQUEST}registration/",
        certificates.registration,
        name="certificate-registration",
    ),
    path(
        f"{REQUEST}attendance/", certificates.attendance, name="certificate-attendance"
    ),
]

app_name = "enrolment"
urlpatterns = [
    path("requests/", include(request_urls)),
    path("bookings/", include(booking_urls)),
    path("basket/", include(basket_urls)),
    path("absences/", include(absence_urls)),
    path("certificates/", include(certificate_urls)),
    path("prices/<slug:code>/", my_prices.prices, name="my-prices"),
]
