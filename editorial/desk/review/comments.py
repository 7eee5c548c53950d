"""The comments of a summary: their page, and every press on one.

Calls exactly one verb a press and decides nothing itself.
"""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path

from conditions.composition import line_feeds
from editorial import adopting, commenting, limits, threads
from editorial.commenting import Remark
from editorial.desk import frame, twice
from editorial.desk.review import marking, moves, passages
from editorial.desk.review.discussion import A_PAGE, Discussion, Refused
from editorial.desk.review.move_forms import Words
from editorial.dossier import Dossier
from editorial.models import Field
from editorial.rules import MoveRefused

ADVICE, BLOCKING = "advice", "blocking"
# The screens beside whose text they stand: a press there leads back there.
SCREENS = ("review", "change")
AROUND = 500  # characters beside a quote that a browser may send
SAID = {
    "answer": "Your answer stands.",
    "resolve": "The comment is resolved.",
    "reopen": "The comment is open again.",
    "adopt": "The words proposed stand in the text now, as yours.",
}


def urls(site):
    """Return the addresses of comments, below the summaries' own."""
    return [
        path(
            f"<int:pk>/comments/{way}",
            site.admin_view(view),
            name=f"editorial_summary_{name}",
        )
        for way, view, name in (
            ("", show, "comments"),
            ("<int:number>/", act, "comment"),
        )
    ]


class CommentForm(forms.Form):
    """What somebody says of a text, and of which words of it."""

    quote = Words(
        "The words that it is about",
        rows=2,
        max_length=limits.QUOTE,
        help_text="Copied from the text or from the page. Empty: all of it.",
    )
    field = forms.ChoiceField(
        label="Where they stand",
        required=False,
        choices=[
            ("", "Wherever these words stand"),
            (Field.SHORT_ANSWER, "Short answer"),
            (Field.BODY, "Body"),
            (Field.TEXT, "The text as a whole"),
        ],
        error_messages={"invalid_choice": "Choose one of the places in the list."},
    )
    words = Words(
        "Your comment",
        rows=3,
        max_length=limits.COMMENT,
        required=True,
        error_messages={"required": "Write your comment."},
    )
    suggestion = Words(
        "Words to put in their place, if you propose any",
        rows=2,
        max_length=limits.SUGGESTION,
        help_text="A writer can put them into the text with one press.",
    )
    kind = forms.ChoiceField(
        label="How it counts",
        choices=[
            (ADVICE, "Advice: the writers decide"),
            (BLOCKING, "Blocking: nobody signs while it is open"),
        ],
        initial=ADVICE,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Say whether it is advice or blocking."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", auto_id="comment_%s", **kwargs)

    def remark(self):
        """Return what was said, as the verb takes it."""
        said = {**self.cleaned_data}
        return Remark(blocking=said.pop("kind") == BLOCKING, **said, **self.around)

    @property
    def around(self):
        """The words beside the quote, which only a script fills in."""
        return {
            name: (self.data.get(name) or "").replace("\x00", "")[:AROUND]
            for name in ("prefix", "suffix")
        }


def beside(known, user, *, back):
    """Return what a text's own screen shows of its comments."""
    return {
        "discussion": Discussion(known, user),
        "commenting": CommentForm(),
        "back": back,
    }


def show(request, pk):
    """Show every comment of a summary; take one that is posted."""
    summary = frame.find(request, pk)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = commenting.comment(
                summary,
                by=request.user,
                remark=form.remark(),
                seen=moves.revision_seen(request),
            )
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            twice.say(request, "Your comment stands.")
            return _back(request, summary, made)
    return _page(request, form)


def act(request, pk, number):
    """Do what was pressed on a comment; one that is refused comes back with its words.

    An address that is only looked at leads to the comment.
    """
    summary = frame.find(request, pk)
    comment = summary.comments.select_related("by").filter(pk=number).first()
    if comment is None:
        raise Http404("There is no such comment.")
    if request.method != "POST":
        page = _page_of(Paginator(_in_order(threads.of(summary)), A_PAGE), number)
        return redirect(
            f"{frame.address('comments', summary)}?p={page}#comment-{number}"
        )
    name, words = request.POST.get("act", ""), _words(request)
    try:
        _act(name, comment, request, words)
    except MoveRefused as refusal:
        return _page(request, CommentForm(), Refused(number, str(refusal), words))
    twice.say(request, SAID[name])
    return _back(request, summary, comment)


def _act(name, comment, request, words):
    by = request.user
    match name:
        case "answer":
            commenting.answer(comment, by=by, words=words)
        case "resolve":
            commenting.resolve(comment, by=by, words=words)
        case "reopen":
            commenting.reopen(comment, by=by, words=words)
        case "adopt":
            adopting.adopt(comment, by=by, seen=moves.revision_seen(request))
        case _:
            raise MoveRefused("Press one of the comment’s buttons.")


def _words(request):
    return line_feeds(request.POST.get("words", "").replace("\x00", ""))


def _back(request, summary, comment):
    """Lead to the comment on the screen where the button was pressed."""
    name = request.POST.get("back")
    if name in SCREENS:
        return redirect(f"{frame.address(name, summary)}#comment-{comment.pk}")
    return redirect(frame.address("comment", summary, comment.pk))


def _page(request, form, refused=None):
    # What was read before a verb is old news now.
    pk = request.resolver_match.kwargs["pk"]
    summary = frame.find(request, pk)
    known = Dossier(summary)
    discussion = Discussion(known, request.user, refused)
    pages = Paginator(_in_order(discussion.all), A_PAGE)
    wanted = _page_of(pages, refused.number) if refused else request.GET.get("p")
    page = pages.get_page(wanted)
    shown = discussion.shown(page.object_list)
    return frame.show(
        request,
        "comments.html",
        summary,
        "comments",
        discussion=discussion,
        listed=shown,
        pages=page,
        commenting=form,
        refused=refused,
        back="comments",
        whole=marking.mark(passages.whole(known.manuscript.content), summary, shown),
    )


def _in_order(found):
    """Return threads: those that block first, the other open ones, the resolved."""
    return sorted(
        found, key=lambda one: (not one.blocks, not one.is_open, -one.comment.pk)
    )


def _page_of(pages, number):
    keys = [thread.comment.pk for thread in pages.object_list]
    return keys.index(number) // A_PAGE + 1
