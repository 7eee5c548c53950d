"""The review screen passage by passage: what changed, where, and what it cites."""

import re
from html import unescape

import pytest

from editorial import catalogue, changes, clock, workflow, writing
from editorial.desk.review import passages
from editorial.manuscript import Manuscript
from tests.builders import BODY, SHORT, Desk, fresh

pytestmark = pytest.mark.django_db
SAME = [f"Passage {n} says the same thing as it always did." for n in range(9)]


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def look(look):
    return lambda summary, by: look(summary, by).content.decode()


def block(page, name):
    return re.search(rf'<section[^>]* id="{name}".*?</section>', page, re.S)[0]


def words(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def revised(desk, old, new):
    """Return a live page's next text, in review: `old` was signed."""
    summary = workflow.start_revision(desk.live(body=old), by=desk.writer)
    desk.revise(summary, new)
    return workflow.submit_for_review(fresh(summary), by=desk.writer)


def paragraphs(*texts):
    return "\n\n".join(texts)


CITED = "Bone forms in soft tissue [@gard-poh]."
DOSE = "Give 5 mg a day [@pmid:11784876]."


def test_changes_are_counted_with_those_of_figures_or_negations(desk, look):
    summary = revised(
        desk,
        paragraphs(DOSE, CITED, "It is rare."),
        paragraphs(DOSE.replace("5", "50"), CITED, "It is uncommon."),
    )

    page = words(block(look(summary, desk.reviewer), "changes"))

    assert "2 passages changed, 1 with figures or negations." in page


def test_each_change_is_reached_from_a_list_and_leads_to_the_next(desk, look):
    summary = revised(
        desk,
        paragraphs(DOSE, CITED, "It is rare."),
        paragraphs(DOSE.replace("mg", "µg"), CITED, "It is uncommon."),
    )

    page = block(look(summary, desk.reviewer), "changes")

    jumps = re.search(r'<nav class="jumps".*?</nav>', page, re.S)[0]
    assert re.findall(r'href="#change-(\d)"', jumps) == ["1", "2"]
    assert "1, with a figure or a negation" in words(jumps)
    assert re.findall(r'id="change-(\d)"', page) == ["1", "2"]
    assert "Change 1 of 2 figure or negation Read change 1 Next change" in words(page)


def test_a_frame_is_explained_in_words(desk, look):
    summary = revised(desk, DOSE, DOSE.replace("Give", "Do not give"))

    page = words(block(look(summary, desk.reviewer), "changes"))

    assert "Framed is a changed figure, unit, comparison or negation" in page


def test_a_first_edition_is_said_to_be_new_and_has_no_list_of_changes(desk, look):
    page = look(desk.in_review(), desk.reviewer)

    assert "all of it is new" in words(block(page, "changes"))
    assert 'class="jumps"' not in page


def test_a_changed_passage_has_its_own_sources_beside_it_in_full(desk, look):
    summary = revised(
        desk, paragraphs(DOSE, CITED), paragraphs(DOSE.replace("5", "6"), CITED)
    )

    page = block(look(summary, desk.reviewer), "changes")

    beside = re.search(r'<ul class="cites".*?</ul>', page, re.S)[0]
    assert "1. Shore EM and others." in words(beside)
    assert "2002." in words(beside)
    assert "PMID 11784876 (opens in a new tab)" in words(beside)
    assert "Genetic and Rare Diseases" not in beside


def test_a_removed_passage_has_the_sources_that_it_cited_beside_it(desk, look):
    summary = revised(desk, paragraphs(DOSE, CITED), CITED)

    page = block(look(summary, desk.reviewer), "changes")

    margin = re.search(r'<div class="margin">.*?</div>', page, re.S)[0]
    assert "It cited:" in words(margin)
    assert 'aria-label="Sources of this removed passage"' in margin
    assert "Shore EM and others." in words(margin)
    assert "PMID 11784876 (opens in a new tab)" in words(margin)
    assert "<b>" not in margin  # its number in the old list counts no more


def test_a_passage_removed_that_cited_nothing_has_no_margin(desk, look):
    summary = revised(desk, paragraphs("It is rare.", CITED), CITED)

    assert 'class="margin"' not in block(look(summary, desk.reviewer), "changes")


def test_blank_lines_alone_are_said_to_have_changed(desk, look):
    summary = revised(desk, paragraphs(DOSE, CITED), f"{DOSE}\n\n\n{CITED}")

    page = words(block(look(summary, desk.reviewer), "changes"))

    assert "Only blank lines changed: no word, no sign." in page
    assert "Body Only blank lines changed. 2 passages not changed" in page
    assert "Nothing changed" not in page
    assert "Not changed: short answer, sources, condition" in page


def test_a_part_in_which_blank_lines_changed_says_so_beside_another(desk, look):
    summary = desk.live(body=paragraphs(DOSE, CITED))
    workflow.start_revision(summary, by=desk.writer)
    text = desk.text(f"{DOSE}\n\n\n{CITED}", SHORT + " It is rare.")
    writing.revise(summary, by=desk.writer, text=text, against=fresh(summary).revision)
    workflow.submit_for_review(fresh(summary), by=desk.writer)

    page = words(block(look(summary, desk.reviewer), "changes"))

    assert "1 passage changed." in page
    assert page.count("Only blank lines changed") == 1


def test_links_to_sources_open_in_a_tab_that_cannot_reach_back(desk, look):
    page = look(desk.in_review(), desk.reviewer)

    links = re.findall(r'<a href="https://[^>]*>', block(page, "text"))
    assert links
    assert all('target="_blank" rel="noopener noreferrer"' in link for link in links)


def test_a_retracted_source_is_marked_beside_its_passage(desk, look):
    desk.sources[0].retracted_on = clock.today()
    catalogue.save(desk.sources[0], by=desk.editor)

    page = words(block(look(desk.in_review(), desk.reviewer), "text"))

    assert f"retracted {clock.today().day} {clock.today():%B %Y}" in page


def test_the_whole_text_stands_passage_by_passage_with_its_sources(desk):
    summary = desk.draft(body=paragraphs("## Dose", DOSE, CITED, "It is rare."))

    shown = passages.whole(Manuscript(summary).content)

    assert shown[0]["label"] == "Short answer"
    numbers = [[source["number"] for source in block["sources"]] for block in shown]
    assert numbers == [[], [], [1], [2], []]
    assert "<em>soft tissue</em>" in shown[0]["html"]
    assert shown[2]["html"].startswith("<p>Give 5 mg a day")


def test_the_whole_text_is_open_where_no_change_is_shown(desk, look):
    assert "<details open>" in block(look(desk.in_review(), desk.reviewer), "text")


def test_the_whole_text_is_folded_below_its_changes(desk, look):
    summary = revised(desk, BODY, BODY + " More.")

    assert "<details>" in block(look(summary, desk.reviewer), "text")


def test_a_text_that_cannot_be_shown_has_no_passages_and_no_fault(desk, look):
    summary = desk.draft(body="A source that nobody knows [@nobody].")

    assert passages.whole(Manuscript(summary).content) == []
    assert 'id="text"' not in look(summary, desk.writer)


def test_what_did_not_change_is_folded_but_for_its_neighbours(desk):
    old = Manuscript(desk.draft(body=paragraphs(*SAME, CITED))).content
    new = {**old, "body": paragraphs(*SAME[:8], "Quite new.", SAME[8], CITED)}

    found = passages.changed(changes.against(old, new), old, new)

    (section,) = found.sections
    runs = [(run.folded, len(run.shown)) for run in section.runs]
    assert runs == [(True, 7), (False, 3), (True, 1)]


def test_a_citation_in_the_text_leads_to_the_list_of_all_sources(desk, look):
    page = look(desk.in_review(), desk.reviewer)

    assert 'href="#source-1"' in block(page, "text")
    assert '<li id="source-1">' in block(page, "sources")


def test_no_id_stands_twice_on_the_screen(desk, look):
    summary = revised(desk, BODY, paragraphs(BODY, DOSE, CITED))

    page = re.sub(r"<iframe.*?</iframe>", "", look(summary, desk.reviewer), flags=re.S)

    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
