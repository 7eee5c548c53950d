"""The comparison as a table in Markdown; writes nothing else."""

from statistics import median

ROWS = (
    ("clicks", "clicks", "{:.0f}"),
    ("fields typed", "fields", "{:.0f}"),
    ("pages loaded", "pages", "{:.0f}"),
    ("requests", "requests", "{:.0f}"),
    ("seconds, without the person", "wall", "{:.2f}"),
    ("seconds of the server’s processor", "cpu", "{:.2f}"),
)


def costs(ways):
    """A row for each measure of each way; `ways` has the tallies of all rounds."""
    yield "| way | " + " | ".join(name for name, _, _ in ROWS) + " |"
    yield "|---" * (1 + len(ROWS)) + "|"
    for name, tallies in ways.items():
        cells = [spread(tallies, field, form) for _, field, form in ROWS]
        yield f"| {name} | " + " | ".join(cells) + " |"


def spread(tallies, field, form):
    """The median, and the least and the most where they differ from it."""
    values = [getattr(tally, field) for tally in tallies]
    middle, least, most = map(form.format, (median(values), min(values), max(values)))
    return middle if least == most else f"{middle} ({least}–{most})"


def outcomes(trials):
    """What was tried, and what each of the two did."""
    yield "| tried | Countersign | Wagtail |"
    yield "|---|---|---|"
    for tried, ours, theirs in trials:
        yield f"| {tried} | {ours} | {theirs} |"
