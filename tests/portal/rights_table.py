"""What each page and each list of the back office is limited by.

Every address with a public identifier is tried besides, by two limited clerks, in
tests/hostile/test_probe.py: what stands here says what must open, too.
"""

from typing import Any

from billing.models import AidGrant, BillingRun, DirectDebitBatch, Invoice, Regie
from catalog.models import (
    Activity,
    Closure,
    SeasonCopy,
    Service,
    Session,
    Tariff,
    TariffVersion,
)
from enrolment.models import AccessRequest, Booking
from families.models import Child, Document, Household, Proof

# What a record is limited by; a régie asks for every school besides.
BY_DEPARTMENT, BY_BOTH, BY_REGIE = "department", "department and school", "régie"

# Name of the page, what its record is limited by, and how it is opened.
PAGES: list[tuple[str, str, Any, str]] = [
    ("enrolment_review:review", BY_BOTH, "request", "get"),
    ("enrolment_review:document", BY_BOTH, "document", "get"),
    ("enrolment_review:refuse", BY_BOTH, "request", "post"),
    ("enrolment_review:more", BY_BOTH, "request", "post"),
    ("enrolment_review:accept", BY_BOTH, "request", "post"),
    ("enrolment_day:attendance", BY_BOTH, "booking", "post"),
    ("enrolment_day:collected", BY_BOTH, "booking", "post"),
    ("billing_staff:invoice", BY_BOTH, "invoice", "get"),
    ("billing_staff:invoice-cash", BY_BOTH, "invoice", "post"),
    ("billing_staff:invoice-give-back", BY_BOTH, "invoice", "get"),
    ("billing_staff:run", BY_REGIE, "run", "get"),
    ("billing_staff:run-issue", BY_REGIE, "run", "post"),
    ("billing_staff:run-cancel", BY_REGIE, "run", "post"),
    ("billing_staff:batch", BY_REGIE, "batch", "get"),
    ("billing_staff:batch-confirm", BY_REGIE, "batch", "post"),
    ("catalog_staff:cancel_session", BY_DEPARTMENT, "session", "get"),
    ("catalog_staff:checklist", BY_DEPARTMENT, "service", "get"),
    ("catalog_staff:preview", BY_DEPARTMENT, "service", "get"),
    ("catalog_staff:version", BY_DEPARTMENT, "version", "get"),
    ("catalog_staff:publish_version", BY_DEPARTMENT, "version", "get"),
    ("catalog_staff:new_version", BY_DEPARTMENT, "tariff", "get"),
    ("catalog_staff:edit_version", BY_DEPARTMENT, "version", "get"),
    ("catalog_staff:delete_version", BY_DEPARTMENT, "version", "post"),
    ("catalog_staff:undo_season", BY_DEPARTMENT, "copy", "post"),
    ("tariff_replays:ask", BY_DEPARTMENT, "version", "get"),
    ("enrolment_review:proof-accept", BY_BOTH, ("request", "proof"), "post"),
    ("enrolment_review:proof-refuse", BY_BOTH, ("request", "proof"), "post"),
    ("enrolment_absences:absence", BY_BOTH, "absence", "get"),
    ("enrolment_absences:refuse", BY_BOTH, "absence", "post"),
    ("enrolment_absences:accept", BY_BOTH, "absence", "post"),
    ("billing_staff:aid-grant", BY_BOTH, "household", "get"),
    ("billing_staff:aid-end", BY_BOTH, "grant", "get"),
    ("billing_staff:regie-taxes", BY_REGIE, "regie", "get"),
    ("billing_staff:regie-services", BY_REGIE, "regie", "get"),
    ("children_staff:child", BY_BOTH, "child", "get"),
    ("households_staff:household", BY_BOTH, "household", "get"),
    ("families_staff:file", BY_BOTH, "household", "get"),
]
# Pages of Wagtail, found by the number of a record: each of them, for each of these.
BY_NUMBER = {
    "services": "service",
    "activities": "activity",
    "sessions": "session",
    "closures": "closure",
}
NUMBERED = ("edit", "delete", "history", "history_results", "usage")
PAGES += [
    (f"{name}:{page}", BY_DEPARTMENT, key, "get")
    for name, key in BY_NUMBER.items()
    for page in NUMBERED
]
# Records that no department owns: a permission opens their list, in any part of the
# town. Who sees the whole town changes them, but for those of `ANYBODYS`.
OF_THE_WHOLE_TOWN = {
    "communes": "where the town is",
    "schools": "what families choose from",
    "departments": "the limits themselves",
    "sign-in-services": "how everybody signs in",
    "meal-types": "written in the children's files",
    "authorisation-kinds": "written in the children's files",
    "shared-places": "a room that departments share",
    "proof-types": "a proof serves every service that asks for it",
    "calendar-periods": "school years and holidays",
    "ready-sentences": "words, about nobody",
    "aid-kinds": "what third parties pay, for several services",
    "wagtailusers_users": "the staff itself",
}
ANYBODYS = {"ready-sentences", "wagtailusers_users"}
READ_BY_ALL = sorted(OF_THE_WHOLE_TOWN.keys() - ANYBODYS)
# Open to those who see the whole town, and to nobody else; how it is opened.
WHOLE_TOWN_ONLY = [
    *((f"{name}:add", method) for name in READ_BY_ALL for method in ("get", "post")),
    ("townhall_settings", "get"),
    ("catalog_staff:add_school_year", "get"),
    ("families_changes:rules", "post"),
    ("classes_staff:classes", "get"),
    ("classes_staff:move", "post"),
    ("families_terms:index", "get"),
    ("families_terms:publish", "post"),
    ("families_import:imports", "get"),
    ("families_import:import-new", "get"),
    ("families_requests:requests", "get"),
    ("families_erasure:requests", "get"),
    ("families_retention:retention", "get"),
    ("families_retention:families", "get"),
]
# Open to administrators, who have every right.
ADMINISTRATORS_ONLY = [
    ("townhall_configuration", "get"),
    ("townhall_configuration_put_in", "post"),
    ("townhall_configuration_export", "post"),
]
# Name of the list, what its rows are limited by, what of a row is written in it.
LISTS = [
    ("enrolment_review:queue", BY_BOTH, "request", "tracking_number"),
    ("billing_staff:invoices", BY_BOTH, "invoice", "reference"),
    ("billing_staff:runs", BY_REGIE, "run", "public_id"),
    ("billing_staff:run-new", BY_REGIE, "regie", "name"),
    ("billing_staff:batches", BY_REGIE, "batch", "message_id"),
    ("services:index", BY_DEPARTMENT, "service", "name"),
    ("activities:index", BY_DEPARTMENT, "activity", "name"),
    ("activities:add", BY_DEPARTMENT, "service", "name"),
    ("sessions:index", BY_DEPARTMENT, "activity", "name"),
    ("catalog_staff:make_sessions", BY_DEPARTMENT, "dated", "name"),
    ("catalog_staff:copy_season", BY_DEPARTMENT, "service", "name"),
    ("catalog_staff:tariffs", BY_DEPARTMENT, "tariff", "name"),
    ("enrolment_day:day", BY_DEPARTMENT, "activity", "name"),
    ("enrolment_review:figures", BY_BOTH, "service", "name"),
    ("enrolment_review:figures-file", BY_BOTH, "service", "name"),
    ("enrolment_absences:queue", BY_BOTH, "absence", "public_id"),
    ("closures:index", BY_DEPARTMENT, "closure", "reason"),
    ("catalog_staff:copy_season", BY_DEPARTMENT, "copy", "public_id"),
    ("billing_staff:regies", BY_REGIE, "regie", "name"),
]


RECORDS: list[tuple[Any, str, str]] = [
    (Household, BY_BOTH, "household"),
    (Child, BY_BOTH, "child"),
    (Proof, BY_BOTH, "proof"),
    (Document, BY_BOTH, "document"),
    (AccessRequest, BY_BOTH, "request"),
    (Booking, BY_BOTH, "booking"),
    (Invoice, BY_BOTH, "invoice"),
    (Service, BY_DEPARTMENT, "service"),
    (Activity, BY_DEPARTMENT, "activity"),
    (Session, BY_DEPARTMENT, "session"),
    (Tariff, BY_DEPARTMENT, "tariff"),
    (TariffVersion, BY_DEPARTMENT, "version"),
    (Regie, BY_REGIE, "regie"),
    (BillingRun, BY_REGIE, "run"),
    (DirectDebitBatch, BY_REGIE, "batch"),
    (Closure, BY_DEPARTMENT, "closure"),
    (SeasonCopy, BY_DEPARTMENT, "copy"),
    (AidGrant, BY_BOTH, "grant"),
]
