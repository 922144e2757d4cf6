"""A page of 10 kB that is always the same, through the middleware that a new project of Django has: the measure."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

PAGE = b"<!doctype html><title>The same</title>".ljust(10_000, b".")

settings.configure(
    SECRET_KEY="only-for-measuring-" * 4,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[],
    CONTENT_SECURITY_POLICY="default-src 'none'",  # which gunicorn's own errors bring
)
urlpatterns = [path("", lambda request: HttpResponse(PAGE))]
application = get_wsgi_application()
