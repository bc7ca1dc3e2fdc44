from allauth import app_settings as allauth_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import clean_client_ip
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """How sign-in behaves here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the team until candidates' accounts open."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose limits a request counts for; raises PermissionDenied where nobody can tell.

        On a unix socket the peer has no address and is a proxy of this machine: what it names last
        is who asked it. Who names fewer than TRUSTED_PROXY_COUNT came past the proxies.
        """
        peer = request.META.get("REMOTE_ADDR", "")
        if not peer and not allauth_settings.TRUSTED_PROXY_COUNT:
            peer = request.headers.get("X-Forwarded-For", "").rpartition(",")[2]
            return clean_client_ip(peer) or super().get_client_ip(request)
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            if address := clean_client_ip(peer):
                return address
            raise PermissionDenied from None
