"""The people who may sign in, and the roles they have."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krakow_intl.core.admin.lost_second_factors import LostSecondFactorMixin
from krakow_intl.core.admin.records import RecordChangeList
from krakow_intl.core.roles import Role

SEVERAL = _(
    "Whoever has several roles may all that these may. Administrators write no texts unless they have another role."
)
RIGHTS = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")


class RoleField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return Role(group.name).label if group.name in Role else group.name


class PasswordForm(AdminPasswordChangeForm):
    usable_password_help_text = _("Without a password nobody can sign in with this account until it is given one.")


class AccountAdmin(LostSecondFactorMixin, UserAdmin):
    """People give themselves no right, nor anybody one that they neither have nor, as administrators, give out."""

    change_password_form = PasswordForm
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("username", "password", "second_factor")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Access"), {"fields": ("is_active", "groups")}),
        (_("Important dates"), {"fields": (("last_login", "date_joined"),)}),
    )
    beyond_roles = (_("Beyond the roles"), {"fields": (("is_staff", "is_superuser"), "user_permissions")})
    readonly_fields = ("last_login", "date_joined", "second_factor")
    list_display = ("username", "full_name", "email", "roles", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    filter_horizontal = ("user_permissions",)

    def get_changelist(self, request, **kwargs):
        return RecordChangeList

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=pgettext_lazy("person", "name"), ordering="last_name")
    def full_name(self, user):
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(sorted(group.name for group in user.groups.all()))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.beyond_roles] if obj and request.user.is_superuser else fieldsets

    def get_readonly_fields(self, request, obj=None):
        is_own = obj is not None and obj.pk == request.user.pk
        return (*self.readonly_fields, *(RIGHTS if is_own else ()))

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        roles = Group.objects.filter(pk__in=_roles_within(request.user)).order_by("name")
        return RoleField(roles, required=False, label=pgettext_lazy("account", "roles"), help_text=SEVERAL)

    def has_change_permission(self, request, obj=None):
        """Whoever may set the password of an account may act as it does."""
        return super().has_change_permission(request, obj) and (obj is None or _is_within(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return False  # an account is closed, not deleted: history names it

    def save_model(self, request, obj, form, change):
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)


def _is_within(user, other):
    return user.is_superuser or (not other.is_superuser and other.get_all_permissions() <= _reach(user, _roles()))


def _roles_within(user):
    """The keys of the groups that `user` may give to others."""
    roles, groups = _roles(), Group.objects.all()
    reach = _reach(user, roles)
    return [group.pk for group in groups if user.is_superuser or roles[group.name] <= reach]


def _reach(user, roles):
    """The rights that a person may give to others: their own, and of administrators those of every role."""
    own = user.get_all_permissions()
    if not roles.get(Role.ADMINISTRATOR) or not roles[Role.ADMINISTRATOR] <= own:
        return own
    return own.union(*(rights for name, rights in roles.items() if name in Role))


def _roles():
    """{name of a group: its rights}."""
    return {
        group.name: {f"{right.content_type.app_label}.{right.codename}" for right in group.permissions.all()}
        for group in Group.objects.prefetch_related("permissions__content_type")
    }


OF_ALLAUTH = {"account", "mfa", "socialaccount"}  # its tables hold secrets, and serve without pages of their own

admin.site.unregister([User, Group, *(m for m in admin.site._registry if m._meta.app_label in OF_ALLAUTH)])
admin.site.register(User, AccountAdmin)
