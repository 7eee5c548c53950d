"""The list of summaries, and where each of their screens is found."""

from datetime import timedelta

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from editorial import clock, roles, wanted
from editorial.desk import filters, listing, queues, rows, summary_rows
from editorial.desk.catalogue import left_behind
from editorial.desk.readers import deciding, queue
from editorial.desk.review import comments, moves, reviewing, since, ticks, timeline
from editorial.desk.site import roles_here
from editorial.desk.text import citing, kept, live, starting, writing
from editorial.models import Summary
from editorial.states import MOVES, Status

LAPSING = timedelta(days=int(filters.LapsingFilter.SOON))


def _small(words):
    return format_html('<span class="why">{}</span>', words)


@admin.register(Summary)
class SummaryAdmin(listing.ListAdmin):
    """Read by everybody with a role; written by verbs alone, deleted by nobody."""

    list_display = ("asked", "state", "readers_see", "review", "reviewer", "saved")
    list_filter = (
        filters.StateFilter,
        filters.PublicFilter,
        filters.DueFilter,
        filters.LapsingFilter,
        filters.ReviewerFilter,
        filters.WriterFilter,
        filters.SignerFilter,
        ("condition", admin.RelatedOnlyFieldListFilter),
        ("question", admin.RelatedOnlyFieldListFilter),
        filters.SetAsideFilter,
    )
    search_fields = ("condition__name", "condition__abbreviation", "question__pattern")
    search_help_text = "A condition’s name or abbreviation, or words of the question"
    ordering = ("condition__name", "question__order", "pk")
    change_list_template = "editorial/summary/list.html"
    keys_first = True

    @admin.display(description="question", ordering="condition__name")
    def asked(self, row):
        return str(row)

    @admin.display(ordering="status")
    def state(self, row):
        return rows.state_badge(row.status, set_aside=row.set_aside)

    @admin.display(description="readers see", ordering="public")
    def readers_see(self, row):
        return rows.public_badge(row.public, row.live_number)

    @admin.display(description="next review", ordering="due_on")
    def review(self, row):
        if row.due_on is None:
            return None
        day = date_format(row.due_on, "j M Y")
        if row.due_on < clock.today():
            day = format_html("{}<br> {}", rows.badge("Overdue", "bad"), day)
        return format_html("{}{}", day, _lapse(row))

    @admin.display(ordering="assigned_reviewer__last_name")
    def reviewer(self, row):
        name = "" if row.unassigned else row.assigned_reviewer.printed_name
        if row.unassigned and row.status == Status.IN_REVIEW:
            name = "nobody yet"
        said = [name] if name else []
        if row.assigned_writer:
            said.append(_small(f"written on by {row.assigned_writer.printed_name}"))
        if row.status == Status.IN_REVIEW and row.review_wanted_by:
            said.append(_small(wanted.told(row.review_wanted_by)))
        return format_html_join(
            format_html("{}<br>", " "), "{}", ((one,) for one in said)
        )

    @admin.display(description="last saved", ordering="saved_at")
    def saved(self, row):
        return format_html(
            '{} <br><time datetime="{}">{}</time>',
            row.saved_by,
            row.saved_at.isoformat(timespec="seconds"),
            date_format(clock.local(row.saved_at), "j M Y, H:i"),
        )

    def get_queryset(self, request):
        return rows.rows().order_by(*self.ordering)

    def get_changelist(self, request, **kwargs):
        return summary_rows.SummaryListing

    def get_ordering(self, request):
        """What falls due or lapses first stands first where that is asked for."""
        for asked, column in (("due", "due_on"), ("lapsing", "lapses_on")):
            if request.GET.get(asked):
                return (column, *self.ordering)
        return self.ordering

    def changelist_view(self, request, extra_context=None):
        """Lead from queue to queue, and name the one that is shown."""
        roles_held = roles_here(request)
        here = queues.asked_for(request.GET.dict(), roles_held)
        context = {"queues": queues.of(roles_held), "queue": here}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def has_view_permission(self, request, obj=None):
        return bool(roles_here(request))

    def has_add_permission(self, request):
        return bool(roles_here(request) & MOVES["start"].roles)

    def has_change_permission(self, request, obj=None):
        return bool(roles_here(request) & MOVES["revise"].roles)

    def get_urls(self):
        site = self.admin_site
        return [
            *moves.urls(site),
            *reviewing.urls(site),
            *comments.urls(site),
            *ticks.urls(site),
            *since.urls(site),
            *kept.urls(site),
            *live.urls(site),
            *citing.urls(site),
            *left_behind.urls(site),
            *queue.urls(site),
            *deciding.urls(site),
            *timeline.urls(site),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        roles.require(request.user, "start")
        return starting.start(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return writing.write(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """Show our own timeline: the stock one knows nothing of revisions."""
        return timeline.show(request, object_id)


def _lapse(row):
    """Return in words that a statement of what readers see lapses soon, or has."""
    if not row.lapses_on or row.lapses_on > clock.today() + LAPSING:
        return ""
    over = row.lapses_on < clock.today()
    said = "statement lapsed" if over else "statement lapses"
    day = date_format(row.lapses_on, "j M Y")
    return format_html('<br> <span class="why">{} {}</span>', said, day)
