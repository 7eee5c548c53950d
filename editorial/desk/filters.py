"""The filters of the list of summaries, which hides those set aside until asked.

`chosen` is the one place that says which summaries a word of the address means: the
queues ask it too.
"""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, Subquery

from editorial import clock, frozen, open_work
from editorial.desk import rows
from editorial.models import SignOff, Summary, User
from editorial.states import Status

NOTHING = Q(pk__in=())


class Asked(admin.SimpleListFilter):
    """A filter whose words each mean a condition on `rows.rows()`.

    Its `chosen(value, user)` is what a word means for a person; nothing, of no word.
    """

    def queryset(self, request, queryset):
        value = self.value()
        return queryset.filter(self.chosen(value, request.user)) if value else queryset


def _signed(**day):
    """Select the summaries with any such signature, which an index finds.

    Only of these is it asked what the signatures of the live edition say.
    """
    return Q(pk__in=SignOff.objects.filter(**day).order_by().values("summary"))


def _first(revisions):
    """Return the key of one of them, found in the order of their index.

    Where there is none, PostgreSQL would else read every revision to be sure of it.
    """
    return Subquery(revisions.order_by("move", "id").values("id")[:1])


class StateFilter(Asked):
    title, parameter_name = "state", "state"

    def lookups(self, request, model_admin):
        return Status.choices

    @classmethod
    def chosen(cls, value, user):
        return Q(status=value)


class PublicFilter(Asked):
    title, parameter_name = "what readers see", "public"

    def lookups(self, request, model_admin):
        return rows.PUBLIC_WORDS.items()

    @classmethod
    def chosen(cls, value, user):
        if value == rows.WITHDRAWN:
            dark = frozen.pages().filter(live_edition=None).order_by()
            return Q(pk__in=dark.values("summary_pk"), public=value)
        return Q(public=value)


class DueFilter(Asked):
    """By the day on which readers are told that the live page is reviewed again."""

    title, parameter_name = "next review", "due"
    OVERDUE, WITHIN = "overdue", ("30", "60", "90")  # days

    def lookups(self, request, model_admin):
        within = [(days, f"Due in {days} days") for days in self.WITHIN]
        return [(self.OVERDUE, "Overdue"), *within]

    @classmethod
    def chosen(cls, value, user):
        today = clock.today()
        if value == cls.OVERDUE:
            return _signed(review_due_on__lt=today) & Q(due_on__lt=today)
        if value in cls.WITHIN:
            until = today + timedelta(days=int(value))
            return _signed(review_due_on__range=(today, until)) & Q(
                due_on__range=(today, until)
            )
        return NOTHING


class LapsingFilter(Asked):
    """By the day on which the first dated statement that readers see lapses."""

    title, parameter_name = "statements", "lapsing"
    LAPSED, SOON = "lapsed", "90"

    def lookups(self, request, model_admin):
        soon = f"One lapsed, or lapses in {self.SOON} days"
        return [(self.LAPSED, "One has lapsed"), (self.SOON, soon)]

    @classmethod
    def chosen(cls, value, user):
        today = clock.today()
        if value == cls.LAPSED:
            return _signed(lapses_on__lt=today) & Q(lapses_on__lt=today)
        if value == cls.SOON:
            until = today + timedelta(days=int(value))
            return _signed(lapses_on__lte=until) & Q(lapses_on__lte=until)
        return NOTHING


class PersonFilter(Asked):
    """By a person's part in the texts: by username, or "me" with a sign before it.

    No username opens with that sign.
    """

    ME, NOBODY = ":me", ":nobody"
    words = ((ME, "Me"),)

    def lookups(self, request, model_admin):
        people = self.people().order_by("last_name", "username")
        return [*self.words, *((one.username, one.printed_name) for one in people)]

    @classmethod
    def chosen(cls, value, user):
        if value == cls.NOBODY:
            return cls.nobodys()
        me = {"pk": user.pk} if value == cls.ME else {"username": value}
        return cls.of(User.objects.filter(**me))

    @classmethod
    def nobodys(cls):
        return NOTHING


class ReviewerFilter(PersonFilter):
    title, parameter_name = "reviewer", "reviewer"
    words = (*PersonFilter.words, (PersonFilter.NOBODY, "Nobody yet"))

    def people(self):
        asked = Summary.objects.filter(assigned_reviewer=OuterRef("pk"))
        return User.objects.filter(Exists(asked))

    @classmethod
    def of(cls, people):
        return Q(assigned_reviewer__in=people)

    @classmethod
    def nobodys(cls):
        return open_work.no_reviewer()


class WriterFilter(PersonFilter):
    """Who writes the text on: was named for it, or else wrote in it or opened it."""

    title, parameter_name = "written by", "writer"
    words = (*PersonFilter.words, (PersonFilter.NOBODY, "Nobody any more"))

    def people(self):
        theirs = Summary.history.model.objects.filter(history_user=OuterRef("pk"))
        wrote = theirs.filter(wrote_text=True)
        began = theirs.filter(wrote_text=False, move="start")
        people = User.objects.alias(wrote=_first(wrote), began=_first(began))
        named = Summary.objects.filter(assigned_writer=OuterRef("pk"))
        part = Q(wrote__isnull=False) | Q(began__isnull=False) | Q(Exists(named))
        return people.filter(part)

    @classmethod
    def of(cls, people):
        return open_work.written_by(people)

    @classmethod
    def nobodys(cls):
        return open_work.no_writer() & Q(status__in=open_work.TO_WRITE)


class SignerFilter(PersonFilter):
    """Who signed last what readers see."""

    title, parameter_name = "signed by", "signer"

    def people(self):
        return User.objects.filter(
            Exists(SignOff.objects.filter(signer=OuterRef("pk")))
        )

    @classmethod
    def of(cls, people):
        return Q(signed_by__in=people.values("pk"))


class SetAsideFilter(admin.SimpleListFilter):
    title, parameter_name = "set aside", "aside"

    def lookups(self, request, model_admin):
        return [("yes", "Set aside"), ("all", "Both")]

    def choices(self, changelist):
        first, *rest = super().choices(changelist)
        return [{**first, "display": "In work"}, *rest]

    def queryset(self, request, queryset):
        match self.value():
            case "all":
                return queryset
            case "yes":
                return queryset.filter(set_aside=True)
            case _:
                return queryset.filter(set_aside=False)


# By the word that stands for each in an address.
ASKED = {
    one.parameter_name: one
    for one in (
        *(StateFilter, PublicFilter, DueFilter, LapsingFilter),
        *(ReviewerFilter, WriterFilter, SignerFilter),
    )
}
