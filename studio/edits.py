"""Changing a finished picture through the bench's process, whichever door the wish came by."""

from collections.abc import Sequence

from generation.editing.asking import ask
from generation.editing.changes import Change, told
from generation.errors import PermanentError
from generation.models import Asset
from generation.types import Finding, Json
from generation.versions import Edit, key_of, payload_of


def edited(row: Asset, changes: Sequence[Change]) -> Edit:
    """The picture after the changes, as saving wants it. EditProblem or BenchAway, in words, where it cannot be made (now)."""
    if not changes:
        raise PermanentError("Nothing was changed, so there is nothing to save.", "没有任何修改，无需保存。")
    about, data = asked("save", row, [change.model_dump(mode="json") for change in changes])
    at = about.pop("thumbnail")
    roles = {layer["id"]: layer["role"] for layer in row.design["layers"]}
    return Edit(png=data[at:], thumbnail=data[:at], about=about, note=told(tuple(changes), roles))


def findings_after(row: Asset, changes: Sequence[Change]) -> tuple[Finding, ...]:
    """What preflight would say of the picture after the changes."""
    about, _ = asked("findings", row, [change.model_dump(mode="json") for change in changes])
    return tuple(Finding.model_validate(finding) for finding in about["findings"])


def asked(do: str, row: Asset, changes: list[Json]) -> tuple[Json, bytes]:
    return ask(do, key_of(row), lambda: payload_of(row), changes)
