"""Who operates this site, and how to reach them."""

from typing import NamedTuple

from django.conf import settings

# Domains that belong to nobody (RFC 2606).
EXAMPLES = {"example.org", "example.com", "example.net"}


class Operator(NamedTuple):
    """The operator as the settings name them; both are empty where they do not."""

    name: str
    contact: str

    @property
    def url(self) -> str:
        """Where a link to the operator leads, "" where the contact is neither mail nor address."""
        if self.contact.startswith(("https://", "http://")):
            return self.contact
        return f"mailto:{self.contact}" if "@" in self.contact else ""

    @property
    def is_example(self) -> bool:
        """Whether nobody reads what is sent there."""
        host = self.contact.partition("://")[2].partition("/")[0] or self.contact
        return host.rpartition("@")[2] in EXAMPLES


def operator() -> Operator:
    return Operator(settings.OPERATOR_NAME, settings.OPERATOR_CONTACT)
