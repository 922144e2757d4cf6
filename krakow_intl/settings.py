"""The register's configuration, read from the environment alone."""

import os
import re
from ipaddress import ip_network
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
# what this machine keeps: database, secret, uploads, collected static files
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()


def _secret_key():
    """SECRET_KEY if it is set, though it be empty; else the one that `make run` made on this machine."""
    made_here = VAR_DIR / "secret-key"
    key = os.environ.get("SECRET_KEY")
    if key is None and made_here.exists():
        key = made_here.read_text().strip()
    fault = "missing" if key is None else "empty" if not key else "shorter than 50 characters" if len(key) < 50 else ""
    if fault:
        raise ImproperlyConfigured(f"SECRET_KEY is {fault}: see .env.example; `make run` makes one for this machine.")
    return key


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("DEBUG", "").lower() in {"1", "true", "yes", "on"}
ALLOWED_HOSTS = [h.strip() for h in os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",") if h.strip()]
IS_LOCAL = set(ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]", "testserver"}

SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")  # where the register stands for everybody, whatever Host is sent

if any("*" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS holds a wildcard: name each host the register answers to.")
if DEBUG and not IS_LOCAL:
    raise ImproperlyConfigured(f"DEBUG is on while ALLOWED_HOSTS names a public host ({', '.join(ALLOWED_HOSTS)}).")
if not SITE_URL:
    SITE_URL = f"{'http' if IS_LOCAL else 'https'}://{ALLOWED_HOSTS[0] if ALLOWED_HOSTS else 'localhost'}"
# a scheme and a host with nothing behind: "https://register.example", "http://localhost:8000"
if not re.fullmatch(r"https?://[^/?#\s]+", SITE_URL):
    raise ImproperlyConfigured("SITE_URL is no address such as https://register.example: see .env.example.")

# The proxies whose X-Forwarded-For is believed; gunicorn reads the same variable, with the same default.
TRUSTED_PROXIES = [p.strip() for p in os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1").split(",") if p.strip()]
try:
    [ip_network(proxy) for proxy in TRUSTED_PROXIES if proxy != "*"]
except ValueError as error:
    raise ImproperlyConfigured(f"FORWARDED_ALLOW_IPS holds no address or network: {error}.") from error

INTERNAL_REDIRECT = os.environ.get("INTERNAL_REDIRECT", "")
if INTERNAL_REDIRECT and not (INTERNAL_REDIRECT.startswith("/") and INTERNAL_REDIRECT.endswith("/")):
    raise ImproperlyConfigured("INTERNAL_REDIRECT is no path that begins and ends with a slash: see .env.example.")

# Whom residents can always write to; what is empty is not shown.
CITY_HALL_ADDRESS = os.environ.get("CITY_HALL_ADDRESS", "pl. Wszystkich Świętych 3-4, 31-004 Kraków").strip()
CITY_HALL_EMAIL = os.environ.get("CITY_HALL_EMAIL", "").strip()
CITY_HALL_PHONE = os.environ.get("CITY_HALL_PHONE", "").strip()
CITY_HALL_DELIVERY_ADDRESS = os.environ.get("CITY_HALL_DELIVERY_ADDRESS", "").strip()
CITY_BULLETIN_URL = os.environ.get("CITY_BULLETIN_URL", "https://www.bip.krakow.pl/").strip()
CITY_WEBSITE_URL = os.environ.get("CITY_WEBSITE_URL", "https://www.krakow.pl/").strip()
REPORT_ANSWER_DAYS = os.environ.get("REPORT_ANSWER_DAYS", "").strip() or "14"
# on what terms the public data may be used
DATA_LICENSE_URL = os.environ.get("DATA_LICENSE_URL", "").strip() or "https://creativecommons.org/licenses/by/4.0/"
AUDIT_KEEP_DAYS = os.environ.get("AUDIT_KEEP_DAYS", "").strip() or "731"  # two years

# An office of one may publish what it wrote itself; the desk and each entry of the history say so.
ONE_PERSON_REVIEWS = os.environ.get("ONE_PERSON_REVIEWS", "").lower() in {"1", "true", "yes", "on"}

# Whether staff must show a second factor when they sign in, or may: on a machine of one's own it is offered.
SECOND_FACTOR = os.environ.get("SECOND_FACTOR", "").strip().lower() or ("offered" if IS_LOCAL else "required")
if SECOND_FACTOR not in {"required", "offered"}:
    raise ImproperlyConfigured("SECOND_FACTOR is neither required nor offered: see .env.example.")
SECOND_FACTOR_REQUIRED = SECOND_FACTOR == "required"

# The city's own directory (OpenID Connect), by which staff may sign in too; off while one of the three is missing.
OIDC_SERVER_URL = os.environ.get("OIDC_SERVER_URL", "").strip().rstrip("/")
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "").strip()
OIDC_CLIENT_SECRET = os.environ.get("OIDC_CLIENT_SECRET", "").strip()
_OIDC = (OIDC_SERVER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)
if any(_OIDC) and not all(_OIDC):
    raise ImproperlyConfigured(
        "OIDC_SERVER_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all or none."
    )
# "https://login.city.example/realms/city"; without https on this machine alone: "http://127.0.0.1:9000"
if OIDC_SERVER_URL and not re.match(r"https://[^/?#\s]+|http://(?:127\.0\.0\.1|localhost)(?=[:/]|$)", OIDC_SERVER_URL):
    raise ImproperlyConfigured("OIDC_SERVER_URL is no address such as https://login.city.example/realms/city.")
# The server that takes e-mail to staff; without one the register sends none.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "").strip()
EMAIL_PORT = os.environ.get("EMAIL_PORT", "").strip() or "587"
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "").strip()
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT != "25"
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "").strip()
if EMAIL_HOST and not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("EMAIL_HOST is set and EMAIL_FROM is not: see .env.example.")

_WEB_ADDRESS = r"https?://[^\s/?#]+\.[^\s/?#]+(?:/\S*)?"
# what each of them must look like, and an example of it
for _name, (_pattern, _example) in {
    "CITY_HALL_ADDRESS": (r"(?=.*[^\W\d_])[^\x00-\x1f\x7f<>]{6,200}", "pl. Wszystkich Świętych 3-4, 31-004 Kraków"),
    "CITY_HALL_EMAIL": (r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]+\.[^\W\d_]{2,}", "name@city.example"),
    "CITY_HALL_PHONE": (r"(?=(?:\D*\d){9})\+?[\d(][\d ()-]{8,29}", "+48 12 345 67 89"),
    "CITY_HALL_DELIVERY_ADDRESS": (r"AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}", "AE:PL-12345-67890-ABCDE-12"),
    "CITY_BULLETIN_URL": (_WEB_ADDRESS, "https://bulletin.example/"),
    "CITY_WEBSITE_URL": (_WEB_ADDRESS, "https://city.example/"),
    "DATA_LICENSE_URL": (_WEB_ADDRESS, "https://creativecommons.org/licenses/by/4.0/"),
    "REPORT_ANSWER_DAYS": (r"[1-9]\d{0,2}", "14, a number of days"),
    "AUDIT_KEEP_DAYS": (r"[1-9]\d{0,4}", "731, a number of days"),
    "EMAIL_PORT": (r"[1-9]\d{0,4}", "587, the port of a mail server"),
    "DEFAULT_FROM_EMAIL": (r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]+\.[^\W\d_]{2,}", "name@city.example, as EMAIL_FROM"),
}.items():
    if globals()[_name] and not re.fullmatch(_pattern, globals()[_name]):
        raise ImproperlyConfigured(f"{_name} is nothing such as {_example}: see .env.example.")
REPORT_ANSWER_DAYS, AUDIT_KEEP_DAYS, EMAIL_PORT = map(int, (REPORT_ANSWER_DAYS, AUDIT_KEEP_DAYS, EMAIL_PORT))

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "krakow_intl.apps.RegisterAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth.account",  # what the next two stand on; none of its pages has an address
    "allauth.mfa",  # second factors
    "allauth.socialaccount",  # the city's own directory
    "allauth.socialaccount.providers.openid_connect",
    "django_filters",
    "django_prose_editor",
    "drf_spectacular",
    "import_export",
    "rest_framework",
    "simple_history",
    "krakow_intl",
    "krakow_intl.review.apps.ReviewConfig",
    "krakow_intl.portal",  # for its kinds
    "programme",
    "partners",
    "organizations",
    "polonia",
]

MIDDLEWARE = [
    "krakow_intl.core.middleware.request_id.RequestIdMiddleware",
    "krakow_intl.core.middleware.request_log.RequestLogMiddleware",
    "krakow_intl.core.middleware.security_headers.SecurityHeadersMiddleware",
    "krakow_intl.core.middleware.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "krakow_intl.core.middleware.hardening.ControlCharactersMiddleware",
    "krakow_intl.core.middleware.hardening.ReadOnlyMiddleware",
    "krakow_intl.core.middleware.compression.AcceptedEncodingsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "krakow_intl.core.middleware.compression.GZipMiddleware",  # what is not kept; static files stand compressed
    "krakow_intl.core.middleware.lock_timeout.LockTimeoutMiddleware",
    "krakow_intl.core.middleware.parameters.QueryParametersMiddleware",
    "krakow_intl.core.middleware.page_cache.PageCacheMiddleware",
    "krakow_intl.core.middleware.compression.WeakETagMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "krakow_intl.core.middleware.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "krakow_intl.core.middleware.staff_sessions.StaffSessionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "krakow_intl.urls"
WSGI_APPLICATION = "krakow_intl.wsgi.application"

FORM_RENDERER = "krakow_intl.core.form_rendering.FormRenderer"
TEMPLATES = [
    {
        "NAME": "public pages",
        "BACKEND": "krakow_intl.core.jinja.PublicPages",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "krakow_intl.core.jinja.environment",
            "context_processors": ["krakow_intl.core.as_of.context"],
            "vocabulary": [  # modules whose FUNCTIONS and FILTERS the templates know
                "krakow_intl.core.as_of",
                "krakow_intl.core.contact",
                "krakow_intl.core.display",
                "krakow_intl.core.drawings",
                "krakow_intl.core.kinds",
                "krakow_intl.core.links",
                "krakow_intl.review.previews",
                "krakow_intl.portal.navigation",
                "krakow_intl.portal.sharing",
                "programme.display",
                "programme.passages",
                "partners.display",
                "partners.goals",
                "partners.labels",
                "partners.definitions",
                "partners.places",
                "partners.spans",
                "organizations.display",
                "polonia.display",
                "polonia.countries",
                "polonia.goals",
            ],
        },
    },
    {
        "NAME": "staff",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "staff"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASE = dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'register.sqlite3'}")
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE |= {"ENGINE": "krakow_intl.core.sqlite", "CONN_MAX_AGE": 60}  # seconds
    DATABASE["OPTIONS"] = {
        "timeout": 10,  # seconds for which a writer waits for another one
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA cache_spill=OFF;",  # readers wait for no writer before it commits
    }
else:
    DATABASE |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    # compiling a question of a list costs PostgreSQL more than answering it
    options = "-c jit=off -c statement_timeout=20s -c lock_timeout=2s -c idle_in_transaction_session_timeout=60s"
    DATABASE["OPTIONS"] = {"options": options, "connect_timeout": 3} | DATABASE.get("OPTIONS", {})
DATABASES = {"default": DATABASE}

# A streaming replica of it, from which public pages are read.
if DATABASE_REPLICA_URL := os.environ.get("DATABASE_REPLICA_URL", "").strip():
    _REPLICA = dj_database_url.parse(DATABASE_REPLICA_URL)
    if not _REPLICA["ENGINE"] == DATABASE["ENGINE"] == "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_REPLICA_URL names a PostgreSQL beside another: see .env.example.")
    _REPLICA = {name: _REPLICA[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")}
    DATABASES["replica"] = DATABASE | _REPLICA | {"OPTIONS": DATABASE["OPTIONS"] | {"connect_timeout": 1}}
    DATABASE_ROUTERS = ["krakow_intl.core.replica.ReplicaRouter"]
    _behind_the_cache = MIDDLEWARE.index("krakow_intl.core.middleware.page_cache.PageCacheMiddleware") + 1
    MIDDLEWARE.insert(_behind_the_cache, "krakow_intl.core.replica.ReplicaMiddleware")

# Where public pages are kept: files, which the processes of a machine share and which outlive them; memory, of each
# process; or a Redis or Valkey that several machines share.
CACHE_URL = os.environ.get("CACHE_URL", "").strip() or ("none" if DEBUG else "files")
_OF_DJANGO_CACHES = "django.core.cache.backends"
_KINDS = {
    "files": "krakow_intl.core.page_files.PageFiles",
    "memory": f"{_OF_DJANGO_CACHES}.locmem.LocMemCache",
    "none": f"{_OF_DJANGO_CACHES}.dummy.DummyCache",
}
_MAX_KEPT = {"pages": 1000, "answers": 250}  # answers: addresses with a query
_DAY = 24 * 60 * 60  # told as stale while the database is away; `page_cache` says how long they are fresh


def _cache(name):
    backend, place, options = _KINDS.get(CACHE_URL), name, {"MAX_ENTRIES": _MAX_KEPT[name]}
    # "redis://cache.example:6379/0", "rediss://:password@cache.example:6380"
    if backend is None and re.match(r"rediss?://[^\s/]", CACHE_URL):
        backend, place = f"{_OF_DJANGO_CACHES}.redis.RedisCache", CACHE_URL
        options = {"socket_timeout": 1, "socket_connect_timeout": 1}  # seconds
    if backend is None:
        raise ImproperlyConfigured("CACHE_URL is none of files, memory and redis://host:6379/0: see .env.example.")
    place = VAR_DIR / "pages" / name if CACHE_URL == "files" else place
    return {"BACKEND": backend, "LOCATION": place, "TIMEOUT": _DAY, "OPTIONS": options, "KEY_PREFIX": name}


CACHES = {
    "default": {"BACKEND": _KINDS["memory"], "OPTIONS": {"MAX_ENTRIES": 100}},
    "pages": _cache("pages"),
    "answers": _cache("answers"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_OF_DJANGO = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_OF_DJANGO}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_OF_DJANGO}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_OF_DJANGO}.CommonPasswordValidator"},
    {"NAME": f"{_OF_DJANGO}.NumericPasswordValidator"},
    {"NAME": "krakow_intl.core.passwords.CommonWordsValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "polski"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "krakow_intl" / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "pl"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("pl",)
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has to read our stylesheets
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "woff2", "png", "gz", "br"]  # nobody reads a map, the others are packed
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "krakow_intl.core.stylesheets.JoinedStylesheets"},
}
FIXTURES_DIR = BASE_DIR / "fixtures"

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "krakow_intl.api.errors.answer",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "The register of Kraków’s international co-operation",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": [],  # words that may stand in a field are told with it, not under invented names
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,  # whoever asks for some fields gets no others
}

# Strict for every page, the admin included: nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "krakow_intl.core.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day, however busy; what is being written when it ends is not lost
SESSION_IDLE_AGE = 30 * 60  # since the last request
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
CSRF_FAILURE_VIEW = "krakow_intl.core.admin.sign_in_again.csrf_failure"

# Of allauth the tables, the codes and the passkeys serve, and its way to a directory; the pages are our own.
MFA_ADAPTER = "krakow_intl.core.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1  # steps of half a minute that a clock may be wrong
MFA_RATE_LIMITS = ACCOUNT_RATE_LIMITS = False  # `krakow_intl/core/brake.py` counts, across processes
SOCIALACCOUNT_ADAPTER = "krakow_intl.core.directory.DirectoryAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "directory",
            "name": "directory",
            "client_id": OIDC_CLIENT_ID,
            "secret": OIDC_CLIENT_SECRET,
            "settings": {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True},
        }
    ]

BEHIND_HTTPS = not IS_LOCAL and not DEBUG
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
if BEHIND_HTTPS:  # a browser takes such a name from this host alone, and over https alone
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # HSTS preload binds the whole domain of the city: theirs to decide

DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
SIMPLE_HISTORY_REVERT_DISABLED = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "krakow_intl.core.middleware.request_id.RequestIdFilter"},
        "refusals": {"()": "krakow_intl.core.refusals.RefusalFilter"},
    },
    "formatters": {
        "bare": {"format": "%(message)s"},
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id", "refusals"]},
        "requests": {"class": "logging.StreamHandler", "formatter": "bare"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "WARNING"},  # without Django's own handlers, which write a second line or a mail
        "django.request": {"level": "ERROR"},  # pages that are not found are no news
        "krakow_intl.requests": {
            "level": "INFO" if BEHIND_HTTPS else "WARNING",
            "handlers": ["requests"],
            "propagate": False,
        },
        "krakow_intl.sign_in": {"level": "INFO"},  # who signed in, and who tried to
        "django.security.DisallowedHost": {"handlers": ["null"], "propagate": False},
    },
}
