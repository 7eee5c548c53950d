"""What every screen of people stands in, and where one person's is found."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from editorial.desk.catalogue.entry import number

LIST = "admin:editorial_user_changelist"


class InOurLook:
    """Put another's page under the desk's own roof, out of caches and searches."""

    title = ""

    @method_decorator(never_cache)
    def dispatch(self, *args, **kwargs):
        response = super().dispatch(*args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
        return response

    def get_context_data(self, **kwargs):
        frame = admin.site.each_context(self.request)
        return {"title": self.title, **frame, **super().get_context_data(**kwargs)}


def address(person):
    return reverse("admin:editorial_user_change", args=(person.pk,))


def show(request, template, **more):
    request.current_app = admin.site.name
    context = {
        **admin.site.each_context(request),
        "list_address": reverse(LIST),
        "list_name": "people",
        "may_manage": request.user.is_superuser,
        **more,
    }
    return TemplateResponse(request, f"editorial/people/{template}.html", context)


def seen(request):
    """Return the newest note that the posted page showed."""
    return number(request.POST.get("against"))
