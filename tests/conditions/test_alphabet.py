import pytest

from conditions import alphabet, browsing
from conditions.models import Edition
from tests import builders
from tests.builders import Desk, tamper
from tests.readers import parse


@pytest.fixture
def desk(db):
    return Desk()


def live(desk, name, *, abbreviation="", synonyms=()):
    slug = f"condition-{name[:3].encode().hex()}"
    desk.condition = builders.make_condition(
        desk.editor,
        slug=slug,
        name=name,
        abbreviation=abbreviation,
        synonyms=list(synonyms),
    )
    desk.live()
    return f"/conditions/{slug}/"


def listed(page):
    """What stands under each letter, by its heading."""
    return {
        section.one("h2").words: [li.one("a").words for li in section.all("li")]
        for section in page.all("section", class_="letter")
    }


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
    assert alphabet.letter(name) == letter


def test_names_are_sorted_as_in_a_dictionary():
    names = ["Zoster", "ménière’s", "Meckel", "11p15", "Ehlers", "élan", "menses"]

    assert sorted(names, key=alphabet.folded) == [
        *("11p15", "Ehlers", "élan", "Meckel", "ménière’s", "menses", "Zoster")
    ]


def test_conditions_are_read_one_after_the_other_and_not_all_at_once(desk, monkeypatch):
    for name in ("alpha", "beta", "gamma"):
        live(desk, name)
    read = []
    monkeypatch.setattr(browsing, "_verified", lambda pages: read.append(pages) or [1])

    assert next(browsing.newest_of_each_condition()) == 1
    assert len(read) == 1


def test_where_the_edition_signed_last_was_altered_another_tells_the_name(desk, visit):
    live(desk, "alpha")
    desk.question = builders.make_question(
        desk.editor, slug="second", pattern="A second answer about {condition}?"
    )
    desk.live()
    last = Edition.objects.latest("pk")
    tamper(f"UPDATE conditions_edition SET content = '{{}}' WHERE id = {last.pk}")
    builders.unprint()

    assert listed(parse(visit("/conditions/"))) == {"A (1 condition)": ["Alpha"]}


def test_the_list_shows_each_condition_once_under_its_letter(desk, visit):
    for name in ("mezz disease", "Ménière’s disease"):
        address = live(desk, name)
        desk.question = builders.make_question(
            desk.editor, slug=name[:2].encode().hex(), pattern=f"{name} {{condition}}?"
        )
        desk.live()

    page = parse(visit("/conditions/"))

    assert listed(page) == {"M (2 conditions)": ["Ménière’s disease", "Mezz disease"]}
    assert page.one(class_="names").all("a")[1].attrs["href"] != address
    assert page.one(class_="lead").words.startswith("2 conditions.")


def test_every_other_name_points_to_its_condition(desk, visit):
    address = live(desk, "zebra skin", abbreviation="ZS", synonyms=["11p stripes"])

    page = parse(visit("/conditions/"))

    assert listed(page) == {
        "0–9 (1 other name)": ["11p stripes: see Zebra skin"],
        "Z (1 condition, 1 other name)": ["Zebra skin", "ZS: see Zebra skin"],
    }
    links = [
        a.attrs["href"] for names in page.all(class_="names") for a in names.all("a")
    ]
    assert links == [address] * 3


def test_every_letter_is_shown_and_one_without_a_name_is_no_link(desk, visit):
    live(desk, "mezz disease")

    letters = parse(visit("/conditions/")).one(class_="letters")

    assert letters.words == " ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert [(a.words, a.attrs["href"]) for a in letters.all("a")] == [
        ("M", "#letter-m")
    ]


def test_digits_have_a_letter_of_their_own_where_a_name_begins_so(desk, visit):
    live(desk, "mezz disease")
    live(desk, "β-thalassaemia")

    assert list(listed(parse(visit("/conditions/")))) == [
        "0–9 (1 condition)",
        "M (1 condition)",
    ]
    letters = parse(visit("/conditions/")).one(class_="letters")

    assert letters.all("li")[0].one("a").attrs["href"] == "#letter-0"
    assert len(letters.all("li")) == 27


def test_home_shows_only_letters_that_lead_somewhere(desk, visit):
    live(desk, "mezz disease")

    home = parse(visit("/"))

    links = home.one(class_="letters").all("a")
    assert [a.attrs["href"] for a in links] == ["/conditions/#letter-m"]


def test_a_site_without_a_page_says_so(db, visit):
    for address in ("/", "/conditions/"):
        assert "No page is live yet." in parse(visit(address)).text
