"""What nobody pastes but somebody could: it is answered like any other, and at once."""

import signal

import pytest

from editorial.desk.text import pasted

# Characters: the box takes far more than any reference has.
FAR_TOO_MANY = 200_000


@pytest.fixture(autouse=True)
def at_once():
    """A pattern that tries every way to read a text would go on for minutes."""

    def late(*_):
        raise TimeoutError("A text that was pasted keeps the desk busy.")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(5)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    "text",
    [
        f"x/10.{'?' * FAR_TOO_MANY}\nx",
        f"www.{'.' * FAR_TOO_MANY} x",
        f"https://{'a.' * FAR_TOO_MANY} x",
    ],
    ids=["a DOI of question marks", "an address of dots", "an address of hosts"],
)
def test_a_very_long_text_is_read_as_far_as_a_reference_goes(text):
    assert pasted.read(text).ids == {}


def test_a_reference_at_the_beginning_of_a_long_text_is_still_found():
    text = "Shore EM, 2002. PMID: 11784876. " + "word " * FAR_TOO_MANY

    assert pasted.read(text).ids == {"pmid": "11784876"}
