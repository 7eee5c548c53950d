"""What is typed, who may be asked to do something, and how late they are."""

from hypothesis import strategies as st

from tests.state_machine.terms import EDITOR, REVIEWER, WRITER

NOTE = "Added the long-term results."
SHORTS = ("", "A rare disorder.", "A rare disorder of bone.")
BODIES = {
    "": frozenset(),
    "Nothing is cited here.": frozenset(),
    "It is rare [@gard-poh].": frozenset({"gard-poh"}),
    "Mostly inherited [@pmid:11784876].": frozenset({"pmid:11784876"}),
    "Both do [@pmid:11784876; @gard-poh].": frozenset({"pmid:11784876", "gard-poh"}),
    "Nobody knows it [@pmid:1].": frozenset({"pmid:1"}),
}
GOOD = (
    (SHORTS[1], [*BODIES][2]),
    (SHORTS[2], [*BODIES][4]),
    (SHORTS[1], [*BODIES][3]),
)
KNOWN = frozenset({"pmid:11784876", "gard-poh"})
NAMES = {
    "tomas": {WRITER},
    "lea": {WRITER},
    "bo": {WRITER, REVIEWER},
    "ines": {REVIEWER},
    "jon": {REVIEWER},
    "olga": {REVIEWER},  # whose credential lapses soon
    "vera": {REVIEWER},  # never verified
    "maren": {EDITOR},
    "eva": {EDITOR, REVIEWER},
    "people": set(),  # the superuser
    "root": {WRITER, REVIEWER, EDITOR},  # a superuser with every role
    "gone": {WRITER, REVIEWER},  # whose account is shut
    "guest": set(),
}
AT_WORK = ("tomas", "ines", "maren", "bo", "eva", "lea", "jon")
people = st.sampled_from(sorted(NAMES))
# Those who can do something, more often than those who can do nothing.
writers = st.sampled_from(("tomas", "lea", "bo", "maren") * 4 + tuple(sorted(NAMES)))
reviewers = st.sampled_from(
    ("ines", "jon", "bo", "eva", "olga") * 4 + tuple(sorted(NAMES))
)
editors = st.sampled_from(("maren", "eva") * 8 + tuple(sorted(NAMES)))
typed = st.tuples(st.sampled_from(SHORTS[1:]), st.sampled_from([*BODIES][2:5])) | (
    st.tuples(st.sampled_from(SHORTS), st.sampled_from([*BODIES]))
)
stale = st.sampled_from((0, 0, 0, 0, 1, 2))
