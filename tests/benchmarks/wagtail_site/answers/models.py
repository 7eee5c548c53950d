"""One kind of page: an answer, in sections, with its references."""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock()
    text = blocks.RichTextBlock(features=["bold", "italic", "ol", "ul", "link"])


class ReferenceBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    authors = blocks.CharBlock()
    journal = blocks.CharBlock()
    year = blocks.IntegerBlock()
    url = blocks.URLBlock()


class AnswerPage(Page):
    """A question about a condition, and what is known of it."""

    short_answer = models.TextField()
    body = StreamField(
        [
            ("section", SectionBlock()),
            ("references", blocks.ListBlock(ReferenceBlock())),
        ]
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("short_answer"),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = []
