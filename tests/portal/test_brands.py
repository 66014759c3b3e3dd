"""A town and the body it belongs to, each with its logo on every page."""

import pytest
from django.core.files.base import ContentFile
from django.forms.models import model_to_dict
from django_tenants.utils import tenant_context

from portal.demo.logos import give_logos
from tenants.townhall.forms import TownSettingsForm
from tenants.townhall.models import TownSettings
from tenants.townhall.queries import forget_town_settings
from tests.families.builders import browser


@pytest.fixture
def about(rochebelle, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with tenant_context(rochebelle):
        about = TownSettings.objects.get()
        about.second_name = "Métropole du Canal"
        about.save()
        forget_town_settings()
    return about


def test_the_second_name_is_written_then_drawn_beside_the_first(about, rochebelle):
    written = browser().get("/accounts/login/").content.decode()
    with tenant_context(rochebelle):
        about.second_logo.save("body.png", ContentFile(b"png"))
        forget_town_settings()
    drawn = browser().get("/accounts/login/").content.decode()

    assert "Métropole du Canal" in written
    assert 'alt="Métropole du Canal"' not in written
    assert 'alt="Métropole du Canal"' in drawn


def test_a_logo_needs_the_name_that_is_read_aloud(rochebelle):
    with tenant_context(rochebelle):
        about = TownSettings.objects.get()
        about.second_logo = "brand/body.png"
        form = form_of(about, second_name="")
        named = form_of(about, second_name="Métropole du Canal")

    assert list(form.errors) == ["second_name"]
    assert named.is_valid(), named.errors


def test_the_demo_draws_both(about, rochebelle):
    with tenant_context(rochebelle):
        give_logos(TownSettings.objects.get())
        known = TownSettings.objects.get()

    assert known.logo.size > 0
    assert known.second_logo.size > 0


def form_of(about, **changed):

    fields = TownSettingsForm.Meta.fields
    known = model_to_dict(about, fields).items()
    answers = {k: v for k, v in known if v or v == 0}
    answers |= {"logo": "", "second_logo": ""}
    return TownSettingsForm(answers | changed, instance=about)
