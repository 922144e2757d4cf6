"""How the MDN HTTP Observatory counts what the headers of an answer do for its reader."""

SIX_MONTHS = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
GOAL = 130  # of 145: 5 each are left for a cookie that all visitors get, for integrity of scripts, for the preload list


def observatory_points(headers):
    """The points of an answer by its headers: 100 to begin with; what is missing costs, what is strict gives."""
    policy = directives(headers.get("Content-Security-Policy", ""))
    return (
        100
        + points_of_policy(policy)
        + (0 if max_age(headers.get("Strict-Transport-Security", "")) >= SIX_MONTHS else -20)
        + (0 if headers.get("X-Content-Type-Options") == "nosniff" else -5)
        + (5 if "frame-ancestors" in policy else 0 if headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20)
        + (5 if headers.get("Referrer-Policy") in PRIVATE else 0 if "Referrer-Policy" not in headers else -5)
        + (10 if headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"} else 0)
        + (-50 if "Access-Control-Allow-Credentials" in headers else 0)
    )


def directives(policy):
    """{name: its sources}: "default-src 'none'; img-src 'self'" -> {"default-src": {"'none'"}, ...}."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def points_of_policy(policy):
    if not policy:
        return -25
    sources = set().union(*policy.values())
    if any("unsafe" in source or source.startswith(("http:", "data:", "*")) for source in sources):
        return -20
    forms = policy.get("form-action", set())
    return 10 if policy.get("default-src") == {"'none'"} and forms in ({"'self'"}, {"'none'"}) else 5


def max_age(header):
    ages = [part.strip().removeprefix("max-age=") for part in header.split(";") if "max-age=" in part]
    return int(ages[0]) if ages else 0
