from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

from portal import database


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to the embedded server; whoever connects first starts it."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        server = database.server_of(self.settings_dict)
        if server:
            try:
                server.start()
            except database.EmbeddedServerError as error:
                raise OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
