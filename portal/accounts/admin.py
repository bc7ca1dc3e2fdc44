"""People and groups. Sign-in itself belongs to allauth; addresses are shown with their person."""

from typing import Any

import allauth.account.admin  # noqa: F401 registers what is taken off below
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.admin import ModelAdmin, Table

for model in (EmailAddress, Group):
    admin.site.unregister(model)


class UserCreation(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


class UserChange(UserChangeForm):
    class Meta:
        model = User
        fields = ["email", "name", "password", "is_active", "is_staff", "is_superuser", "groups"]


def _may_touch(request: HttpRequest, user: Any) -> bool:
    return request.user.is_superuser or not (user and user.is_superuser)


class AddressTable(Table):
    model = EmailAddress
    fields = ["email", "verified", "primary"]


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    form = UserChange
    add_form = UserCreation
    list_display = ["email", "name", "is_staff", "is_active", "group_count", "date_joined"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    date_hierarchy = "date_joined"
    search_fields = ["email", "name"]
    ordering = ["email"]
    filter_horizontal = []
    inlines = [AddressTable]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(group_total=Count("groups"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only a superuser gives rights: whoever may edit accounts could else raise their own."""
        rights = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups"]
        return [*super().get_readonly_fields(request, obj), *rights]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser's account is changed by superusers only: its password is its rights."""
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return super().get_inlines(request, obj) if obj else []

    @admin.display(description=_("groups"), ordering="group_total")
    def group_count(self, user: User) -> int:
        return user.group_total


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):
    list_display = ["name", "member_count"]
    filter_horizontal = []

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        # Events are written by the database alone: nobody needs a right on them.
        field.queryset = field.queryset.exclude(content_type__model__endswith="event")
        field.widget.attrs["size"] = 24
        return field

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(members=Count("user"))

    @admin.display(description=_("members"), ordering="members")
    def member_count(self, group: Group) -> int:
        return group.members
