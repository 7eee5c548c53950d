"""One alteration for each rule of `verify`, after which that one alone is broken.

The log is written anew after most of them, as an owner could, so that hashes agree.
"""

import json

from conditions import content
from conditions.models import Edition, Publication
from editorial.models import LogEntry, SignOff, Summary
from tests.tampering.rebuilding import rebuild, run


def last():
    return LogEntry.objects.order_by("-number").first()


def rewrite(number, change):
    """Change what an entry says, and write it as the log would."""
    said = json.loads(LogEntry.objects.get(number=number).entry)
    change(said)
    text = content.canonical(said)
    run("UPDATE editorial_logentry SET entry = %s WHERE number = %s", text, number)


def draft():
    """Return the summary that was never signed."""
    signed = SignOff.objects.values("summary_id")
    return Summary.objects.exclude(pk__in=signed).get().pk


def waiting():
    """Return the sign-off that waits for another."""
    return SignOff.objects.order_by("-pk").first().pk


def resign(edition, /, **changes):
    """Write an edition's record anew, with its hash."""
    record = json.loads(edition.record) | changes
    text = content.canonical(record)
    sql = "UPDATE conditions_edition SET record = %s, record_sha256 = %s WHERE id = %s"
    run(sql, text, content.sha256(text), edition.pk)


def entry_missing():
    number = last().number
    run("UPDATE editorial_logentry SET number = number + 1 WHERE number = %s", number)
    rewrite(number + 1, lambda said: said.update(number=number + 1))
    rebuild()


def entry_text():
    entry = last()
    text = entry.entry[:-1] + " }"
    run(
        "UPDATE editorial_logentry SET entry = %s WHERE number = %s", text, entry.number
    )
    rebuild(settled=False)


def entry_columns():
    run("UPDATE editorial_logentry SET act = 'other' WHERE number = 3")


def entry_nodes():
    run("UPDATE editorial_logentry SET nodes = '' WHERE number = 3")


def row_altered():
    run("UPDATE editorial_refusedsigning SET reason = 'Other.'")


def row_added():
    run(
        "INSERT INTO editorial_refusedsigning "
        "(id, summary_id, by_id, at, reason, wrong_password) SELECT id + 1000, "
        "summary_id, by_id, at, reason, wrong_password FROM editorial_refusedsigning"
    )


def row_gone():
    run("DELETE FROM editorial_losttext")


def revisions():
    pk, number = draft(), Summary.objects.get(pk=draft()).revision
    for table in ("editorial_summary", "editorial_historicalsummary"):
        sql = f"UPDATE {table} SET revision = %s WHERE id = %s AND revision = %s"
        run(sql, number + 1, pk, number)
    rebuild()


def wrote_text():
    pk, number = draft(), Summary.objects.get(pk=draft()).revision
    for table in ("editorial_summary", "editorial_historicalsummary"):
        sql = f"UPDATE {table} SET wrote_text = %s WHERE id = %s AND revision = %s"
        run(sql, False, pk, number)
    rebuild()


def live_row():
    run("UPDATE editorial_summary SET drafting_note = 'Other.'")


def live_row_gone():
    run("DELETE FROM editorial_summary WHERE id = %s", draft())


def no_history():
    run(
        "INSERT INTO conditions_reviewer (id, slug, printed_name, post_nominals, "
        "profession, affiliation, registration_body, registration_number, orcid, "
        "biography) VALUES (1000, 'x', 'Dr X', '', 'x', '', '', '', '', '')"
    )


def sign_off_root():
    run("UPDATE editorial_signoff SET root = %s", "0" * 64)
    rebuild(roots_stay_in="editorial_signoff")


def sign_off_time():
    run("UPDATE editorial_signoff SET signed_at = '2020-05-08 10:12:00+00:00'")
    rebuild()


def sign_off_edition():
    run("UPDATE editorial_signoff SET edition_number = 7 WHERE id = %s", waiting())
    rebuild()


def sign_off_revision():
    model = Summary.history.model
    other = model._base_manager.filter(id=draft()).first().pk
    sql = "UPDATE editorial_signoff SET revision_read_id = %s WHERE id = %s"
    run(sql, other, waiting())
    rebuild()


def edition_content():
    run("UPDATE conditions_edition SET content = replace(content, 'This page', 'It')")
    rebuild()


def edition_record():
    run("UPDATE conditions_edition SET record = replace(record, 'long-term', 'short')")
    rebuild()


def edition_place():
    resign(Edition.objects.get(number=2), edition=3)
    rebuild()


def edition_numbers():
    edition = Edition.objects.get(number=2)
    resign(edition, edition=3)
    run("UPDATE conditions_edition SET number = 3 WHERE id = %s", edition.pk)
    run("UPDATE editorial_signoff SET edition_number = 3 WHERE edition_number = 2")
    rebuild()


def edition_signatures():
    edition = Edition.objects.get(number=2)
    given = json.loads(edition.record)["signatures"]
    resign(edition, signatures=[*given, given[0] | {"name": "Dr Nobody"}])
    rebuild()


def edition_unsigned():
    for table in ("conditions_question", "conditions_historicalquestion"):
        run(f"UPDATE {table} SET signatures_required = 2")
    rebuild()


def edition_words():
    edition = Edition.objects.get(number=2)
    words = json.loads(edition.content)
    text = content.canonical(words | {"body": "Words that nobody signed."})
    for table in ("conditions_edition", "editorial_signoff"):
        sql = f"UPDATE {table} SET content_sha256 = %s WHERE content_sha256 = %s"
        run(sql, content.sha256(text), edition.content_sha256)
    run("UPDATE conditions_edition SET content = %s WHERE id = %s", text, edition.pk)
    resign(edition, content_sha256=content.sha256(text))
    rebuild()


def edition_facts():
    entry = LogEntry.objects.filter(act="edition").last()
    rewrite(entry.number, lambda said: said["facts"].update(record_sha256=""))
    rebuild(facts=False)


def proof():
    run("UPDATE conditions_proof SET root = %s", "0" * 64)


def proof_missing():
    run("DELETE FROM conditions_proof")


def proof_added():
    run(
        "INSERT INTO conditions_proof (id, edition_id, entry, number, size, path, "
        "root) SELECT id + 1000, edition_id + 1000, entry, number, size, path, root "
        "FROM conditions_proof"
    )


def publication_root():
    run("UPDATE conditions_publication SET root = %s", "0" * 64)
    rebuild(roots_stay_in="conditions_publication")


def publication_numbers():
    newest = Publication.objects.order_by("page", "-number").first()
    run("UPDATE conditions_publication SET number = 9 WHERE id = %s", newest.pk)
    rebuild()


def publication_edition():
    first = Publication.objects.order_by("page", "number").first()
    other = Edition.objects.exclude(page=first.page).first()
    sql = "UPDATE conditions_publication SET edition_id = %s WHERE id = %s"
    run(sql, other.pk, first.pk)
    rebuild()


def live_edition():
    run("UPDATE conditions_page SET live_edition_id = NULL")


def page_unsigned():
    row = Summary.objects.get(pk=draft())
    run(
        "INSERT INTO conditions_page (id, condition_id, question_id, language) "
        "VALUES (1000, %s, %s, 'en')",
        *(row.condition_id, row.question_id),
    )


def kept_root():
    run("DELETE FROM editorial_logentry WHERE number = %s", last().number)
