from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

from portal.embedded import EmbeddedServerError, server


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to the embedded server; whoever connects first starts it."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        embedded = server.server_of(self.settings_dict)
        if embedded:
            try:
                embedded.start()
            except EmbeddedServerError as error:
                raise OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
