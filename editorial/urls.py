"""The one list of addresses: the desk, the accounts, and the library's."""

from django.contrib import admin
from django.urls import include, path

from editorial import health
from editorial.desk.people import own_account, passwords

handler429 = "editorial.front_door.too_many"  # allauth's own, in Django's manner
handler500 = "editorial.front_door.server_error"
urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("admin/", admin.site.urls),
    path("accounts/", include(own_account.urls + passwords.urls)),
    path("", include("conditions.urls")),
]
