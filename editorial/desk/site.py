"""The desk: Django's admin under our own roof, and the one door of staff."""

from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

# In the order of a day's work; a room without screens yet, or shut to the person who
# looks, is left out of the header.
ROOMS = (
    ("Summaries", "editorial.summary"),
    ("Conditions", "conditions.condition"),
    ("Questions", "conditions.question"),
    ("Sources", "conditions.source"),
    ("Reviewers", "conditions.reviewer"),
    ("People", "editorial.user"),
)


def roles_here(request):
    """Return the roles of who asks, read once a request: never for a verb."""
    from editorial import roles

    if not hasattr(request, "desk_roles"):
        request.desk_roles = roles.roles_of(request.user)
    return request.desk_roles


class DeskSite(AdminSite):
    """Open to active staff who hold a role, and to superusers, whose work is people."""

    site_header = site_title = "Countersign"
    index_title = "What waits for you"
    enable_nav_sidebar = False

    def has_permission(self, request):
        if not super().has_permission(request):
            return False
        return request.user.is_superuser or bool(roles_here(request))

    def index(self, request, extra_context=None):
        """Show what waits for the person instead of a list of tables."""
        # Here, since the site is made before there are models to ask.
        from editorial.desk import dashboard

        return dashboard.home(request)

    def admin_view(self, view, cacheable=False):
        """Keep the desk out of caches and searches; answer 403 with a sentence."""
        inner = super().admin_view(view, cacheable)

        def unlisted(request, *args, **kwargs):
            try:
                response = inner(request, *args, **kwargs)
            except PermissionDenied as refusal:
                response = self._forbidden(request, str(refusal))
            response.headers["X-Robots-Tag"] = "noindex, noarchive"
            return response

        return update_wrapper(unlisted, inner)

    def _forbidden(self, request, sentence):
        context = {
            **self.each_context(request),
            "title": "This is not yours to do",
            "sentence": sentence or "Your role does not allow it: ask an editor.",
        }
        template = "admin/forbidden.html"
        response = TemplateResponse(request, template, context, status=403)
        add_never_cache_headers(response)
        return response

    def each_context(self, request):
        """Return what our own base template needs: no sidebar, so no list of apps."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "has_permission": self.has_permission(request),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "log_entries": self.get_log_entries(request),
            "rooms": list(self._rooms(request)),
            "role_names": self._role_names(request),
        }

    def _rooms(self, request):
        if not request.user.is_authenticated or not self.has_permission(request):
            return
        admins = {model._meta.label_lower: a for model, a in self._registry.items()}
        for label, model in ROOMS:
            admin = admins.get(model)
            if admin and admin.has_view_permission(request):
                address = reverse(f"admin:{model.replace('.', '_')}_changelist")
                here = request.path.startswith(address)
                yield {"label": label, "address": address, "here": here}

    def _role_names(self, request):
        if not request.user.is_authenticated:
            return ""
        if request.user.is_superuser:
            return "administrator"
        return ", ".join(sorted(role.label for role in roles_here(request)))
