"""The addresses of cities, agreements, institutions, activities and gifts."""

from django.urls import include, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from partners import activity_views, audience_views, benefit_views, calendars, views

app_name = "partners"

cities = [
    path("", views.city_list, name="city_list"),
    path("<slug:slug>/", views.city_detail, name="city_detail"),
    path("<slug:slug>/calendar.ics", calendars.city_calendar, name="city_calendar"),
]
document = format_lazy("<slug:slug>/{}<path:language>/", pgettext_lazy("url", "documents/"))  # once it was any text
agreements = [
    path("", views.agreement_list, name="agreement_list"),
    path(pgettext_lazy("url", "timeline/"), views.agreement_timeline, name="agreement_timeline"),
    path(pgettext_lazy("url", "rules/"), views.term_rules, name="term_rules"),
    path("<slug:slug>/", views.agreement_detail, name="agreement_detail"),
    path(document, views.document_detail, name="document_detail"),
]
audiences = [
    path("", audience_views.audience_list, name="audience_list"),
    path("<slug:slug>/", audience_views.audience_detail, name="audience_detail"),
]
activities = [
    path("", activity_views.activity_list, name="activity_list"),
    path("<slug:slug>/", activity_views.activity_detail, name="activity_detail"),
]
benefits = [
    path("", benefit_views.benefit_list, name="benefit_list"),
    path("<slug:slug>/", benefit_views.benefit_detail, name="benefit_detail"),
]
institutions = [
    path("", views.institution_list, name="institution_list"),
    path("<slug:slug>/", views.institution_detail, name="institution_detail"),
]

urlpatterns = [
    path(pgettext_lazy("url", "partner-cities/"), include(cities)),
    path(pgettext_lazy("url", "partner-cities.csv"), views.city_csv, name="city_csv"),
    path("calendar.ics", calendars.calendar, name="calendar"),
    path(pgettext_lazy("url", "compare/"), views.compare, name="compare"),
    path(pgettext_lazy("url", "agreements/"), include(agreements)),
    path(pgettext_lazy("url", "agreements.csv"), views.agreement_csv, name="agreement_csv"),
    path(pgettext_lazy("url", "agreements.xlsx"), views.agreement_sheet, {"kind": "xlsx"}, name="agreement_xlsx"),
    path(pgettext_lazy("url", "agreements.ods"), views.agreement_sheet, {"kind": "ods"}, name="agreement_ods"),
    path(pgettext_lazy("url", "agreements-sheet.csv"), views.agreement_sheet, {"kind": "csv"}, name="agreement_sheet"),
    path(pgettext_lazy("url", "for-you/"), include(audiences)),
    path(
        pgettext_lazy("url", "for-schools-firms-and-associations/"),
        audience_views.moved_to_audiences,
        name="former_audience_list",
    ),
    path(pgettext_lazy("url", "activities/"), include(activities)),
    path(pgettext_lazy("url", "activities.csv"), activity_views.activity_csv, name="activity_csv"),
    path(pgettext_lazy("url", "gifts/"), include(benefits)),
    path(pgettext_lazy("url", "gifts.csv"), benefit_views.benefit_csv, name="benefit_csv"),
    path(pgettext_lazy("url", "institutions/"), include(institutions)),
]
