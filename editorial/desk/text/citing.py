"""What the buttons of the box “Cite a source” do, with a script and without.

Adds a source through `adding` alone; never saves a text.
"""

from dataclasses import dataclass

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_POST

from conditions.models import Source
from editorial import roles
from editorial.desk import frame
from editorial.desk.text import adding, picker
from editorial.desk.text.adding import NewSourceForm
from editorial.desk.text.picker import NOTHING, Found

# Each shows the form again, with all that was typed, and saves no text.
BUTTONS = ("find", "cite", "new_source", "add_source", "leave_source")


@dataclass(frozen=True)
class Citing:
    """What the box shows after a press, and the key to put into the text, or ""."""

    found: Found = NOTHING
    form: NewSourceForm | None = None
    cite: str = ""
    said: str = ""


def urls(site):
    """Return the address that the box is sent to by its script."""
    return [
        path("<int:pk>/citing/", site.admin_view(show), name="editorial_summary_citing")
    ]


@require_POST
def show(request, pk):
    """Do what was pressed; answer with the box anew and with what to cite."""
    frame.find(request, pk)
    roles.require(request.user, "revise")
    citing = pressed(request)
    page = render_to_string("editorial/summary/_found.html", {"citing": citing})
    return JsonResponse({"found": page, "cite": citing.cite, "said": citing.said})


def pressed(request):
    """Do what a button of the box asks, or search for what stands in it."""
    data = request.POST
    if "cite" in data:
        return _cite(
            Source.objects.filter(key=data["cite"].replace("\x00", "")).first()
        )
    if "add_source" in data:
        source, form = adding.add(data, by=request.user)
        if source is None:
            return Citing(
                _typed(data), form, said="Not added yet: mend what is marked."
            )
        return _cite(source, added=source.pk == form.instance.pk)
    if "leave_source" in data:
        return Citing()
    if "new_source" in data:
        return Citing(_typed(data), adding.blank(data.get("source_search", "")))
    return Citing(picker.find(data.get("source_search", "")))


def _typed(data):
    return Found(search=data.get("source_search", ""))


def _cite(source, *, added=None):
    if source is None:
        return Citing(said="That source is not in the catalogue: find it again.")
    words = {
        None: f"Cited: {source.title}.",
        True: f"Added to the catalogue and cited: {source.title}.",
        False: f"A colleague had added it already; it is cited now: {source.title}.",
    }[added]
    if source.retracted_on:
        words += " It is retracted: say so in the text."
    return Citing(cite=source.key, said=words)
