import re
from pathlib import Path

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from foundation.ui import styleguide
from foundation.ui.shell import Link, Logo, Shell

ROOT = Path(__file__).parents[2]
OURS = [
    *ROOT.glob("platform/portal/templates/**/*.html"),
    *ROOT.glob("platform/foundation/ui/templates/**/*.html"),
]
SHELL = Shell(
    name="Val-Fleuri",
    theme_url="/theme-0123456789ab.css",
    partner=Logo("Pays des Tilleuls"),
    banner="Nothing here is real.",
    navigation=[Link("Home", "/", is_current=True), Link("Help", "/help/")],
    account=[Link("Sign out", "/out/", icon="sign-out", post=True)],
    account_name="Camille Roux",
    legal=[Link("Your data", "/data/")],
    languages=[Link("English", "/en/", lang="en"), Link("Français", "/fr/", lang="fr")],
)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def page(template="base.html", **context):
    request = RequestFactory().get("/my/")
    return render_to_string(template, {"site": SHELL, "request": request, **context})


def test_a_page_offers_to_skip_its_menus():
    html = page()

    assert 'href="#main"' in html
    assert '<main class="preau-main " id="main"' in html


def test_a_page_says_where_one_is():
    html = page()

    assert html.count('<a href="/" aria-current="page">') == 2  # Wide, and on a phone.


def test_the_town_s_colours_come_after_ours():
    html = page()

    assert html.index("build/preau.css") < html.index(SHELL.theme_url)


def test_signing_out_is_a_form_with_a_token():
    html = render_to_string(
        "base.html", {"site": SHELL}, request=RequestFactory().get("/my/")
    )

    form = html.partition('action="/out/"')[2].partition("</form>")[0]
    assert "csrfmiddlewaretoken" in form


def test_a_message_is_said_in_words_and_icon():
    message = Message(constants.ERROR, "The <file> is too large.")

    html = page(messages=[message])

    assert "The &lt;file&gt; is too large." in html
    assert "preau-banner--danger" in html
    assert 'role="alert"' in html


def test_a_form_in_error_says_so_in_the_title():
    html = page(form=styleguide.SampleForm({}))

    assert "<title>Error:" in html


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "503", "unknown_host"])
def test_an_error_page_needs_nothing_to_be_drawn(name):
    html = render_to_string(f"{name}.html")

    assert html.count("<h1") == 1


def test_the_page_of_unknown_hosts_loads_nothing():
    html = render_to_string("unknown_host.html")

    assert not re.search(r"<link|<script|<img|src=", html)


def test_the_style_guide_shows_every_component():
    html = page("styleguide.html", **styleguide.context())

    for block in ("hero", "stat", "card", "tasks", "summary", "table", "grid", "panel"):
        assert f'class="preau-{block}' in html


@pytest.mark.parametrize("template", OURS, ids=lambda path: "/".join(path.parts[-4:]))
def test_no_template_writes_style_or_script_in_the_page(template):
    source = template.read_text()

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\|safe\b", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)


def test_every_icon_that_is_named_exists():
    sprite = (ROOT / "platform/portal/static/img/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))

    named = {
        name
        for template in OURS
        for name in re.findall(
            r'{% icon "([\w-]+)"|icon="([\w-]+)"', template.read_text()
        )
        for name in name
        if name
    }

    assert named <= drawn
