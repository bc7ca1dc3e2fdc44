"""The WSGI entry point of web servers.

Loading it loads the index of offers too: a server that does so before it forks its workers
(`gunicorn --preload portal.wsgi`) has them share one index.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
# A page answers within seconds or not at all; commands, such as imports, may take their time.
os.environ.setdefault("STATEMENT_TIMEOUT", "10s")

application = get_wsgi_application()

if settings.PORTAL_ENV != "test":
    # The apps are there from here on.
    from careers.offers import search
    from portal import garbage

    search.start()
    garbage.freeze_once_warm()
