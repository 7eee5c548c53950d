"""Where django-ninja looks an address up: read with the first question, by the door."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from conditions.api import docs
from conditions.api.openapi import document
from conditions.api.operations import api
from conditions.structured_data import site


def openapi_json(request: HttpRequest) -> JsonResponse:
    """The OpenAPI document."""
    return JsonResponse(document())


def documentation(request: HttpRequest) -> HttpResponse:
    """The same, as people read it."""
    context = {"canonical": site(request.path), **docs.context(document())}
    return render(request, "conditions/api.html", context)


urlpatterns = [
    path("api/v1/openapi.json", openapi_json),
    path("api/v1/docs", documentation),
    path("api/v1/", api.urls),
]
