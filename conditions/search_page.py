"""The address of the search: takes the query, shows what is found, keeps nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from conditions import queries, search, structured_data
from conditions.answers import of_this_moment


@of_this_moment
def results(request: HttpRequest) -> HttpResponse:
    """What live editions have for the words in `q`; without any, the form alone."""
    typed = request.GET.get("q", "")
    asked = request.GET.get("p", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    context = {
        "canonical": structured_data.site(request.path),
        "found": search.find(typed, page=page),
        "too_long": len(typed) > queries.LONGEST,
        "longest": queries.LONGEST,
    }
    return render(request, "conditions/search.html", context)
