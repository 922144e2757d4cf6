"""What browsers call themselves is told in words that a person knows again."""

import pytest

from krakow_intl.core.browsers import browser_in_words

NAMED = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0": "Firefox, Windows",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36": (
        "Chrome, Linux"
    ),
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0": "Edge, Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15": (
        "Safari, macOS"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 CriOS/131.0 Mobile Safari/604.1": (
        "Chrome, iPhone"
    ),
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36": (
        "Samsung Internet, Android"
    ),
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36": "Chrome, ChromeOS",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/129.0 Safari/537.36 OPR/115.0": "Opera, Windows",
    "curl/8.5.0": "",
    "": "",
}


@pytest.mark.parametrize(("header", "words"), NAMED.items(), ids=[name or "nothing" for name in NAMED.values()])
def test_a_browser_is_named_with_its_system(header, words):
    assert browser_in_words(header) == words


def test_a_header_of_any_length_is_read_in_no_time_and_named_shortly():
    assert len(browser_in_words("Firefox/" * 100_000)) <= 60
