"""How long staff stay signed in: what they do keeps their session alive, what a page asks for by itself does not."""

from krakow_intl.core.middleware.base import Middleware
from krakow_intl.core.middleware.hardening import ADMIN

BY_ITSELF = "X-By-Itself"  # the header of a request that a script makes without anybody having done something


class StaffSessionMiddleware(Middleware):
    """Looks at the staff's addresses alone: public pages open no session."""

    def __call__(self, request):
        if ADMIN.match(request.path_info) and BY_ITSELF not in request.headers:
            request.session.touch()
        return self.get_response(request)
