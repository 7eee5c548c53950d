"""The list of people: managed by superusers, read by editors, shut to all others."""

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django.contrib import admin
from django.contrib.auth import admin as stock
from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from django.utils.text import capfirst
from post_office.admin import Attachment, Email, EmailTemplate, Log

from editorial import clock
from editorial.desk import listing
from editorial.desk.people import handing_over, inviting, person, standing
from editorial.desk.rows import badge
from editorial.desk.site import roles_here
from editorial.models import User
from editorial.open_work import counts as counted
from editorial.states import Role

# The groups are the three roles, given on a person's screen: the stock screens would
# let their names and permissions be changed.
admin.site.unregister(stock.Group)
# A second factor is its owner's; addresses are kept by `accounts`. Imported from where
# they are registered: the apps of both come after ours.
admin.site.unregister((Authenticator, EmailAddress))
# Mails are shown by our own screens; their words are templates, and nobody edits one.
admin.site.unregister((Attachment, Email, EmailTemplate, Log))


class RoleFilter(admin.SimpleListFilter):
    title, parameter_name = "role", "role"
    NONE, SUPERUSER = "none", "superuser"

    def lookups(self, request, model_admin):
        return [
            *((role.name.lower(), capfirst(role.label)) for role in Role),
            (self.SUPERUSER, "Superuser"),
            (self.NONE, "No role"),
        ]

    def queryset(self, request, queryset):
        by_word = {role.name.lower(): role.value for role in Role}
        match self.value():
            case self.SUPERUSER:
                return queryset.filter(is_superuser=True)
            case self.NONE:
                held = queryset.filter(groups__name__in=Role.values)
                return queryset.filter(is_superuser=False).exclude(pk__in=held)
            case word if word in by_word:
                return queryset.filter(groups__name=by_word[word])
        return queryset


class AccountFilter(admin.SimpleListFilter):
    title, parameter_name = "account", "account"

    def lookups(self, request, model_admin):
        return [("open", "Open"), ("shut", "Shut")]

    def queryset(self, request, queryset):
        wanted = {"open": True, "shut": False}.get(self.value())
        return queryset if wanted is None else queryset.filter(is_active=wanted)


class CredentialFilter(admin.SimpleListFilter):
    title, parameter_name = "credential", "credential"

    def lookups(self, request, model_admin):
        return [("due", "To verify"), ("valid", "Valid"), ("lapsed", "Lapsed")]

    def queryset(self, request, queryset):
        signing = queryset.filter(groups__name=Role.MEDICAL_REVIEWER.value)
        verified = "reviewer_account__verified_at__isnull"
        until, today = "reviewer_account__expires_on", clock.today()
        match self.value():
            case "due":
                return signing.filter(**{verified: True})
            case "valid":
                return signing.filter(**{verified: False, f"{until}__gte": today})
            case "lapsed":
                return signing.filter(**{verified: False, f"{until}__lt": today})
        return queryset


FILTERS = [one.parameter_name for one in (RoleFilter, AccountFilter, CredentialFilter)]


@admin.register(User)
class PeopleAdmin(listing.ListAdmin):
    """No stock form of users: it sets passwords, flags and permissions."""

    list_display = ("name", "roles", "credential", "account", "open_work", "seen")
    list_filter = (RoleFilter, CredentialFilter, AccountFilter)
    search_fields = ("username", "first_name", "last_name", "email")
    search_help_text = "A name, a username or an address"
    ordering = ("last_name", "first_name", "username")
    change_list_template = "editorial/people/list.html"
    named = ("person", "people")

    @admin.display(ordering="last_name")
    def name(self, row):
        return row.printed_name

    @admin.display
    def roles(self, row):
        if row.is_superuser:
            return "superuser"
        names = [group.name for group in row.groups.all()]
        held = sorted(Role(name).label for name in names if name in Role.values)
        return ", ".join(held) or "none"

    @admin.display(ordering="reviewer_account__expires_on")
    def credential(self, row):
        if account := getattr(row, "reviewer_account", None):
            return badge(*standing.of(account, clock.today()))
        signs = Role.MEDICAL_REVIEWER.value in [g.name for g in row.groups.all()]
        return badge("No byline yet", "warn") if signs else ""

    @admin.display(ordering="is_active")
    def account(self, row):
        if not row.is_active:
            return badge("Shut", "bad")
        if not row.has_usable_password():
            return badge("Invited", "warn")
        return badge("Open", "ok")

    @admin.display
    def open_work(self, row):
        if not row.open_texts:
            return "nothing"
        return "1 text" if row.open_texts == 1 else f"{row.open_texts} texts"

    @admin.display(description="last login", ordering="last_login")
    def seen(self, row):
        seen = row.last_login
        return date_format(clock.local(seen), "j M Y") if seen else "never"

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("reviewer_account").prefetch_related("groups")

    def get_changelist_instance(self, request):
        """Count the open work of the people shown, whoever they are, in few queries."""
        changelist, counts = super().get_changelist_instance(request), counted()
        for row in changelist.result_list:
            row.open_texts = counts.get(row.pk, 0)
        return changelist

    def lookup_allowed(self, lookup, value, request=None):
        """Allow our own alone: ?password__startswith=… would tell a hash."""
        return lookup in FILTERS

    def changelist_view(self, request, extra_context=None):
        others = User.objects.filter(groups__name__in=Role.values)
        words = {"alone": not others.exists()}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def get_urls(self):
        return [*handing_over.urls(self.admin_site), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        return inviting.invite(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied("People are for editors and superusers.")
        return person.show(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """The person's screen tells what was done to the account."""
        return self.change_view(request, object_id)

    def has_view_permission(self, request, obj=None):
        user = request.user
        if user.is_superuser:
            return user.is_active
        return Role.EDITOR in roles_here(request)

    def has_add_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request)
