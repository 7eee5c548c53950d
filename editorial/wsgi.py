"""The one way in for every request: the reading room, and Django behind it."""

import os

from django.core.wsgi import get_wsgi_application

from editorial import patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "editorial.settings")
patience.begin()
django_application = get_wsgi_application()

# These need the settings, which the line above reads.
from conditions.reading_room import ReadingRoom  # noqa: E402
from editorial.front_door import watch  # noqa: E402

application = ReadingRoom(django_application, is_open=watch().is_open)
