"""The public addresses."""

from django.urls import URLPattern, URLResolver, include, path

import conditions.edition_number  # noqa: F401  (registers what an address takes)
from conditions import differences, feeds, search_page, site_files, sitemaps, views

PAGE = "conditions/<slug:condition>/<slug:question>/"

app_name = "conditions"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("conditions/", views.a_to_z, name="a-to-z"),
    *(
        path(
            f"conditions/sitemap-{kind}-<edition:number>.xml",
            sitemaps.part,
            {"kind": kind},
            name=f"sitemap-{kind}",
        )
        for kind in sitemaps.RECORDS
    ),
    path("conditions/<slug:condition>/", views.condition, name="condition"),
    path(PAGE, views.page, name="page"),
    path(f"{PAGE}editions/", views.editions, name="editions"),
    path(f"{PAGE}editions/<edition:number>/", views.edition, name="edition"),
    path(
        f"{PAGE}editions/<edition:number>/proof.json",
        views.proof_json,
        name="proof-json",
    ),
    path(
        f"{PAGE}editions/<edition:number>/changes/",
        differences.changes,
        name="edition-changes",
    ),
    path(f"{PAGE}review.json", views.review_json, name="review-json"),
    path(f"{PAGE}index.md", views.index_md, name="index-md"),
    path(f"{PAGE}report/", views.report, name="report"),
    path("reviewers/<slug:reviewer>/", views.reviewer, name="reviewer"),
    path("search/", search_page.results, name="search"),
    path("corrections/", views.corrections, name="corrections"),
    path("about/review-process/", views.review_process, name="review-process"),
    path("feeds/updates.atom", feeds.updates, name="feed"),
    path("feeds/corrections.atom", feeds.corrections, name="corrections-feed"),
    path("feeds/<slug:condition>.atom", feeds.of_condition, name="condition-feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-lists.xml", sitemaps.lists, name="sitemap-lists"),
    path("robots.txt", site_files.robots_txt, name="robots"),
    path(".well-known/security.txt", site_files.security_txt, name="security"),
    path("api/v1/", include("conditions.api.urls")),
]
