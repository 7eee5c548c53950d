"""The addresses below `/api/v1/`, and what each may be asked by its query."""

from django.urls import path, re_path

import conditions.edition_number  # noqa: F401  (registers what an address takes)
from conditions.api.door import door

PAGE = "pages/<slug:condition>/<slug:question>"
A_PART = ("after", "limit")
# Said here and again to django-ninja, which is loaded with the first question; a test
# compares the two.
ASKED = {
    "": (),
    "docs": (),
    "openapi.json": (),
    "conditions": A_PART,
    "conditions/<slug:condition>": (),
    "pages": ("condition", *A_PART),
    PAGE: (),
    f"{PAGE}/review": (),
    f"{PAGE}/editions": (),
    f"{PAGE}/editions/<edition:number>": (),
    f"{PAGE}/editions/<edition:number>/proof": (),
    "changes": ("since", *A_PART),
    "search": ("q", "page"),
}
# What people's pages lead to.
NAMES = {"docs": "api-docs", "openapi.json": "openapi"}

urlpatterns = [
    *(
        path(address, door, {"known": known}, name=NAMES.get(address))
        for address, known in ASKED.items()
    ),
    re_path(r"[\s\S]*", door, {"known": None}),  # a line feed too, which `path` is not
]
