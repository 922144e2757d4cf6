"""The addresses of the API, the same in both languages."""

from django.urls import path

from krakow_intl.api import schema, views

app_name = "api"

urlpatterns = [
    path("", views.Root.as_view(), name="root"),
    path("changes/", views.Changes.as_view(), name="changes"),
    path("schema/", schema.Schema.as_view(), name="schema"),
    path("<slug:collection>.<slug:ending>", views.File.as_view(), name="file"),
    path("<slug:collection>/", views.List.as_view(), name="list"),
    path("<slug:collection>/<slug:key>/", views.Detail.as_view(), name="detail"),
]
