"""A press of a button of the box “Cite a source”, and a new paper filled in."""

from tests.builders import BODY, SHORT, fresh

NEW = "https://doi.org/10.1038/ng1783"


def pressing(client, desk):
    """Return what presses a button of a draft's form; no press may save its text."""
    summary = desk.draft()
    client.force_login(desk.writer)

    def press(screen="change", **fields):
        place = f"/admin/editorial/summary/{summary.pk}/{screen}/"
        words = {"short_answer": SHORT, "body": BODY, "drafting": "person"}
        answer = client.post(place, {**words, "against": 1, **fields})
        assert (answer.status_code, fresh(summary).revision) == (200, 1)
        return answer

    return press


def asked(**fields):
    """The form of a new paper, filled in."""
    return {
        "add_source": 1,
        "source_search": NEW,
        "source-key": "doi:10.1038/ng1783",
        "source-doi": "10.1038/ng1783",
        "source-kind": "article",
        "source-title": "A recurrent mutation",
        "source-authors": "Shore EM and others",
        "source-container": "Nat Genet",
        "source-year": "2006",
        **{f"source-{name}": value for name, value in fields.items()},
    }
