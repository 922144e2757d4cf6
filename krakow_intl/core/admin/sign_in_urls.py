"""The addresses of signing in and of what belongs to it, below those of the staff's pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from krakow_intl.core.admin import directory_sign_in, own_password, own_sessions, own_sign_in
from krakow_intl.core.admin.signing_in import second_step


def of(site):
    """Those of an admin site: the first ones before, the others after somebody has signed in."""
    return [
        path("login/second-step/", login_not_required(second_step), name="second_step"),
        path("login/directory/", login_not_required(directory_sign_in.begin), name="directory"),
        path("login/directory/back/", login_not_required(directory_sign_in.come_back), name="directory_back"),
        *(
            path(f"sign-in/{address}", site.admin_view(view), name=name)
            for address, view, name in (
                ("", own_sign_in.overview, "second_factor"),
                ("confirm/", own_password.confirm_password, "confirm_password"),
                ("app/", own_sign_in.app_for_codes, "app_for_codes"),
                ("passkey/", own_sign_in.passkey, "passkey"),
                ("recovery-codes/", own_sign_in.recovery_codes, "recovery_codes"),
                ("recovery-codes.txt", own_sign_in.recovery_codes_file, "recovery_codes_file"),
                ("<int:pk>/remove/", own_sign_in.remove, "remove_second_factor"),
                ("sessions/", own_sessions.sessions, "own_sessions"),
            )
        ),
    ]
