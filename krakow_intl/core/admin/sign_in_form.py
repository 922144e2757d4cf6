"""The first step of signing in: the name of an account and its password, guessed no faster than the brake allows."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables

from krakow_intl.core import brake, second_factor


class BrakedSignInForm(AdminAuthenticationForm):
    """The account and its password, at which nobody looks while the brake is on."""

    retry_after = None  # seconds, if the brake is on

    @sensitive_variables()
    def clean(self):
        account, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if account is None or not password:
            return super().clean()
        try:
            with brake.attempt(self.request, account) as tried:
                cleaned = super().clean()
                if second_factor.has_second_factor(self.user_cache):
                    tried.outcome = "goes on to the second step"
                return cleaned
        except brake.Delayed as delayed:
            self.retry_after = delayed.seconds
            raise ValidationError(delayed.in_words(), code="delayed") from delayed


def tell_delay(response, form):
    """`response`, which shows a sign-in form, with the status of a delay if the brake is on."""
    if form.retry_after:
        response.status_code = 429
        response["Retry-After"] = form.retry_after
    return response
