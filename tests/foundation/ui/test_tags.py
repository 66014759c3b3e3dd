from datetime import date
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from foundation.money import Money
from foundation.periods import Period
from foundation.ui import views
from foundation.ui.templatetags import ui

NO_BREAK = "\N{NO-BREAK SPACE}"


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "currency", "expected"),
    [("fr", "EUR", f"82,80{NO_BREAK}€"), ("fr-ca", "CAD", f"82,80{NO_BREAK}$")],
)
def test_money_is_written_as_the_reader_writes_it(language, currency, expected):
    with override(language):
        assert ui.money(Money(8280, currency)) == expected
        assert ui.money(8280, currency) == expected


def test_an_amount_that_is_not_known_is_left_blank():
    assert ui.money(None) == ""


def test_days_and_months_are_written_in_words():
    with override("fr"):
        assert ui.day(date(2026, 9, 3)) == "jeudi 3 septembre 2026"
        assert ui.month(date(2026, 9, 3)) == "septembre 2026"


def test_a_period_is_shown_with_its_last_day_inside():
    period = Period(date(2026, 9, 1), date(2026, 9, 15))

    with override("en"):
        shown = ui.date_range(period)

    assert "14" in shown
    assert "15" not in shown


def test_a_period_of_one_day_is_shown_as_a_day():
    with override("en"):
        assert ui.date_range(Period.of_day(date(2026, 9, 1))) == "September 1, 2026"


def test_a_state_is_a_word_and_an_icon():
    html = render('{% status "Approved" "success" %}')

    assert "Approved" in html
    assert "#check" in html


def test_an_icon_is_silent_unless_it_is_named():
    assert 'aria-hidden="true"' in ui.icon("bell")
    assert 'aria-label="Bell &lt;"' in ui.icon("bell", "Bell <")


def test_what_a_town_types_is_escaped_in_components():
    html = render(
        "{% card title=evil meta=evil status=evil %}{{ evil }}{% endcard %}"
        "{% banner title=evil %}{{ evil }}{% endbanner %}"
        '{% include "ui/button.html" with text=evil href=evil only %}',
        evil="<script>",
    )

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 9


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/", {"q": "a&b", "page": "2"})

    html = render(
        "{% pagination page %}",
        request=request,
        page=Paginator(range(30), 10).page(2),
    )

    assert 'href="?q=a%26b&amp;page=3"' in html
    assert 'aria-current="page"' in html


def test_a_single_page_needs_no_pages():
    page = Paginator(range(3), 10).page(1)

    html = render("{% pagination page %}", request=RequestFactory().get("/"), page=page)

    assert html.strip() == ""


@pytest.mark.parametrize(
    ("name", "letters"), [("Lina", "L"), ("Jean-Marc de la Roux", "JR"), ("", "")]
)
def test_a_person_is_shown_by_one_or_two_letters(name, letters):
    assert ui.initials(name) == letters


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [("dark", "dark"), ("light", "light"), ('"><script>', "auto"), (None, "auto")],
)
def test_the_page_wears_the_appearance_that_was_chosen(cookie, expected):
    cookies = {} if cookie is None else {views.COOKIE: cookie}

    html = render("{% appearance %}", request=SimpleNamespace(COOKIES=cookies))

    assert html == expected


def test_a_choice_is_kept_in_a_cookie_and_leads_back():
    request = RequestFactory().post(
        "/", {"appearance": "dark", "next": "/my/?month=2026-09"}
    )

    response = views.set_appearance(request)

    assert response["Location"] == "/my/?month=2026-09"
    cookie = response.cookies[views.COOKIE]
    assert (cookie.value, cookie["samesite"], cookie["domain"]) == ("dark", "Lax", "")


def test_automatic_forgets_the_choice():
    response = views.set_appearance(RequestFactory().post("/", {"appearance": "auto"}))

    assert response.cookies[views.COOKIE]["max-age"] == 0


@pytest.mark.parametrize("place", ["https://elsewhere.test/", "//elsewhere.test", ""])
def test_the_switch_never_leads_to_another_site(place):
    request = RequestFactory().post("/", {"appearance": "pink", "next": place})

    response = views.set_appearance(request)

    assert response["Location"] == "/"
    assert views.COOKIE not in response.cookies
