"""What the town hall's own tables hold."""

from foundation.privacy.classes import impersonal

TABLES = (
    impersonal(
        "townhall.townsettings",
        town="name second_name brand_colour accent_colour theme_css theme_hash logo "
        "second_logo address contact_email contact_phone minimum_age "
        "legal_basis legal_notice "
        "sign_up_style robot_check password_length password_kinds password_required "
        "linking_methods file_request_hours claim_code_days temporary_password_days "
        "basket_minutes collector_age",
    ),
    impersonal("townhall.commune", town="code name postal_codes position"),
    impersonal("townhall.school", town="code name commune position"),
    impersonal("townhall.department", town="code name sender_name reply_to"),
    # Rights of clerks; nothing else is known of them than their account.
    impersonal("townhall.staffscope", town="account all_departments all_schools"),
    impersonal(
        "townhall.signinprovider",
        town="code kind label discovery_url client_id secret is_offered",
    ),
)
