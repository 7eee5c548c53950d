"""The filters of the list of summaries, which hides those set aside until asked."""

from django.contrib import admin
from django.db.models import Q

from editorial import clock, open_work
from editorial.desk import rows
from editorial.desk.home.waiting import SOON
from editorial.models import SignOff, Summary, User
from editorial.states import Status


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


class PublicFilter(admin.SimpleListFilter):
    title, parameter_name = "what readers see", "public"

    def lookups(self, request, model_admin):
        return rows.PUBLIC_WORDS.items()

    def queryset(self, request, queryset):
        return queryset.filter(public=self.value()) if self.value() else queryset


class DueFilter(admin.SimpleListFilter):
    """By the day on which readers are told that the live page is reviewed again."""

    title, parameter_name = "next review", "due"
    OVERDUE, IN_TIME = "overdue", "soon"

    def lookups(self, request, model_admin):
        soon = f"Due in {SOON.days} days"
        return [(self.OVERDUE, "Overdue"), (self.IN_TIME, soon)]

    def queryset(self, request, queryset):
        today = clock.today()
        match self.value():
            case None:
                return queryset
            case self.OVERDUE:
                return queryset.filter(due_on__lt=today)
            case self.IN_TIME:
                return queryset.filter(due_on__range=(today, today + SOON))
        return queryset.none()


class PersonFilter(admin.SimpleListFilter):
    """By a person's part in the texts: by username, or "me" with a sign before it.

    No username opens with that sign.
    """

    ME = ":me"
    words = ((ME, "Me"),)

    def lookups(self, request, model_admin):
        people = self.people().order_by("last_name", "username")
        return [*self.words, *((one.username, one.printed_name) for one in people)]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case self.ME:
                return self.of(queryset, User.objects.filter(pk=request.user.pk))
            case username:
                return self.of(queryset, User.objects.filter(username=username))


class ReviewerFilter(PersonFilter):
    title, parameter_name = "reviewer", "reviewer"
    NOBODY = ":nobody"
    words = (*PersonFilter.words, (NOBODY, "Nobody yet"))

    def people(self):
        return User.objects.filter(pk__in=Summary.objects.values("assigned_reviewer"))

    def of(self, queryset, people):
        if self.value() == self.NOBODY:
            return queryset.filter(open_work.no_reviewer())
        return queryset.filter(assigned_reviewer__in=people)


class WriterFilter(PersonFilter):
    """Who writes the text on: was named for it, or else wrote in it or opened it."""

    title, parameter_name = "written by", "writer"
    NOBODY = ":nobody"
    words = (*PersonFilter.words, (NOBODY, "Nobody any more"))

    def people(self):
        wrote = Q(pk__in=open_work.writing().values("history_user"))
        return User.objects.filter(
            wrote | Q(pk__in=Summary.objects.values("assigned_writer"))
        )

    def of(self, queryset, people):
        if self.value() == self.NOBODY:
            return queryset.filter(open_work.no_writer(), status__in=open_work.TO_WRITE)
        return queryset.filter(open_work.written_by(people))


class SignerFilter(PersonFilter):
    """Who signed last what readers see."""

    title, parameter_name = "signed by", "signer"

    def people(self):
        return User.objects.filter(pk__in=SignOff.objects.values("signer"))

    def of(self, queryset, people):
        return queryset.filter(signed_by__in=people.values("pk"))


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
