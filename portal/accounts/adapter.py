from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """How sign-in behaves here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the team until candidates' accounts open."""
        return False
