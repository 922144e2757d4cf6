"""The staff's entrance to the register: its name, its order, its languages."""

from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse, translate_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.i18n import JavaScriptCatalog

from krakow_intl.core.reviewing import NeedsReview, acting

ORDER_OF_APPS = ("review", "partners", "organizations", "polonia", "programme", "krakow_intl", "auth")


PAGES = []


def pages(urls):
    """Enters what tells the addresses of pages that are of no model: (what makes a view one of the staff's) -> urls."""
    PAGES.append(urls)
    return urls


def under_review(view):
    """`view`, in which nobody writes what the public sees but by handing it in."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        try:
            with acting(request.user):
                return view(request, *args, **kwargs)
        except NeedsReview:
            context = admin.site.each_context(request) | {"title": _("This needs another person")}
            return TemplateResponse(request, "admin/needs_review.html", context, status=403)

    return inner


class RegisterAdminSite(admin.AdminSite):
    site_header = _("Register of international co-operation")
    site_title = _("Register of international co-operation, staff")
    index_title = _("The register")

    def get_urls(self):
        """Without Django's redirect to any record's public page: our links go to what is published only."""
        from krakow_intl.core.admin import sign_in_urls  # the site stands before the models do

        of_models = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        of_no_model = (url for urls in PAGES for url in urls(self.admin_view))
        return [*sign_in_urls.of(self), *of_no_model, *of_models]

    def admin_view(self, view, cacheable=False):
        """What staff see is for no cache, whatever Django holds for harmless; what they send is not lost."""
        from krakow_intl.core.admin.keys import only_with_keys
        from krakow_intl.core.admin.sign_in_again import keep_form_through_login
        from krakow_intl.core.admin.signing_in import second_step_first, set_up_first

        guarded = set_up_first(super().admin_view(only_with_keys(under_review(view))))
        return second_step_first(keep_form_through_login(guarded))

    def i18n_javascript(self, request, extra_context=None):
        """The words of Django's scripts, and those of the editor of prose, whose dialog asks for a link."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])(request)

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Django's, with the brake and the second step."""
        from krakow_intl.core.admin.signing_in import SignInView

        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        context = self.each_context(request) | {
            "title": _("Log in"),
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            "has_directory": bool(settings.OIDC_SERVER_URL),
        }
        if REDIRECT_FIELD_NAME not in {*request.GET, *request.POST}:
            context[REDIRECT_FIELD_NAME] = reverse("admin:index")
        return SignInView.as_view(extra_context=context | (extra_context or {}))(request)

    def autocomplete_view(self, request):
        from krakow_intl.core.admin.choosing import RecordAutocompleteView

        return RecordAutocompleteView.as_view(admin_site=self)(request)

    def password_change(self, request, extra_context=None):
        from krakow_intl.core.admin.own_password import OwnPasswordView

        context = self.each_context(request) | (extra_context or {})
        return OwnPasswordView.as_view(extra_context=context)(request)

    def each_context(self, request):
        address = request.get_full_path()
        languages = [(code, name, translate_url(address, code)) for code, name in settings.LANGUAGES]
        return super().each_context(request) | {"site_url": reverse("home"), "languages": languages}

    def index(self, request, extra_context=None):
        from krakow_intl.core.admin.desk_pages import desk_context
        from krakow_intl.core.second_factor import has_second_factor

        context = desk_context(request) | {"lacks_second_factor": not has_second_factor(request.user)}
        return super().index(request, context | (extra_context or {}))

    def get_app_list(self, request, app_label=None):
        """The apps from what is used most to what is used least, their records in the order they were registered."""
        apps = self._build_app_dict(request, app_label)
        known = [apps[label] for label in ORDER_OF_APPS if label in apps]
        return known + [app for label, app in apps.items() if label not in ORDER_OF_APPS]
