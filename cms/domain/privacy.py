"""What the pages of the site hold: nothing about anybody."""

from foundation.privacy.classes import impersonal

TABLES = (
    impersonal("cms.homepage", town="page_ptr welcome introduction"),
    impersonal("cms.sectionpage", town="page_ptr introduction"),
    impersonal("cms.contentpage", town="page_ptr published_on body"),
)
