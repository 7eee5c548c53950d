"""The filters of the list of summaries, which hides those set aside until asked."""

from django.contrib import admin

from editorial.desk import rows
from editorial.models import Summary, User
from editorial.states import Status


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request, model_admin):
        return [(status.value, rows.state_badge(status)) for status in Status]

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


class PublicFilter(admin.SimpleListFilter):
    title, parameter_name = "what readers see", "public"

    def lookups(self, request, model_admin):
        return [(name, rows.public_badge(name)) for name in rows.PUBLIC_WORDS]

    def queryset(self, request, queryset):
        return queryset.filter(public=self.value()) if self.value() else queryset


class ReviewerFilter(admin.SimpleListFilter):
    """By printed name; the two words open with a sign that no username has."""

    title, parameter_name = "reviewer", "reviewer"
    ME, NOBODY = ":me", ":nobody"

    def lookups(self, request, model_admin):
        held = Summary.objects.values("assigned_reviewer")
        people = User.objects.filter(pk__in=held).order_by("last_name", "username")
        return [
            (self.ME, "Me"),
            (self.NOBODY, "Nobody yet"),
            *((person.username, person.printed_name) for person in people),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case self.ME:
                return queryset.filter(assigned_reviewer=request.user)
            case self.NOBODY:
                return queryset.filter(assigned_reviewer=None)
            case username:
                return queryset.filter(assigned_reviewer__username=username)


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
