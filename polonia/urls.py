"""The addresses of Polish communities and of the campaigns for them."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from polonia import views

app_name = "polonia"

polonia = [
    path("", views.polonia_list, name="polonia_list"),
    path("<slug:slug>/", views.polonia_detail, name="polonia_detail"),
]

urlpatterns = [path(pgettext_lazy("url", "polonia/"), include(polonia))]
