"""The staff side of the house."""

from django.contrib import admin


class RegisterAdminSite(admin.AdminSite):
    pass
