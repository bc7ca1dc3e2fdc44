"""The site's settings with a bare view beside each page, for `benchmarks/pages.py`."""

from portal.settings import *  # noqa: F403
from portal.settings import MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = [*MIDDLEWARE, "benchmarks.urls.forget_when_asked"]
SECURE_SSL_REDIRECT = False
ALLOWED_HOSTS = ["127.0.0.1"]
