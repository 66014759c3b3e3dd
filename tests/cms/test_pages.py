from datetime import date

import pytest
from django.test import Client

from cms.models import ContentPage, HomePage, SectionPage
from tests.catalog.views.staff_steps import HOST, administrator, fields_of, inside


@pytest.fixture
def visitor():
    return Client(headers={"host": HOST}, SERVER_NAME=HOST)


@pytest.fixture
def news(rochebelle):
    section = SectionPage(title="Actualités", slug="actualites", show_in_menus=True)
    HomePage.objects.get().add_child(instance=section)
    for day, title in ((2, "Ancienne"), (20, "Récente")):
        page = ContentPage(
            title=title, slug=title.lower(), published_on=date(2026, 11, day)
        )
        section.add_child(instance=page)
    return section


def test_the_home_page_shows_the_services_and_the_latest_news(
    rochebelle, visitor, news
):
    page = visitor.get("/").content.decode()

    assert "Cantine" in page
    assert page.index("Récente") < page.index("Ancienne")


def test_a_section_lists_its_news_with_the_latest_first(rochebelle, visitor, news):
    page = visitor.get("/actualites/").content.decode()

    assert page.index("Récente") < page.index("Ancienne")
    assert "20" in page


def test_a_page_shows_each_kind_of_block(rochebelle, visitor, news):
    page = ContentPage(
        title="Payer",
        slug="payer",
        body=[
            ("text", "<p>Un texte</p>"),
            ("warning", "Attention à la date"),
            ("steps", ["<p>Ouvrez</p>", "<p>Payez</p>"]),
            ("links", [{"title": "La CAF", "url": "https://caf.example/"}]),
        ],
    )
    news.add_child(instance=page)

    shown = visitor.get("/actualites/payer/").content.decode()

    for text in ("Un texte", "Attention à la date", "Ouvrez", "https://caf.example/"):
        assert text in shown
    assert "data-preau-print" in shown


def test_an_edited_page_is_read_at_once(rochebelle, visitor, news):
    desk = administrator(rochebelle)
    with inside(rochebelle):
        page = ContentPage.objects.get(slug="récente")
    visitor.get(f"/actualites/{page.slug}/")
    form = fields_of(desk.get(f"/admin/pages/{page.pk}/edit/"))

    desk.post(
        f"/admin/pages/{page.pk}/edit/",
        {
            **form,
            "title": "Toute neuve",
            "body-count": "0",
            "action-publish": "1",
        },
    )

    assert "Toute neuve" in visitor.get(f"/actualites/{page.slug}/").content.decode()


def test_a_section_put_in_the_menus_shows_at_once(rochebelle, visitor):
    home = HomePage.objects.get()
    desk = administrator(rochebelle)
    visitor.get("/")
    address = f"/admin/pages/add/cms/sectionpage/{home.pk}/"
    form = fields_of(desk.get(address))

    desk.post(
        address,
        {
            **form,
            "title": "Infos pratiques",
            "slug": "infos",
            "show_in_menus": "on",
            "action-publish": "1",
        },
    )

    with inside(rochebelle):
        assert SectionPage.objects.filter(slug="infos", live=True).exists()
    assert "Infos pratiques" in visitor.get("/services/").content.decode()


def test_the_home_page_asks_the_same_number_of_queries(
    rochebelle, visitor, news, django_assert_num_queries
):
    visitor.get("/")
    with django_assert_num_queries(QUERIES):
        visitor.get("/")
    with inside(rochebelle):
        for number in range(30):
            page = ContentPage(
                title=f"N {number}",
                slug=f"n-{number}",
                published_on=date(2026, 11, 1),
            )
            SectionPage.objects.get(slug="actualites").add_child(instance=page)
    visitor.get("/")

    with django_assert_num_queries(QUERIES):
        visitor.get("/")


QUERIES = 13
