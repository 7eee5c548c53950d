"""What readers and probes ask for: every role is answered alike."""

from tests.matrix.rules import MISSING, NEVER, SHOWN
from tests.matrix.words import (
    EITHER,
    GONE,
    LIVE,
    NOT_FOUND,
    NOT_TAKEN,
    ONE,
    OPENS,
    STATES,
    TELLS,
    WITHDRAWN,
    Clause,
    Row,
)

PAGE = (
    Clause(OPENS, states=(LIVE,)),
    Clause(GONE, states=(WITHDRAWN,)),
    Clause(NOT_FOUND),
)
# A report without a word in it, from whoever.
UNTAKEN = (Clause(NOT_TAKEN, states=(LIVE,)), *PAGE[1:])
FEED = (Clause(OPENS, states=(LIVE, WITHDRAWN)), Clause(NOT_FOUND))
HUB = (Clause(OPENS, states=(LIVE,)), Clause(NOT_FOUND))
PROFILE = (MISSING, *SHOWN)
AT = "conditions/<slug:condition>/<slug:question>/"


def read(pattern, rule=SHOWN, states=ONE, **fill):
    return Row(pattern, rule, NEVER, fill=fill, states=states, token=False)


def told(pattern, rule=SHOWN, states=ONE, **fill):
    """What machines read: other sites' pages may ask how."""
    at = f"api/v1/{pattern}"
    return Row(at, rule, NEVER, fill=fill, states=states, token=False, options=TELLS)


API_PAGE = "pages/<slug:condition>/<slug:question>"
ROWS = [
    read(""),
    read("conditions/"),
    read("conditions/<slug:condition>/", HUB, STATES),
    read(AT, PAGE, STATES),
    read(f"{AT}editions/", PAGE, STATES),
    read(f"{AT}editions/<edition:number>/", PAGE, STATES, number="1"),
    read(f"{AT}editions/<edition:number>/proof.json", PAGE, STATES, number="1"),
    read(f"{AT}editions/<edition:number>/changes/", PAGE, STATES, number="1"),
    read(f"{AT}review.json", PAGE, STATES),
    read(f"{AT}index.md", PAGE, STATES),
    Row(f"{AT}report/", PAGE, UNTAKEN, states=STATES, token=False),
    read("reviewers/<slug:reviewer>/", PROFILE, EITHER),
    read("search/"),
    read("corrections/"),
    read("about/review-process/"),
    read("sitemap.xml"),
    read("sitemap-lists.xml"),
    read("conditions/sitemap-pages-<edition:number>.xml", number="1"),
    read("conditions/sitemap-hubs-<edition:number>.xml", number="1"),
    read("feeds/updates.atom"),
    read("feeds/corrections.atom"),
    read("feeds/<slug:condition>.atom", FEED, STATES),
    read("robots.txt"),
    read(".well-known/security.txt"),
    told(""),
    told("docs"),
    told("openapi.json"),
    told("conditions"),
    told("conditions/<slug:condition>", HUB, STATES),
    told("pages"),
    told(API_PAGE, PAGE, STATES),
    told(f"{API_PAGE}/review", PAGE, STATES),
    told(f"{API_PAGE}/editions", PAGE, STATES),
    told(f"{API_PAGE}/editions/<edition:number>", PAGE, STATES, number="1"),
    told(f"{API_PAGE}/editions/<edition:number>/proof", PAGE, STATES, number="1"),
    told("changes"),
    told("search"),
    told(r"[\s\S]*", (Clause(NOT_FOUND),)),
    Row("healthz", SHOWN, NEVER),
    Row("readyz", SHOWN, NEVER),
]
