"""The bench: live recomposition of one asset, saving it as a version, and which version is shown."""

import json
import struct
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from brand_styles.words import Words
from generation.editing.asking import BenchAway
from generation.editing.changes import read_changes
from generation.errors import GenerationError, PermanentError
from generation.models import Asset
from generation.types import Json
from generation.versions import Edit, EditedMeanwhile, make_head, save_version
from studio.access import Act, access_asset_by_id, person
from studio.edits import asked, edited
from studio.web.json_body import json_of
from studio.web.words import SENTENCES, sentence

MOST_BYTES = 400_000  # of a request


@require_POST
@login_required
def compose(request: HttpRequest, asset_id: int) -> HttpResponse:
    """The picture after a list of changes: a length (4 bytes), JSON that says what is on it, then a JPEG."""
    row = access_asset_by_id(person(request), asset_id, Act.MAKE)
    try:
        about, picture = _ask("picture", row, _sent(request))
    except GenerationError as error:
        return _problem(error)
    head = json.dumps(about, ensure_ascii=False).encode()
    answer = struct.pack(">I", len(head)) + head + picture
    response = HttpResponse(answer, content_type="application/octet-stream")
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def findings(request: HttpRequest, asset_id: int) -> HttpResponse:
    """What preflight finds on the picture after a list of changes, in the person's language."""
    row = access_asset_by_id(person(request), asset_id, Act.MAKE)
    try:
        about, _ = _ask("findings", row, _sent(request))
    except GenerationError as error:
        return _problem(error)
    return JsonResponse({"findings": [_spoken(finding) for finding in about["findings"]]})


@require_POST
@login_required
def save(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Keep the changes as a new version. 409, with words, where somebody else saved one meanwhile; `anyway` saves beside it."""
    user = person(request)
    row = access_asset_by_id(user, asset_id, Act.MAKE)
    try:
        sent = _sent(request)
        edit = _finished(row, sent)
        saved = save_version(base=row, edit=edit, user_id=user.pk, anyway=bool(sent.get("anyway")))
    except EditedMeanwhile as error:
        return _problem(error, head=reverse("asset", args=[error.head.pk]))
    except GenerationError as error:
        return _problem(error)
    return JsonResponse({"asset": saved.pk, "url": reverse("asset", args=[saved.pk])}, status=201)


@require_POST
@login_required
def restore(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Show this version from now on."""
    row = make_head(access_asset_by_id(person(request), asset_id, Act.MAKE))
    return redirect("asset", row.pk)


def _finished(row: Asset, sent: Json) -> Edit:
    return edited(row, read_changes(sent.get("changes", [])))


def _ask(do: str, row: Asset, sent: Json) -> tuple[Json, bytes]:
    return asked(do, row, sent.get("changes", []))


def _sent(request: HttpRequest) -> Json:
    """The request's JSON object. PermanentError where it is none."""
    problem = PermanentError(
        "These changes could not be read. Reload the page; what you typed is kept.",
        "无法识别这些修改。请刷新页面，已输入的内容会保留。",
    )
    if len(request.body) > MOST_BYTES:
        raise problem
    try:
        sent = json_of(request)
    except ValueError:
        raise problem from None
    if not isinstance(sent, dict) or not isinstance(sent.get("changes", []), list):
        raise problem
    return sent


def _problem(error: GenerationError, **more: str) -> JsonResponse:
    status = 409 if isinstance(error, EditedMeanwhile) else 503 if isinstance(error, BenchAway) else 422
    said = error.words.in_language(get_language() or "en")
    return JsonResponse({"problem": said, "field": error.field, **more}, status=status)


SPOKEN = ("line.", "severity.", "bench.", "look.deutan", "look.protan")


def bench_data(row: Asset, may_edit: bool) -> Json:
    """What the bench's script needs: addresses for who may edit, and the sentences that it sets itself."""
    language = get_language()
    doors = {"compose": "compose", "findings": "compose-findings", "save": "save-version"} if may_edit else {}
    return {
        "asset": row.pk,
        "width": row.width,
        "height": row.height,
        **{key: reverse(name, args=[row.pk]) for key, name in doors.items()},
        "say": {key: sentence(key, language) for key in SENTENCES if key.startswith(SPOKEN)},
    }


def _spoken(finding: dict[str, Any]) -> dict[str, Any]:
    words = Words.model_validate(finding["words"]).in_language(get_language() or "en")
    keys = ("severity", "box", "layer", "measured", "limit")
    return {"words": words, **{key: finding.get(key) for key in keys}}
