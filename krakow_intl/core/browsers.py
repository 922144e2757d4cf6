"""What a browser calls itself, in words that a person knows again."""

import re

# each name and what stands for it in the header, before those that many others claim to be too
BROWSERS = {
    # "Edg/131.0"
    "Edge": re.compile(r"\bEdg(?:A|iOS)?/"),
    # "OPR/115.0"
    "Opera": re.compile(r"\bOPR/"),
    # "SamsungBrowser/27.0"
    "Samsung Internet": re.compile(r"\bSamsungBrowser/"),
    # "Firefox/133.0", on an iPhone "FxiOS/133.0"
    "Firefox": re.compile(r"\b(?:Firefox|FxiOS)/"),
    # "Chrome/131.0", "HeadlessChrome/131.0", on an iPhone "CriOS/131.0"
    "Chrome": re.compile(r"(?:Chrome|Chromium|\bCriOS)/"),
    # "Version/18.1 Safari/605.1.15"
    "Safari": re.compile(r"\bSafari/"),
}
SYSTEMS = {
    # "(iPhone; CPU iPhone OS 18_1 like Mac OS X)"
    "iPhone": re.compile(r"\biPhone\b"),
    # "(iPad; CPU OS 18_1 like Mac OS X)"
    "iPad": re.compile(r"\biPad\b"),
    # "(Linux; Android 15; Pixel 9)"
    "Android": re.compile(r"\bAndroid\b"),
    # "(Windows NT 10.0; Win64; x64)"
    "Windows": re.compile(r"\bWindows\b"),
    # "(Macintosh; Intel Mac OS X 10_15_7)"
    "macOS": re.compile(r"\bMacintosh\b"),
    # "(X11; CrOS x86_64 14541.0.0)"
    "ChromeOS": re.compile(r"\bCrOS\b"),
    # "(X11; Linux x86_64)"
    "Linux": re.compile(r"\bLinux\b"),
}


def browser_in_words(user_agent):
    """The browser and the system that a header names: "Firefox, Windows"; "" if it names none we know."""
    named = (_first(names, user_agent[:1000]) for names in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, named))


def _first(names, text):
    return next((name for name, pattern in names.items() if pattern.search(text)), "")
