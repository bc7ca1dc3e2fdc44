"""The site's settings with a bare view beside each page, and any database of the server."""

import os

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, MIDDLEWARE

if name := os.environ.get("BENCHMARK_DATABASE"):
    DATABASES["default"]["NAME"] = name

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = [*MIDDLEWARE, "benchmarks.urls.forget_when_asked"]
SECURE_SSL_REDIRECT = False
ALLOWED_HOSTS = ["127.0.0.1"]
