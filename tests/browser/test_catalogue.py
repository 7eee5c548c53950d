"""The catalogue moves on: readers are warned, and the desk says what to do."""

import pytest

from tests.browser.looking import barriers, overflow
from tests.browser.serving import demonstration

CAUSES = "What causes progressive osseous heteroplasia?"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A newsroom of its own, whose catalogue may change."""
    with demonstration(tmp_path_factory.mktemp("catalogue")) as site:
        yield site


@pytest.fixture(scope="module")
def sessions():
    return {}


def test_a_retraction_leads_from_the_source_to_a_page_signed_anew(person, stranger):
    editor = person("editor")
    editor.open("/admin/conditions/source/1/change/")

    editor.fill("Retracted on", "2026-11-20")
    editor.press("Save")

    assert editor.sees("Readers of 3 live pages are warned of the retraction from now")
    assert overflow(editor.page, 390) == 0
    assert barriers(editor, "source-retracted") == []
    stranger.open("/conditions/progressive-osseous-heteroplasia/causes/")
    assert stranger.sees("That was not known when this page was reviewed.")

    editor.follow("See what to do")
    assert editor.page.get_by_role("row").count() == 4
    assert overflow(editor.page, 390) == 0
    assert barriers(editor, "left-behind") == []

    row = editor.page.get_by_role("row").filter(has_text=CAUSES)
    row.get_by_role("link", name="Send to recheck").click()
    editor.press("Send to recheck")
    assert editor.sees("Sent to recheck.")


def test_a_changed_condition_stands_on_the_editors_home(person):
    editor = person("editor")
    editor.open("/admin/conditions/condition/2/change/")

    editor.fill("Synonyms", "stone man disease")
    editor.press("Save")
    editor.open("/admin/")

    row = editor.page.get_by_role("row").filter(has_text="condition: synonyms").first
    assert "Other words" in row.inner_text()
    assert overflow(editor.page, 390) == 0
    assert barriers(editor, "desk-of-editor-left-behind") == []
