"""Pages that were put right, by the real verbs."""

from editorial import workflow
from tests import builders
from tests.builders import BODY, fresh, sign

NOTE = "We gave the wrong age; it is 12 years."


def correct(desk, summary, note=NOTE, kind="correction", body=f"{BODY} Corrected."):
    """Sign another text of a reviewed summary, as a correction unless told else."""
    summary = workflow.start_revision(fresh(summary), by=desk.writer)
    desk.revise(summary, body)
    workflow.submit_for_review(fresh(summary), by=desk.writer)
    sign(fresh(summary), by=desk.reviewer, change_type=kind, note=note)
    return fresh(summary)


def another(desk, name):
    """Make a live page of another condition."""
    desk.condition = builders.make_condition(desk.editor, slug=name, name=name)
    return desk.live()
