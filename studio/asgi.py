"""The web process: `uvicorn studio.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

django_application = get_asgi_application()

from studio.web.bounds import Bounded  # noqa: E402 - needs Django's applications to be loaded
from studio.web.events import Streaming  # noqa: E402

application = Bounded(Streaming(django_application))
