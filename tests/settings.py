"""The site's settings, for tests."""

import os

os.environ["PORTAL_ENV"] = "test"

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, STORAGES, VAR_DIR  # noqa: E402
from tests.databases import TEST_SERVER  # noqa: E402

if "EMBEDDED" in DATABASES["default"]:
    DATABASES["default"] |= TEST_SERVER.settings()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = None  # nothing is collected: files are served from where they are
MEDIA_ROOT = VAR_DIR / "test-media" / "private"
STORAGES["public"]["OPTIONS"]["location"] = VAR_DIR / "test-media" / "public"
