"""What the families' tables hold, and whose each row is.

A row that belongs to a child goes with the child's file: both households see it. A row
that belongs to a household never shows to another one.
"""

from foundation.privacy.classes import impersonal, personal

_TOWN = (
    impersonal("families.mealtype", town="code name is_offered position"),
    impersonal(
        "families.authorisationkind",
        town="code name text minimum_age is_on_day_list is_asked position",
    ),
    impersonal(
        "families.filerules",
        town="checked answer_hours answer_unit opens_at closes_at review_month "
        "review_day reminded_season",
    ),
    impersonal(
        "families.prooftype",
        town="code name kind subject help_text template template_sha256 validity "
        "validity_months valid_until proves questions",
    ),
    impersonal("families.terms", town="number body published_at published_by"),
    impersonal("families.promotion", town="year made_at made_by undone_at undone_by"),
    impersonal(
        "families.distinct", technical="kind first second decided_by decided_at"
    ),
    impersonal(
        "families.letterrun",
        technical="state asked_by asked_at made_at letters document",
    ),
    impersonal(
        "families.familyimport",
        technical="status counts problems warnings problem_count warning_count "
        "uploaded_by uploaded_at applied_by applied_at",
    ),
    impersonal("families.retentionperiod", town="rule number is_automatic"),
    impersonal(
        "families.erasurerun",
        technical="kind state asked_by asked_at reason made_at report",
    ),
    # Removed by age: a file holds many families, and none is taken out of it.
    impersonal("families.importfile", technical="families file original_name size"),
)

_FAMILY = (
    personal(
        "families.household",
        "family",
        "household: pk",
        "emptied",
        identity="file_number",
        contact="street street_extra postal_code city country commune",
        technical="merged_into erased_at",
    ),
    personal(
        "families.person",
        "family",
        "person: pk",
        "emptied",
        identity="civility first_name last_name birth_date person_code",
        contact="email phone",
        trace="notice_seen_at of_age_declared_at",
        technical="account",
    ),
    personal(
        "families.guardian",
        "family",
        "household: household",
        "goes",
        identity="person role",
        technical="household",
    ),
    personal(
        "families.following",
        "family",
        "household: household",
        "goes",
        life="department since_on",
        technical="household",
    ),
    personal(
        "families.claimcode",
        "history",
        "household: household",
        "goes",
        sealed="index",
        trace="issued_at valid_until used_at revoked_at",
        technical="household issued_by",
    ),
    personal(
        "families.countervisit",
        "history",
        "household: household",
        "goes",
        trace="opened_file started_at ended_at ended_by",
        technical="household person clerk",
    ),
    personal(
        "families.filelink",
        "history",
        "person: person",
        "goes",
        identity="typed filled",
        trace="method linked_at ended_at end_reason",
        technical="account person household moved ended_by",
    ),
    personal(
        "families.filerequest",
        "requests",
        "account: account",
        "goes",
        contact="street street_extra postal_code city country commune phone",
        life="tracking_number status reason",
        trace="submitted_at due_at warned_of decided_at",
        technical="account household decided_by",
    ),
    personal(
        "families.filerequestmember",
        "requests",
        "account: request__account",
        "goes",
        identity="first_name last_name birth_date is_adult",
        technical="request position",
    ),
    personal(
        "families.invitation",
        "family",
        "household: household",
        "goes",
        contact="email",
        life="kind status",
        trace="invited_at answered_at",
        technical="household invited_by answered_by",
    ),
    personal(
        "families.invitationlink",
        "family",
        "household: invitation__household",
        "goes",
        sealed="digest",
        trace="sent_at expires_at",
        technical="invitation",
    ),
    personal(
        "families.signuplink",
        "account",
        "address: email",
        "goes",
        contact="email",
        sealed="digest",
        trace="asked_at valid_until sent_at used_at",
    ),
    personal(
        "families.termsacceptance",
        "account",
        "account: account",
        "emptied",
        trace="terms accepted_at address",
        technical="account",
    ),
    personal(
        "families.changerequest",
        "changes",
        "household: household",
        "goes",
        life="tracking_number",
        trace="submitted_at due_at closed_at",
        technical="household submitted_by",
    ),
    personal(
        "families.proposedvalue",
        "changes",
        "household: household",
        "goes",
        life="person child part field old new status reason",
        trace="closed_at",
        technical="request household closed_by",
    ),
    # A date and a season: it names nobody, and the database keeps it.
    personal(
        "families.filereview",
        "changes",
        "household: household",
        "stays",
        trace="at season",
        technical="household by",
    ),
    personal(
        "families.datacopy",
        "history",
        "person: person",
        "goes",
        trace="asked_at reason is_for_counter state made_at",
        technical="person asked_by file",
    ),
    personal(
        "families.erasurerequest",
        "history",
        "household: household",
        "emptied",
        life="reason",
        trace="asked_at due_on status decided_at erased_at",
        technical="household asked_by decided_by warned_at",
    ),
    # The database writes it from the rest: the words of all adults together, which
    # one of them is not given.
    personal(
        "families.searchentry",
        "family",
        "household: household",
        "goes",
        sealed="words sort_name",
        technical="household",
    ),
)

_CHILD = (
    personal(
        "families.child",
        "children",
        "child: pk",
        "emptied",
        identity="first_name last_name birth_date is_expected person_code",
        life="school other_school school_class meal_type insurance_company "
        "insurance_policy insurance_until",
        technical="merged_into",
    ),
    personal(
        "families.childmembership",
        "children",
        "household: household",
        "goes",
        life="child filiation sees_file from_on until_on",
        technical="household",
    ),
    personal(
        "families.childphoto",
        "children",
        "child: child",
        "goes",
        identity="file size",
        trace="added_at",
        technical="child sha256 added_by",
    ),
    personal(
        "families.contact",
        "children",
        "child: child",
        "goes",
        identity="name relation",
        contact="phone",
        life="may_collect is_emergency from_on until_on",
        trace="of_age_declared_at added_at removed_at",
        technical="child household position added_by",
    ),
    personal(
        "families.authorisation",
        "children",
        "child: child",
        "goes",
        life="kind text is_allowed",
        trace="given_at",
        technical="child household given_by",
    ),
    personal(
        "families.healthsheet",
        "health",
        "child: child",
        "goes",
        health="measures precautions treatments doctor_name doctor_phone "
        "vaccinations aids care_plan care_plan_measures",
        trace="updated_at",
        technical="child updated_by",
    ),
    personal(
        "families.custody",
        "children",
        "child: child",
        "goes",
        life="pattern change_weekday weekdays from_on until_on status source "
        "refusal_reason",
        technical="child household other_household recorded_by proposed_by",
    ),
    personal(
        "families.promotedchild",
        "children",
        "child: child",
        "goes",
        life="old_class new_class old_school old_other_school leaves_school",
        technical="promotion child",
    ),
)

_PROOFS = (
    personal(
        "families.proof",
        "proofs",
        "household: household",
        "goes",
        life="proof_type child person value status refusal_reason valid_from "
        "valid_until",
        trace="submitted_at reviewed_at",
        technical="household submitted_by reviewed_by warned_before",
    ),
    personal(
        "families.document",
        "proofs",
        "household: proof__household",
        "goes",
        life="file original_name content_type size pages",
        technical="proof sha256",
    ),
    personal(
        "families.residencerecord",
        "standing",
        "household: household",
        "goes",
        life="status source from_on until_on",
        technical="household proof",
    ),
    personal(
        "families.quotientrecord",
        "standing",
        "household: household",
        "goes",
        money="value kind source from_on until_on",
        technical="household proof",
    ),
    personal(
        "families.regimerecord",
        "standing",
        "household: household",
        "goes",
        life="regime source from_on until_on",
        technical="household",
    ),
)

TABLES = _TOWN + _FAMILY + _CHILD + _PROOFS
