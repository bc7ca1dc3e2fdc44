"""Settings, every one of them from the environment. Each name is documented in docs/settings.md."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from portal import database, logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

# Production unless said otherwise: a forgotten variable must not open a debug page.
PORTAL_ENV = env.str("PORTAL_ENV", "production")
if PORTAL_ENV not in {"production", "development", "test"}:
    raise ImproperlyConfigured("PORTAL_ENV is production, development or test.")
IS_PRODUCTION = PORTAL_ENV == "production"

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "" if IS_PRODUCTION else "development-only-" + "x" * 50)
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY: production does not start without it.")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", [] if IS_PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
# Where people find the site: for links in mails, which no request tells.
SITE_URL = env.str(
    "SITE_URL",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    if IS_PRODUCTION and ALLOWED_HOSTS
    else f"http://127.0.0.1:{env.int('PORT', 8000)}",
).rstrip("/")
# Who is responsible for the site and its data, and a mail address or URL to reach them at.
OPERATOR_NAME = env.str("OPERATOR_NAME", "" if IS_PRODUCTION else "Exemple ASBL")
OPERATOR_CONTACT = env.str("OPERATOR_CONTACT", "" if IS_PRODUCTION else "contact@example.org")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "portal",
    "portal.accounts",
    "portal.sources",
    "portal.imports",
    "portal.jobs",
    "careers.zones",
    "careers.professions",
    "careers.schools",
    "careers.offers",
    "careers.articles",
    "quiz",
    "portal.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "lucide",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "template_partials",
    "translated_fields",
]

MIDDLEWARE = [
    "portal.middleware.HeadWithoutBody",
    "portal.logs.RequestLogMiddleware",
    "portal.health.ProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Headers first: what is refused carries them too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.RefuseBrokenUrls",
    "portal.guards.RefuseOtherVerbs",
    "portal.guards.NothingPersonalIsStored",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.PublishedLocaleMiddleware",
    # Once the language is known, and before a form is read.
    "portal.guards.RefuseLargeBodies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "careers.offers.middleware.SearchInTime",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
# The site stands at the root of its host. A server may take another place from a header
# (gunicorn does): kept pages and names would then lead there.
FORCE_SCRIPT_NAME = ""

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "builtins": ["portal.templatetags.dates"],
        },
    },
]
# Templates of forms are the project's first (`templates/django/forms/`), then Django's own.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database.configuration(env, VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Triggers follow the models at each `migrate`, instead of a migration for each of them.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True

# What should have been done by the clock while no worker ran is made up for within this time.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 20 * 3600}  # seconds

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # More rows than this, and Django removes some that count: limits would be forgotten.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    ]
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Who asks for a password of an account that does not exist gets no mail: its owner asked nothing.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A session that was left open or stolen changes neither address nor password.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# What one visitor may do in a time, besides the limits of sign-in. A school is one visitor.
ACCOUNT_RATE_LIMITS = {
    "reset_password": "20/h/ip,5/h/key",
    "report_offer": "5/h/ip",
    # To one address, whoever reports: beyond it reports are taken without the mail.
    "report_offer_to": "5/h/key",
    # Shortlists that begin: each is a row in the table of sessions.
    "begin_shortlist": "300/h/ip",
    "start_quiz": "1000/h/ip",
    "make_class": "30/h/ip",
    "send_result": "200/h/ip",
    # To one address, whoever sends: nobody is to be flooded with results of strangers.
    "send_result_to": "5/h/key",
}
# How many proxies of yours stand in front: limits look at the visitor behind them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:home"

# Four languages have columns; only those with a complete interface are published.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("nl", _("Dutch")), ("de", _("German")), ("en", _("English"))]
PUBLISHED_LANGUAGES = env.list("PUBLISHED_LANGUAGES", ["fr", "nl", "de", "en"])
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "portal.formats"
TIME_ZONE = "Europe/Brussels"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    # Private unless said otherwise: no address leads to a file but through a view.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "public": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media" / "public"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
MEDIA_ROOT = VAR_DIR / "media" / "private"

EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "smtp://localhost:25" if IS_PRODUCTION else "file:")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = EMAIL_CONFIG.get("EMAIL_TIMEOUT") or 20  # seconds: a server may never answer
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Jalon <ne-pas-repondre@example.org>")

# Headers. Behind a proxy that speaks TLS for us, say PROXY_SSL_HEADER=X-Forwarded-Proto.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", IS_PRODUCTION)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 3600 if IS_PRODUCTION else 0)
# Of other sites on the same domain we know nothing: their operator says so, or nobody.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # which want both
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
if env.str("PROXY_SSL_HEADER", ""):
    SECURE_PROXY_SSL_HEADER = (
        "HTTP_" + env.str("PROXY_SSL_HEADER").upper().replace("-", "_"),
        "https",
    )
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if IS_PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_PRODUCTION else "csrf"
CSRF_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# With files, of which the largest is a logo. More is not even read; docs/nginx.conf says the same.
LARGEST_BODY = 3 * 1024 * 1024
# A long guide is one form: about 120 rows of twelve columns.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LOGGING = logs.configuration(env.str("LOG_FORMAT", "json" if IS_PRODUCTION else "console"))
LOGGING_CONFIG = "portal.logs.configure"
