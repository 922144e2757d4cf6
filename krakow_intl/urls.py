"""The address plan of the register."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from krakow_intl.api import feeds
from krakow_intl.api.citations import citation
from krakow_intl.api.dictionary import documentation
from krakow_intl.core.admin.calendar import private_calendar
from krakow_intl.portal import sitemaps, views
from krakow_intl.review.preview_pages import shared_preview

pages = [
    path("", views.home, name="home"),
    path(pgettext_lazy("url", "search/"), views.search, name="search"),
    path(pgettext_lazy("url", "search/names.json"), views.suggestions, name="suggestions"),
    path(pgettext_lazy("url", "about/"), views.page, {"slug": "about"}, name="about"),
    path(pgettext_lazy("url", "data/"), views.page, {"slug": "data"}, name="data"),
    path(pgettext_lazy("url", "data/for-programs/"), documentation, name="documentation"),
    path(pgettext_lazy("url", "accessibility/"), views.accessibility, name="accessibility"),
    path(pgettext_lazy("url", "privacy/"), views.page, {"slug": "privacy"}, name="privacy"),
    path(pgettext_lazy("url", "contact/"), views.page, {"slug": "contact"}, name="contact"),
    path(pgettext_lazy("url", "report-a-mistake/"), views.report, name="report"),
    path(pgettext_lazy("url", "report-a-mistake/thanks/"), views.report_received, name="report_received"),
    path("feeds/register.atom", feeds.register, name="feed"),
    path("feeds/agreements.atom", feeds.agreements, name="feed_of_agreements"),
    path("feeds/ended.atom", feeds.ended, name="feed_of_ended"),
    path("feeds/activities.atom", feeds.activities, name="feed_of_activities"),
    path(format_lazy("{}<slug:slug>/feed.atom", pgettext_lazy("url", "partner-cities/")), feeds.city, name="city_feed"),
    path("cite/<slug:kind>/<slug:slug>.<slug:ending>", citation, name="citation"),
    path("share/<slug:kind>/<slug:slug>.png", sitemaps.picture, name="picture"),
    path("share/register.png", sitemaps.picture_of_register, name="picture_of_register"),
    path("preview/<str:token>/", shared_preview, name="shared_preview"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("", include("partners.urls")),
    path("", include("organizations.urls")),
    path("", include("polonia.urls")),
    path("", include("programme.urls")),
    path("calendar/<str:token>.ics", private_calendar, name="private_calendar"),
    path("admin/", admin.site.urls),
]

urlpatterns = [
    path("", views.root, name="root"),
    path("admin/", views.admin_root, name="admin_root"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemaps.part, name="sitemap_part"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path(".well-known/change-password", views.change_password, name="change_password"),
    path("api/v1/", include("krakow_intl.api.urls")),
    *i18n_patterns(*pages),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
