"""The WSGI entry point of web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
# A page answers within seconds or not at all; commands, such as imports, may take their time.
os.environ.setdefault("STATEMENT_TIMEOUT", "10s")

application = get_wsgi_application()
