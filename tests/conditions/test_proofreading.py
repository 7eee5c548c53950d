import pytest

from conditions.proofreading import MarkupError, proofread

NUMBERS = {"a": 1, "b": 2}
CITED = '<sup class="cite"><a href="#source-1">1</a></sup>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("> 60 years", "<p>60 years</p>"),
        ("2*3*4 mg", "<p>2<em>3</em>4 mg</p>"),
        ("2 *3* 4", "<p>2 <em>3</em> 4</p>"),
        ("x *3*4", "<p>x <em>3</em>4</p>"),
        ("2**3**4", "<p>2<strong>3</strong>4</p>"),
        ("<5 mg", "<p>5 mg</p>"),
        ("5 mg", "<p>50 mg</p>"),
        ("50 mg", "<p>5 mg</p>"),
        ("1 0 mg", "<p>10 mg</p>"),
        ("10 mg", "<p>1 0 mg</p>"),
        ("5 mg not 6", "<p>5 mg</p>"),
        ("5 mg", "<p>5 mg</p><p>5 mg</p>"),
        ("a b", "<p>b a</p>"),
        ("&lt;5", "<p>&lt;5</p>"),
        ("\\\\5", "<p>5</p>"),
        ("- 5 mg", "<p>5 mg</p>"),
        ("5 mg", "<ul><li>5 mg</li></ul>"),
        ("2019. Then", "<ol><li>Then</li></ol>"),
        ("1. a\n3. b", "<ol><li>a</li><li>b</li></ol>"),
        ("> 60 years", "<blockquote><p>60 years</p></blockquote>"),
        ("> A\n>60", "<blockquote><p>A 60</p></blockquote>"),
        ("# a", "<h2>a</h2>"),
        ("### a", "<h2>a</h2>"),
        ("[x](https://a.org/5)", '<p><a href="https://a.org/6">x</a></p>'),
        ("[x](https://a.org/ '5')", '<p><a href="https://a.org/">x</a></p>'),
        ("x [@b]", f"<p>x {CITED}</p>"),
        ("x [@a; @b]", f"<p>x {CITED}</p>"),
        ("x [@a]", "<p>x</p>"),
        ("x", f"<p>x{CITED}</p>"),
    ],
)
def test_page_that_differs_from_its_source_is_refused(source, html):
    with pytest.raises(MarkupError):
        proofread(source, html, NUMBERS)


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>1</td></tr>",
        "<tr><td>1</td><td>2</td><td>3</td></tr>",
        "<tr><td>1</td><td>3</td></tr>",
        "<tr><td>12</td><td></td></tr>",
    ],
)
def test_table_row_that_differs_from_its_source_is_refused(row):
    source = "| a | b |\n|---|---|\n| 1 | 2 |"
    head = "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>"

    with pytest.raises(MarkupError):
        proofread(source, f"{head}{row}</tbody></table>", {})


def test_page_that_shows_every_mark_passes():
    source = "## A\n\n- *5* \\* __6__ [@a][@b]\n\n> Quote\n>\n> more"
    html = (
        "<h2>A</h2><ul><li><em>5</em> * <strong>6</strong> "
        '<sup><a href="#source-1">1</a>, <a href="#source-2">2</a></sup></li></ul>'
        "<blockquote><p>Quote</p><p>more</p></blockquote>"
    )

    proofread(source, html, NUMBERS)


def test_refusal_carries_line_and_words():
    with pytest.raises(MarkupError) as refused:
        proofread("a\nb\n>60 years", "<p>a b</p><p>60 years</p>", {})

    assert refused.value.line == 3
    assert str(refused.value) == (
        "Line 3: “>60 years” would not be shown as typed; put a backslash before a "
        "mark that is to be shown."
    )


def test_refusal_of_a_whole_text_names_no_line():
    error = MarkupError("This text is too long; make it shorter.")

    assert (str(error), error.line) == ("This text is too long; make it shorter.", None)
