"""One asset on the bench, and its files. Files are served here, to those who may see them, and nowhere else."""

import io
import json
import zipfile
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from PIL import Image

from generation.models import Asset, Brief
from generation.planning.plan import LOCKS
from generation.selectors import assets_of, neighbours, sizes_of
from generation.versions import history
from reviews.models import Standing
from studio.access import Act, access_asset_by_id, access_brief_by_id, may, person
from studio.reviewing import review_item_of
from studio.sending import new_token
from studio.sharing import comments_of
from studio.stars import stars_of
from studio.web.bench import bench_data
from studio.web.downloads import download_one

DOCUMENTS = {"design": "design", "recipe": "recipe", "preflight": "report"}
SMALL = 640  # px, the longest side
FOREVER = "private, max-age=31536000, immutable"


@require_safe
@login_required
def asset(request: HttpRequest, asset_id: int) -> HttpResponse:
    user = person(request)
    row = access_asset_by_id(user, asset_id)
    before, after = neighbours(row)
    brief = row.job.variant.brief
    may_edit, stars = may(user, brief.library.brand, Act.MAKE), stars_of(user, brief)
    context = {
        "asset": row,
        "brief": brief,
        "before": before,
        "after": after,
        "versions": list(history(row)),
        "sizes": list(sizes_of(row)),
        "may_edit": may_edit,
        "bench": bench_data(row, may_edit),
        "starred": row.job_id in stars.mine,
        "others": stars.others.get(row.job_id, 0),
        "locks": LOCKS,
        "once": new_token(),
        "comments": comments_of(row),
        "standing": Standing.objects.filter(asset=row).first(),
        "review_item": review_item_of(row) if may(user, brief.library.brand, Act.EDIT_BRAND) else None,
        "repairs": [(step, row.timings.get(f"repair {step['attempt']}")) for step in row.report.get("repairs") or ()],
        "may_comment": may(user, brief.library.brand, Act.COMMENT),
    }
    return render(request, "asset.html", context)


@require_safe
@login_required
def picture(request: HttpRequest, asset_id: int) -> HttpResponse:
    """The PNG; with ?download, as a file to keep, of another kind with &kind=jpeg or webp."""
    row = access_asset_by_id(person(request), asset_id)
    return download_one(request, row) if "download" in request.GET else _file(row.file, "image/png")


@require_safe
@login_required
def thumbnail(request: HttpRequest, asset_id: int) -> HttpResponse:
    """A JPEG of at most 1000 px; with ?small, of at most SMALL, for a wall of hundreds."""
    name = access_asset_by_id(person(request), asset_id).thumbnail
    return _small(name) if "small" in request.GET else _file(name, "image/jpeg")


def _small(name: str) -> HttpResponse:
    try:
        with default_storage.open(name) as file, Image.open(file) as image:
            image.draft("RGB", (SMALL, SMALL))  # a JPEG is read at a fraction of its size where that is enough
            image.thumbnail((SMALL, SMALL))
            out = io.BytesIO()
            image.save(out, "JPEG", quality=82)
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(out.getvalue(), content_type="image/jpeg")
    response["Cache-Control"] = FOREVER
    return response


def _file(name: str, content_type: str) -> HttpResponse:
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = FOREVER  # a file never changes under its address
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@login_required
def document(request: HttpRequest, asset_id: int, kind: str) -> HttpResponse:
    """Design, recipe or preflight report, as JSON."""
    row = access_asset_by_id(person(request), asset_id)
    response = HttpResponse(_json(row, kind), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name_of(row)}.{kind}.json"'
    return response


def _json(row: Asset, kind: str) -> bytes:
    content: Any = getattr(row, DOCUMENTS[kind])
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def name_of(row: Asset) -> str:
    return f"{row.width}x{row.height}-v{row.job.variant.number}"


@require_safe
@login_required
def download_brief(request: HttpRequest, brief_id: int) -> HttpResponse:
    """Everything made for a brief as one ZIP, with the manifest that `manage.py produce` writes."""
    brief = access_brief_by_id(person(request), brief_id)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        entries = [_add(archive, row) for row in assets_of(brief)]
        manifest = {"brief": brief.data, "assets": entries} | _add_evidence(archive, brief)
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
        archive.writestr("brief.yaml", brief.source)
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="brief-{brief.pk}.zip"'
    return response


def _add_evidence(archive: zipfile.ZipFile, brief: Brief) -> dict[str, Any]:
    """Put the proofs of claims into the archive, under names of ours; their part of the manifest, empty without any."""
    entries = []
    for place, proof in enumerate(brief.evidence, start=1):
        name = f"evidence/{place}.{proof['type']}"
        with default_storage.open(proof["stored"]) as file:
            archive.writestr(name, file.read())
        entries.append({key: value for key, value in proof.items() if key != "stored"} | {"stored": name})
    return {"evidence": entries} if entries else {}


def _add(archive: zipfile.ZipFile, row: Asset) -> dict[str, Any]:
    """Put one asset's four files into the archive; its entry of the manifest."""
    name = name_of(row)
    with default_storage.open(row.file) as file:
        archive.writestr(f"{name}.png", file.read())
    for kind in DOCUMENTS:
        archive.writestr(f"{name}.{kind}.json", _json(row, kind))
    return {
        "id": name,
        "format": f"{row.width}x{row.height}",
        "width": row.width,
        "height": row.height,
        "variant": row.job.variant.number,
        "seed": row.seed,
        "file": f"{name}.png",
        **{kind: f"{name}.{kind}.json" for kind in DOCUMENTS},
        "verdict": row.verdict,
        "made": row.made,
        "timings": row.timings,
    }
