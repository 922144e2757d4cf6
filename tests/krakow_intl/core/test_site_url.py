from krakow_intl.core.site_url import absolute


def test_a_path_has_its_address_whatever_name_the_register_was_asked_by(settings):
    settings.SITE_URL = "https://register.example"
    assert absolute("/pl/") == "https://register.example/pl/"
