"""What holds after every fault: acts whole or absent, nothing acknowledged lost."""

from conditions.models import Edition, Page, Proof, Publication
from editorial import guards, kept_rows
from editorial.models import LogEntry, SignOff, Summary

FIELDS = [field.attname for field in Summary._meta.local_fields]


def half_done():
    """Return a sentence for every act that is there in part."""
    return [
        *(fault for row in Summary.objects.all() for fault in _of_summary(row)),
        *(fault for page in Page.objects.all() for fault in _of_page(page)),
        *_of_log(),
        *guards.differences(),
    ]


def _of_log():
    """Each act and its entry stand in one transaction: neither is there alone."""
    entries = list(LogEntry.objects.order_by("number"))
    if [entry.number for entry in entries] != list(range(1, len(entries) + 1)):
        yield "the log has a gap"
    entered = {entry.row for entry in entries if entry.row}
    rows = {
        kept_rows.name(model, pk)
        for model in guards.kept_models()
        if model not in (LogEntry, Proof)
        for pk in model._base_manager.values_list("pk", flat=True)
    }
    for name in sorted(entered ^ rows):
        yield f"{name} is {'in the log alone' if name in entered else 'not in the log'}"


def _of_summary(row):
    past = list(row.history.order_by("revision"))
    if [one.revision for one in past] != list(range(1, row.revision + 1)):
        yield f"{row}: revisions {[one.revision for one in past]} of {row.revision}"
    elif any(getattr(row, name) != getattr(past[-1], name) for name in FIELDS):
        yield f"{row}: the row is not its newest revision"
    editions = _editions(row)
    if (signed := sum(one.move == "sign_off" for one in past)) != len(editions):
        yield f"{row}: {signed} sign-offs for {len(editions)} editions"
    for edition in editions:
        signatures = SignOff.objects.filter(
            summary=row,
            edition_number=edition.number,
            content_sha256=edition.content_sha256,
        )
        if signatures.count() != row.question.signatures_required:
            yield f"{row}: {signatures.count()} signatures on edition {edition.number}"
    waiting = SignOff.objects.filter(
        summary=row, edition_number__gt=len(editions)
    ).count()
    if waiting >= row.question.signatures_required:
        yield f"{row}: {waiting} signatures, and no edition"


def _editions(row):
    page = Page.objects.filter(condition=row.condition, question=row.question).first()
    return list(page.editions.order_by("number")) if page else []


def _of_page(page):
    acts = list(Publication.objects.filter(page=page).order_by("number"))
    if [act.number for act in acts] != list(range(1, len(acts) + 1)):
        yield f"{page}: publications {[act.number for act in acts]}"
    shown = acts[-1].edition_id if acts and acts[-1].kind != "withdrawn" else None
    if page.live_edition_id != shown:
        yield f"{page}: it shows {page.live_edition_id} and not {shown}"


def unpublished():
    """Return every edition that its last signature did not publish in the same act."""
    return [
        edition for edition in Edition.objects.all() if not edition.publications.all()
    ]


def lost(acknowledged):
    """Return every acknowledged act that is not there."""
    there = set(Summary.history.values_list("id", "revision"))
    sign_offs = set(SignOff.objects.values_list("pk", flat=True))
    publications = set(Publication.objects.values_list("pk", flat=True))
    return [
        act
        for act in acknowledged
        if (act.get("summary"), act.get("revision")) not in there
        or ("sign_off" in act and act["sign_off"] not in sign_offs)
        or ("publication" in act and act["publication"] not in publications)
    ]
