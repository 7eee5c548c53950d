"""Every screen that shows many things, by who looks at it: its name and its address.

Words in braces are filled in from the site that is measured.
"""

SUMMARIES = "/admin/editorial/summary/"
LISTED = {
    "all": "",
    "all, last page": "?p={last}",
    "search, a name": "?q=disorder+7",
    "search, words": "?q=research+directions",
    "search, nothing": "?q=no+such+thing",
    **{
        f"{name} {value}": f"?{name}={value}"
        for name, value in (
            *(("state", word) for word in ("draft", "in_review", "changes_requested")),
            *(("state", "reviewed"), ("public", "live"), ("public", "withdrawn")),
            *(("public", "never"), ("due", "overdue"), ("due", "30"), ("due", "60")),
            *(("due", "90"), ("lapsing", "lapsed"), ("lapsing", "90")),
            *(("reviewer", ":nobody"), ("reviewer", "ines"), ("writer", ":nobody")),
            *(("writer", "tomas"), ("signer", "ines"), ("aside", "yes")),
            *(("aside", "all"), ("condition__id__exact", "{condition}")),
            ("question__id__exact", "{question}"),
        )
    },
    **{f"by column {n}": f"?o={n}" for n in ("-1", "2", "3", "4", "-5", "6", "-6")},
}
SCREENS = {
    "editor": {
        "home": "/admin/",
        **{f"summaries, {name}": SUMMARIES + asked for name, asked in LISTED.items()},
        "start a summary": f"{SUMMARIES}add/",
        "left behind": f"{SUMMARIES}left-behind/",
        "left behind, last page": f"{SUMMARIES}left-behind/?p=9999",
        "readers’ reports": f"{SUMMARIES}readers-reports/",
        "readers’ reports, done": f"{SUMMARIES}readers-reports/?done&p=9999",
        "grid": "/admin/coverage/",
        "grid, last page": "/admin/coverage/?p=9999",
        "grid, a letter": "/admin/coverage/?letter=D",
        "reports": "/admin/reports/",
        "report, time in review": "/admin/reports/time-in-review.csv",
        "report, rounds": "/admin/reports/rounds.csv",
        "report, overdue": "/admin/reports/overdue.csv",
        "report, refused": "/admin/reports/refused-signings.csv",
        "mails": "/admin/mails/",
        "mails, last page": "/admin/mails/?p=9999",
        "your mails": "/accounts/mails/",
        "conditions": "/admin/conditions/condition/",
        "conditions, by pages": "/admin/conditions/condition/?o=-4",
        "conditions, search": "/admin/conditions/condition/?q=disorder+7",
        "questions": "/admin/conditions/question/",
        "sources": "/admin/conditions/source/",
        "sources, cited nowhere": "/admin/conditions/source/?cited=no",
        "sources, search": "/admin/conditions/source/?q=study+7",
        "reviewers": "/admin/conditions/reviewer/",
        "a condition": "/admin/conditions/condition/{condition}/change/",
        "a question": "/admin/conditions/question/{question}/change/",
        "a source": "/admin/conditions/source/{source}/change/",
        "a reviewer": "/admin/conditions/reviewer/{byline}/change/",
        "a condition’s history": "/admin/conditions/condition/{condition}/history/",
        "a summary’s history": f"{SUMMARIES}{{summary}}/history/",
        "a summary’s comments": f"{SUMMARIES}{{summary}}/comments/",
        "a summary’s review": f"{SUMMARIES}{{summary}}/review/",
        "a draft": f"{SUMMARIES}{{draft}}/change/",
    },
    "writer": {
        "home": "/admin/",
        "drafts of mine": f"{SUMMARIES}?state=draft&writer=:me",
        "sent back to me": f"{SUMMARIES}?state=changes_requested&writer=:me",
    },
    "reviewer": {
        "home": "/admin/",
        "assigned to me": f"{SUMMARIES}?state=in_review&reviewer=:me",
        "without a reviewer": f"{SUMMARIES}?state=in_review&reviewer=:nobody",
        "signed by me, overdue": f"{SUMMARIES}?due=overdue&signer=:me",
        "signed by me, in 90 days": f"{SUMMARIES}?due=90&signer=:me",
    },
    "people": {
        "home": "/admin/",
        "people": "/admin/editorial/user/",
        "a writer’s work": "/admin/editorial/user/{writer}/hand-over/",
        "a reviewer’s work": "/admin/editorial/user/{reviewer}/hand-over/",
    },
    "reader": {
        "home": "/",
        "A to Z": "/conditions/",
        "a condition": "/conditions/{slug}/",
        "a page": "/conditions/{slug}/{asked}/",
        "corrections": "/corrections/",
        "corrections, last page": "/corrections/?p=9999",
        "a reviewer": "/reviewers/ines/",
        "review process": "/about/review-process/",
    },
}


def addresses():
    """Yield who looks, the name of the screen and its address on this site."""
    words = _words()
    for who, screens in SCREENS.items():
        for name, address in screens.items():
            yield who, name, address.format(**words)


def _words():
    from conditions.models import Edition, Source
    from editorial.models import ReviewerAccount, Summary, User
    from editorial.states import Status

    rows = Summary.objects.order_by("pk")
    live = Edition.objects.filter(page__live_edition__isnull=False).order_by("pk")
    page, pk_of = live[0].page, lambda name: User.objects.get(username=name).pk
    return {
        "last": -(-rows.filter(set_aside=False).count() // 50),
        "condition": page.condition_id,
        "question": page.question_id,
        "source": Source.objects.filter(key__startswith="study-").order_by("pk")[0].pk,
        "byline": ReviewerAccount.objects.get(user__username="ines").reviewer_id,
        "summary": rows.get(condition=page.condition, question=page.question).pk,
        "draft": rows.filter(status=Status.DRAFT)[0].pk,
        "writer": pk_of("tomas"),
        "reviewer": pk_of("ines"),
        "slug": page.condition.slug,
        "asked": page.question.slug,
    }
