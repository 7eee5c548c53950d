"""The one way in for every request."""

import os

from django.core.wsgi import get_wsgi_application

from editorial import patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "editorial.settings")
patience.begin()
application = get_wsgi_application()
