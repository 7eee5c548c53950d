import pytest

from conditions import listing
from tests import builders
from tests.builders import Desk
from tests.readers import parse


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Ménière’s disease", "M"),
        ("élan disease", "E"),
        ("Zellweger syndrome", "Z"),
        ("11p15 deletion", "0–9"),
        ("ß-syndrome", "S"),
        ("β-thalassaemia", "0–9"),
        ("", "0–9"),
    ],
)
def test_a_name_stands_under_its_letter(name, letter):
    assert listing.letter(name) == letter


def test_names_are_sorted_as_in_a_dictionary():
    names = ["Zoster", "ménière’s", "Meckel", "11p15", "Ehlers", "élan", "menses"]

    assert sorted(names, key=listing.folded) == [
        *("11p15", "Ehlers", "élan", "Meckel", "ménière’s", "menses", "Zoster")
    ]


def test_the_list_shows_each_condition_once_under_its_letter(db, visit):
    desk = Desk()
    for slug, name in (("menieres", "Ménière’s disease"), ("mezz", "mezz disease")):
        desk.condition = builders.make_condition(desk.editor, slug=slug, name=name)
        for question in ("cause", "outlook"):
            asked = {"slug": f"{slug}-{question}", "pattern": f"{slug} {question}"}
            asked["pattern"] += " {condition}?"
            desk.question = builders.make_question(desk.editor, **asked)
            desk.live()

    page = parse(visit("/conditions/"))

    names = [li.one("a").words for li in page.one(class_="names").all("li")]
    assert names == ["Ménière’s disease", "Mezz disease"]
    assert page.one("h2").words == "M"
    assert parse(visit("/")).one(class_="letters").words == "M"


def test_a_site_without_a_page_says_so(db, visit):
    for address in ("/", "/conditions/"):
        assert "No page is live yet." in parse(visit(address)).text


def test_home_shows_the_six_signed_last_the_newest_first(db, visit):
    desk = Desk()
    for number in range(7):
        asked = {"slug": f"q{number}", "pattern": f"Question {number}, {{condition}}?"}
        desk.question = builders.make_question(desk.editor, **asked)
        desk.live()

    titles = [h3.words for h3 in parse(visit("/")).all("h3")]

    assert [title[:10] for title in titles] == [
        f"Question {n}" for n in range(6, 0, -1)
    ]


def test_a_reviewers_page_shows_the_current_byline_and_what_they_signed(db, visit):
    desk = Desk()
    desk.live()

    page = parse(visit("/reviewers/ines/"))

    assert page.one("h1").words == "Dr Ines Falk, MD"
    assert page.one(class_="lead").words == (
        "Consultant in medical genetics, Example Hospital"
    )
    assert "https://orcid.org/0000-0002-1825-0097" in [
        a.attrs["href"] for a in page.all("a")
    ]
    assert len(page.one(class_="entries").all("h3")) == 1
