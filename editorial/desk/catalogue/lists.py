"""The catalogue's lists: conditions, questions, reviewers and sources.

Read by everybody with a role; written through `entry` alone, deleted by nobody.
"""

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.html import format_html

from conditions import references
from conditions.models import Condition, Question, Reviewer, Source
from editorial import clock, frozen
from editorial.desk import listing
from editorial.desk.catalogue import entry, entry_forms
from editorial.desk.people import standing
from editorial.desk.rows import badge
from editorial.desk.site import roles_here
from editorial.models import ReviewerAccount
from editorial.states import Role

LIVE = Count("pages", filter=Q(pages__live_edition__isnull=False))


class EntryAdmin(listing.ListAdmin):
    """What the four lists have in common; `writers` are those of the gate."""

    writers = frozenset({Role.EDITOR})
    entry_form = entry_forms.EntryForm
    beginning = ""
    change_list_template = "editorial/catalogue/list.html"

    def changelist_view(self, request, extra_context=None):
        address = entry.address(self, "add")
        words = {"beginning": self.beginning, "add_address": address}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        return entry.add(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return entry.change(self, request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """Show our own history: the stock form saves for who may only look."""
        return entry.history(self, request, object_id)

    def has_view_permission(self, request, obj=None):
        return bool(roles_here(request))

    def has_add_permission(self, request):
        return bool(roles_here(request) & self.writers)

    def has_change_permission(self, request, obj=None):
        return bool(roles_here(request) & self.writers)


class AnsweredAdmin(EntryAdmin):
    """An entry that pages are made of: its list counts those that are live."""

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(live=LIVE)

    @admin.display(description="live pages", ordering="live")
    def live(self, row):
        return row.live


@admin.register(Condition)
class ConditionAdmin(AnsweredAdmin):
    entry_form = entry_forms.ConditionForm
    beginning = "A condition is what a summary is about: a disease or a disorder."
    list_display = ("name", "abbreviation", "codes", "live")
    search_fields = ("name", "abbreviation", "synonyms")
    search_help_text = "A name, an abbreviation or a synonym"

    @admin.display(description="identifiers")
    def codes(self, row):
        pairs = ((one["scheme"], one["value"]) for one in row.identifiers)
        return ", ".join(references.code(*pair)["text"] for pair in pairs)


@admin.register(Question)
class QuestionAdmin(AnsweredAdmin):
    entry_form = entry_forms.QuestionForm
    beginning = "A question is asked of every condition; its answers are the pages."
    list_display = ("asked", "review", "signatures_required", "fewest_sources", "live")
    search_fields = ("pattern", "slug")
    search_help_text = "Words of the question"

    @admin.display(description="question", ordering="pattern")
    def asked(self, row):
        return str(row)

    @admin.display(description="reviewed", ordering="review_interval_months")
    def review(self, row):
        return f"every {row.review_interval_months} months"


@admin.register(Reviewer)
class ReviewerAdmin(EntryAdmin):
    entry_form = entry_forms.ReviewerForm
    beginning = "A reviewer is the public byline of a person who signs."
    list_display = ("__str__", "profession", "affiliation", "credential")
    search_fields = ("printed_name", "profession", "affiliation")
    search_help_text = "A name, a profession or an affiliation"

    def get_queryset(self, request):
        mine = ReviewerAccount.objects.filter(reviewer=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                paired=Subquery(mine.values("user__username")[:1]),
                verified_at=Subquery(mine.values("verified_at")[:1]),
                expires_on=Subquery(mine.values("expires_on")[:1]),
            )
        )

    @admin.display(ordering="expires_on")
    def credential(self, row):
        verified = row.verified_at and row.expires_on
        return standing.badge(row.paired, verified, clock.today())


class RetractedFilter(admin.SimpleListFilter):
    title, parameter_name = "retraction", "retracted"

    def lookups(self, request, model_admin):
        return [("yes", "Retracted"), ("no", "Not retracted")]

    def queryset(self, request, queryset):
        stands = {"yes": False, "no": True}.get(self.value())
        if stands is None:
            return queryset
        return queryset.filter(retracted_on__isnull=stands)


class CitedFilter(admin.SimpleListFilter):
    title, parameter_name = "citations", "cited"

    def lookups(self, request, model_admin):
        return [("yes", "Cited somewhere"), ("no", "Cited nowhere")]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        drafts, live = cited_here(request)
        return queryset.filter(
            pk__in=[
                pk
                for pk, key in Source.objects.values_list("pk", "key")
                if (key in drafts or key in live) == (self.value() == "yes")
            ]
        )


def cited_here(request):
    """Return what `frozen.cited` counts, read once a request."""
    if not hasattr(request, "desk_cited"):
        request.desk_cited = frozen.cited()
    return request.desk_cited


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    writers = frozenset({Role.EDITOR, Role.WRITER})
    entry_form = entry_forms.SourceForm
    beginning = "A source is one reference that texts cite by its key."
    list_display = ("titled", "key", "year", "kind", "cited_by")
    list_filter = ("kind", CitedFilter, RetractedFilter)
    search_fields = ("key", "title", "authors", "container", "pmid", "doi", "nct")
    search_help_text = "A key, an identifier, words of the title, an author"

    def get_changelist_instance(self, request):
        """Say of each source shown how many texts and live pages cite it."""
        changelist, (drafts, live) = (
            super().get_changelist_instance(request),
            cited_here(request),
        )
        for row in changelist.result_list:
            row.drafts, row.live = drafts[row.key], live[row.key]
        return changelist

    @admin.display(description="title", ordering="title")
    def titled(self, row):
        if not row.retracted_on:
            return row.title
        return format_html("{} {}", row.title, badge("Retracted", "bad"))

    @admin.display(description="cited by")
    def cited_by(self, row):
        if not row.drafts and not row.live:
            return "nothing"
        texts = "1 text" if row.drafts == 1 else f"{row.drafts} texts"
        return f"{texts}, {row.live} live"
