"""Accounts to try the back office with, on a development machine only."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.roles import setup_roles

PASSWORD = "jalon-essai-2026"


class Command(BaseCommand):
    help = "Make an editor and an administrator with known passwords, and print them."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PORTAL_ENV == "production":
            raise CommandError(
                "Accounts with known passwords exist in development only. "
                "Make a real administrator with: manage.py createsuperuser"
            )
        with transaction.atomic():
            editors = setup_roles()
            demo_account("editeur@example.org", "Édith Rédac", group=editors)
            demo_account("admin@example.org", "Ada Minié", is_superuser=True)
        for email in ["editeur@example.org", "admin@example.org"]:
            self.stdout.write(f"{email}  {PASSWORD}")


def demo_account(
    email: str, name: str, *, group: Group | None = None, is_superuser: bool = False
) -> User:
    """A staff account with a confirmed address and the known password; made or set right again."""
    user, _created = User.objects.get_or_create(email=email, defaults={"name": name})
    user.is_staff = user.is_active = True
    user.is_superuser = is_superuser
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
    user.save()
    user.groups.set([group] if group else [])
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user
