"""Where a sentence ends."""

import pytest

from editorial import sentences


@pytest.mark.parametrize(
    ("words", "parted"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("  One here  ", ["One here"]),
        ("Is it? Yes! “It is.” Good.", ["Is it?", "Yes!", "“It is.”", "Good."]),
        ("Dr. Falk, e.g. today, saw 3.5 mg. Then not.", None),
        ("It ends (here.) And goes on.", ["It ends (here.)", "And goes on."]),
        (
            "It binds activin A. A study began. Take vitamin D. It is one.",
            ["It binds activin A.", "A study began.", "Take vitamin D.", "It is one."],
        ),
        ("A study by J. Smith and A. A. Milne and A. Toms ended.", ["all"]),
        ("As J. B. S. Haldane said to I. Theodor.", ["all"]),
        ("", []),
        ("   ", []),
        ("See fig. 2 and cf. Smith et al. for more.", ["all"]),
    ],
)
def test_a_text_is_parted_at_its_sentences(words, parted):
    found = [words[start:end] for start, end in sentences.spans(words)]

    if parted is None:
        assert found == ["Dr. Falk, e.g. today, saw 3.5 mg.", "Then not."]
    elif parted == ["all"]:
        assert found == [words]
    else:
        assert found == parted
