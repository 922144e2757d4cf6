"""The addresses of the international organizations."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from organizations import views

app_name = "organizations"

organizations = [
    path("", views.organization_list, name="organization_list"),
    path("<slug:slug>/", views.organization_detail, name="organization_detail"),
]

urlpatterns = [path(pgettext_lazy("url", "organizations/"), include(organizations))]
