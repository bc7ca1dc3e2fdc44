"""Django's PostgreSQL backend for the embedded server, which it starts when first needed."""


class EmbeddedServerError(Exception):
    """The embedded server cannot run; the message says why and what to do."""
