"""Forms built by clerks, in the back office."""

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from families.views.staff import proof_forms

ONE = "<uuid:public_id>/"

urls = [
    path(f"{ONE}questions/", proof_forms.questions, name="questions"),
    path(f"{ONE}preview/", proof_forms.preview, name="preview"),
]


@hooks.register("register_admin_urls")
def proof_form_pages() -> Sequence[URLPattern | URLResolver]:
    """Put the pages beside the types of proof."""
    return [path("proof-forms/", include((urls, "families_proof_types")))]
