"""The types of pages."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, URLBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]

CONTENT = [
    ("text", RichTextBlock(features=FEATURES, label=_("Text"))),
    ("warning", CharBlock(max_length=500, label=_("Important"))),
    (
        "steps",
        ListBlock(RichTextBlock(features=["bold", "link"]), label=_("Steps")),
    ),
    (
        "links",
        ListBlock(
            StructBlock([("title", CharBlock()), ("url", URLBlock())]),
            label=_("Links"),
        ),
    ),
]


class HomePage(Page):
    """The first page of the portal; services are listed by the view around it."""

    welcome = models.CharField(_("welcome"), max_length=200, blank=True)
    introduction = RichTextField(_("introduction"), blank=True, features=FEATURES)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("welcome"),
        FieldPanel("introduction"),
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")


class SectionPage(Page):
    """A list of pages: help, news, practical information."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = ["cms.ContentPage"]
    template = "cms/section_page.html"

    class Meta:
        verbose_name = _("section")


class ContentPage(Page):
    """A text: a help page, a piece of news, a legal text."""

    published_on = models.DateField(_("date shown"), null=True, blank=True)
    body = StreamField(CONTENT, verbose_name=_("content"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["cms.HomePage", "cms.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/content_page.html"

    class Meta:
        verbose_name = _("page")
