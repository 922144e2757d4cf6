"""The addresses of the programme, its goals, chapters and figures."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from programme import views

app_name = "programme"

goals = [
    path("", views.goal_list, name="goal_list"),
    path("<slug:slug>/", views.goal_detail, name="goal_detail"),
]
sources = [
    path("", views.source_list, name="source_list"),
    path("<slug:slug>/", views.source_detail, name="source_detail"),
    path("<slug:slug>/scan.pdf", views.source_scan, name="source_scan"),
]
chapters = [path("<slug:slug>/", views.chapter_detail, name="chapter_detail")]
programme = [
    path("", views.programme_detail, name="programme_detail"),
    path(pgettext_lazy("url", "goals/"), include(goals)),
    path(pgettext_lazy("url", "chapters/"), include(chapters)),
    path(pgettext_lazy("url", "figures/"), views.figure_list, name="figure_list"),
]

urlpatterns = [
    path(pgettext_lazy("url", "programme/"), include(programme)),
    path(pgettext_lazy("url", "sources/"), include(sources)),
]
