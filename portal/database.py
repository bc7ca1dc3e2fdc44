"""The database that DATABASE_URL names, else the embedded one."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from portal.embedded.server import EmbeddedServer

ENGINE = "django.db.backends.postgresql"

CONNECTION_OPTIONS = {
    "connect_timeout": 5,  # seconds
    "tcp_user_timeout": 15_000,  # milliseconds
}


def configuration(env: Env, var_dir: Path) -> dict[str, Any]:
    """Django's `DATABASES["default"]`: DATABASE_URL if set, else the embedded server of `var_dir`.

    STATEMENT_TIMEOUT (a PostgreSQL interval such as `10s`) limits each statement. The web server
    sets it in `portal.wsgi`; commands have none.
    """
    if env.str("DATABASE_URL", ""):
        settings = dict(env.dj_db_url("DATABASE_URL"))
        if settings["ENGINE"] != ENGINE:
            raise ImproperlyConfigured("DATABASE_URL must be a postgresql:// address.")
    else:
        settings = EmbeddedServer(var_dir).settings()
    options: dict[str, Any] = dict(CONNECTION_OPTIONS)
    if statement_timeout := env.str("STATEMENT_TIMEOUT", ""):
        options["options"] = f"-c statement_timeout={statement_timeout}"
    settings["OPTIONS"] = options | settings.get("OPTIONS", {})
    settings["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    settings["CONN_HEALTH_CHECKS"] = True
    return settings
