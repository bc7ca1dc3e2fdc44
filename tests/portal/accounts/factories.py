from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from factory import Sequence, Trait, post_generation
from factory.django import DjangoModelFactory

from portal.accounts.models import User
from portal.accounts.roles import setup_roles


class GroupFactory(DjangoModelFactory[Group]):
    class Meta:
        model = Group

    name = Sequence("Groupe {}".format)


class UserFactory(DjangoModelFactory[User]):
    """A person without rights. Say `staff=True`, `editor=True` or `admin=True` for more."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        staff = Trait(is_staff=True)
        admin = Trait(is_staff=True, is_superuser=True)

    email = Sequence("personne{}@example.org".format)
    name = Sequence("Personne {}".format)

    @post_generation
    def editor(user, create, extracted):
        if create and extracted:
            user.is_staff = True
            user.save()
            user.groups.add(setup_roles())


class EmailAddressFactory(DjangoModelFactory[EmailAddress]):
    """A confirmed address."""

    class Meta:
        model = EmailAddress

    verified = True
    primary = True
