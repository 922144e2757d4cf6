"""The headers that hold a browser back, on every answer: pages, files, redirects, refusals and errors alike."""

from django.conf import settings

from krakow_intl.core.middleware.base import Middleware

NOT_USED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "midi", "payment")
HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in (*NOT_USED, "usb")),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def security_headers():
    """{name: value}; behind https they say so on redirects too, where Django does not."""
    headers = HEADERS | {"Content-Security-Policy": settings.CONTENT_SECURITY_POLICY}
    if not settings.SECURE_HSTS_SECONDS:
        return headers
    return headers | {"Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"}


class SecurityHeadersMiddleware(Middleware):
    """Adds those that an answer does not bring itself; what has a policy of its own, a scan say, keeps it."""

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in security_headers().items():
            response.headers.setdefault(name, value)
        return response
