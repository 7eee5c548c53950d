"""The words of an answer: as long as a real one, and the same at every run."""

SENTENCES = (
    "Bone forms in places where the body does not want it, most often in muscle.",
    "The first sign is a stiff neck or a lump that appears after a fall.",
    "Doctors look at X-ray pictures, at the toes and at the family’s history.",
    "A change in one copy of a gene is enough, and most changes are new in a family.",
    "Children who have it reach their milestones, though a joint may be stiff.",
    "An injection into a muscle can start a new lump, so it is avoided.",
    "A study of 107 people followed them for 24 months and counted new bone.",
    "In that study fewer people on the medicine had new bone than those without it.",
    "Side effects were common: dry skin, hair loss and early closing of growth plates.",
    "It is not known whether the effect lasts after the medicine is stopped.",
    "Dentists plan treatment so that the jaw is not stretched.",
    "A physiotherapist can help to keep a joint moving without force.",
)
HEADINGS = (
    "What is known",
    "How it starts",
    "How it is found",
    "What research is looking at",
    "What can be done",
    "What is better left alone",
    "Living with it",
    "Where to ask",
)
SECTIONS, PARAGRAPHS, REFERENCES = 8, 7, 12


def title(number):
    return f"What is known about condition {number}?"


def short_answer(number):
    return (
        f"Condition {number} is rare. Soft parts of the body turn into bone over the "
        "years. No medicine cures it, and care aims at what hurts."
    )


def body(number):
    """The sections and then the references, as a StreamField takes them."""
    sections = [
        {"type": "section", "value": {"heading": heading, "text": text(number, place)}}
        for place, heading in enumerate(HEADINGS[:SECTIONS])
    ]
    listed = [reference(number, place) for place in range(REFERENCES)]
    return [*sections, {"type": "references", "value": listed}]


def text(number, place):
    return "".join(
        f"<p>{paragraph(number + place * PARAGRAPHS + nth)}</p>"
        for nth in range(PARAGRAPHS)
    )


def paragraph(start):
    chosen = [SENTENCES[(start * 5 + nth * 7) % len(SENTENCES)] for nth in range(4)]
    return f"<b>{chosen[0]}</b> {' '.join(chosen[1:])}"


def reference(number, place):
    return {
        "title": f"Bone where it should not be: result {place + 1} of study {number}",
        "authors": "Shore EM, Kaplan FS and others",
        "journal": "Journal of Bone and Mineral Research",
        "year": 2002 + place,
        "url": f"https://example.org/studies/{number}/{place + 1}",
    }
