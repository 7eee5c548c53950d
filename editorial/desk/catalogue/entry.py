"""The screens of one entry of the catalogue: add, change or read it, and its history.

Every save goes through `editorial.catalogue`; nothing here deletes.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from conditions import references
from conditions.models import SOURCE_SCHEMES, Condition, Reviewer, Source
from editorial import catalogue, frozen
from editorial.desk import twice
from editorial.desk.catalogue import cited, entry_history
from editorial.desk.catalogue.entry_forms import refuse, shown

A_PAGE, A_LOOK = 50, 100  # changes; live pages beside the entry


def add(room, request):
    """GET shows an empty form; POST makes an entry."""
    catalogue.require(request.user, room.model)
    if request.method != "POST":
        return _page(room, request, None, room.entry_form())
    form = room.entry_form(request.POST)
    if form.is_valid() or not (there := _added_just_now(request, form)):
        return _save(room, request, None, form)
    return _saved(room, request, there)


def change(room, request, pk):
    """GET shows the form, or the same words read-only; POST saves."""
    entry = find(room, request, pk)
    if request.method != "POST":
        form = room.entry_form(instance=entry, fixed=frozen.is_fixed(entry))
        return _page(room, request, entry, form)
    catalogue.require(request.user, room.model)
    # The form writes into its own copy: the page's title is what is stored.
    copy = room.model.objects.get(pk=entry.pk)
    form = room.entry_form(request.POST, instance=copy, fixed=frozen.is_fixed(entry))
    return _save(room, request, entry, form)


def history(room, request, pk):
    """Show what changed in the entry, field by field, and who changed it."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(("GET", "HEAD"))
    entry = find(room, request, pk)
    pages = Paginator(entry_history.events(entry), A_PAGE)
    return _show(
        room,
        request,
        entry,
        "history",
        events=pages.get_page(request.GET.get("p")),
    )


def find(room, request, pk):
    """Return the entry, for people with a role; Http404 for what is no number."""
    if not room.has_view_permission(request):
        raise PermissionDenied(
            "The catalogue is for writers, medical reviewers and editors."
        )
    entry = room.model.objects.filter(pk=number(pk)).first()
    if entry is None:
        raise Http404(f"There is no such {room.model._meta.verbose_name}.")
    return entry


def number(text):
    """Return the number of an address; 0, which no row has, for any other words.

    One longer than any key is refused by int() or by the database.
    """
    text = str(text)
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 19 else 0


def address(room, name, *args):
    meta = room.model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=args)


def _save(room, request, entry, form):
    if not form.is_valid():
        return _page(room, request, entry, form)
    reason = form.cleaned_data["reason"]
    try:
        _refuse_overwriting(request, entry, form)
        saved = catalogue.save(form.instance, by=request.user, reason=reason)
    except ValidationError as error:
        if entry is None and (there := _added_just_now(request, form)):
            return _saved(room, request, there)
        refuse(form, error)
        return _page(room, request, entry, form)
    against = request.POST.get("against")
    if saved or twice.changed(form.instance, against, by=request.user):
        return _saved(room, request, form.instance, before=entry)
    messages.info(request, "Nothing to save: the entry is the same.")
    return redirect(address(room, "change", form.instance.pk))


def _added_just_now(request, form):
    reason = form.cleaned_data.get("reason")
    return twice.added(form.instance, reason, by=request.user)


def _saved(room, request, entry, before=None):
    _tell(request, entry, before)
    return redirect(address(room, "change", entry.pk))


def _refuse_overwriting(request, entry, form):
    """Refuse, once, a form that was opened before somebody else's save."""
    if entry is None or request.POST.get("against") == str(entry_history.newest(entry)):
        return
    if catalogue.would_change(form.instance, by=request.user):
        last = entry.history.select_related("history_user").latest("history_id")
        raise ValidationError(
            f"{last.history_user.printed_name} saved this entry while you were typing, "
            "and nothing of yours is saved yet. Look at what changed in the history; "
            "if you save again, your words replace theirs."
        )


def _tell(request, entry, before):
    twice.say(request, f"Saved: {entry}.")
    if isinstance(entry, Reviewer):
        if frozen.showing(entry).exists():
            messages.info(
                request,
                "The public profile shows these words now. Signed pages keep those "
                "that were true when they were signed.",
            )
        return
    if isinstance(entry, Source) and cited.tell_of_retraction(request, before, entry):
        return
    if old := frozen.outdated(entry):
        messages.warning(request, _old_words(old))


def _old_words(pages):
    one = len(pages) == 1
    which = "1 live page differs" if one else f"{len(pages)} live pages differ"
    return format_html(
        "Readers see the new words only once signed: {} from the catalogue now. "
        '<a href="{}">See what to do</a>',
        which,
        reverse("admin:editorial_summary_left_behind"),
    )


def _page(room, request, entry, form):
    may_write = room.has_change_permission(request)
    return _show(
        room,
        request,
        entry,
        "entry",
        form=form,
        against=entry_history.newest(entry) if entry else "",
        may_write=may_write,
        shown=() if may_write else shown(form),
        **(_beside(request, entry) if entry else {}),
    )


def _beside(request, entry):
    pages, count = _live_pages(entry)
    beside = {
        "codes": _codes(entry),
        "live": [(page, _asked(page), old) for page, old in pages[:A_LOOK]],
        "more": max(count - A_LOOK, 0),
        "is_source": isinstance(entry, Source),
    }
    if isinstance(entry, Source):
        beside |= cited.beside(request, entry, pages)
    return beside


def _live_pages(entry):
    """Return live pages with whether they differ, those that do first; and how many.

    A byline's never differ: the record keeps who they were on the day of signing.
    """
    if isinstance(entry, Reviewer):
        rows = frozen.showing(entry)
        first = rows.defer("live_edition__content", "live_edition__record")[:A_LOOK]
        return [(page, False) for page in first], rows.count()
    pages = sorted(frozen.live_pages(entry), key=lambda pair: not pair[1])
    return pages, len(pages)


def _asked(page):
    return page.question.asked_of(page.condition)


def _codes(entry):
    match entry:
        case Condition():
            pairs = [(one["scheme"], one["value"]) for one in entry.identifiers]
        case Source():
            pairs = [(scheme, getattr(entry, scheme)) for scheme in SOURCE_SCHEMES]
        case Reviewer():
            pairs = [("orcid", entry.orcid)]
        case _:
            pairs = []
    return [references.code(scheme, value) for scheme, value in pairs if value]


def _show(room, request, entry, template, **more):
    meta = room.model._meta
    request.current_app = admin.site.name
    context = {
        **admin.site.each_context(request),
        "title": str(entry) if entry else f"Add a {meta.verbose_name}",
        "entry": entry,
        "kind": meta.verbose_name,
        "list_name": meta.verbose_name_plural,
        "list_address": address(room, "changelist"),
        "change_address": entry and address(room, "change", entry.pk),
        "history_address": entry and address(room, "history", entry.pk),
        **more,
    }
    return TemplateResponse(request, f"editorial/catalogue/{template}.html", context)
