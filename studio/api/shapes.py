"""What the API is sent and what it says, as frozen values. The OpenAPI document is written from these (studio.api.schema)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from brand_styles.words import Words
from generation.editing.changes import LONGEST, MOST, Change
from generation.planning.plan import Lock
from generation.remaking import MOST_AT_ONCE, MOST_LIKE
from generation.types import Finding

Clean = Annotated[str, Field(pattern=r"^[^\x00]*$")]  # text that any database takes
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]  # what a row can have
JobStatus = Literal["queued", "running", "finished", "blocked", "failed", "cancelled"]
Verdict = Literal["pass", "blocked"]


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Out(Shape):
    """Something that the API says."""


class In(Shape):
    """Something that the API is sent: nothing is guessed, a number is no text."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Problem(Out):
    """A refusal (RFC 9457). `type` ends in a code that stays the same; `errors`: sentences by field."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: dict[str, list[str]] = Field(default_factory=dict)
    head: Id | None = Field(default=None, description="of `edited-meanwhile`: the version that is shown now")


# Who, and for which brands


class BrandOfMine(Out):
    slug: str
    name: Words
    role: str
    may: tuple[str, ...] = Field(description="what you may do for it, as far as this way in reaches")


class Me(Out):
    id: Id
    name: str
    runs_studio: bool
    by: Literal["token", "session"]
    scopes: tuple[str, ...] | None = Field(description="of the token; null for a session, which is not narrowed")
    brands: tuple[BrandOfMine, ...]


class Brand(BrandOfMine):
    version: int | None = Field(description="of the published style")
    published_at: datetime | None


class BrandWithStyle(Brand):
    style: dict[str, Any] | None = Field(description="the published style library: palette, typefaces, logos, words")


# Briefs and their jobs


class Jobs(Out):
    """How many there are in each state."""

    total: int
    waiting: int = Field(description="queued or running")
    made: int = Field(description="finished, or made and blocked by preflight")
    troubled: int = Field(description="failed or blocked")


class Brief(Out):
    id: Id
    title: str
    brand: str
    brand_version: int
    campaign: str | None
    owner: str
    created_at: datetime
    jobs: Jobs


class BriefInFull(Brief):
    progress: float = Field(ge=0, le=1)
    seconds_left: float | None = Field(description="about; null when nothing waits")
    workers_seen: bool = Field(description="false where work waits and no worker was seen for a minute")
    can_go_ahead: int = Field(description="waiting jobs that may be moved ahead")
    undoable: int = Field(description="jobs cancelled within the last half minute, whose cancelling can be taken back")
    data: dict[str, Any] = Field(description="the brief as it was submitted")


class Job(Out):
    id: Id
    brief: Id
    variant: int
    format: str = Field(examples=["1080x1350"])
    width: int
    height: int
    status: JobStatus
    stage: str
    step: int
    steps: int
    progress: float = Field(ge=0, le=1)
    place: int | None = Field(description="how many jobs are taken up before it; null unless it waits")
    is_ahead: bool
    tried_again: bool = Field(description="it waits for another try after a fault that may pass")
    error: Words | None
    error_field: str | None
    asset: Id | None


class Asked(Out):
    """What was asked for, as jobs that now wait."""

    jobs: tuple[Job, ...]


class NewReroll(In):
    """New pictures in the formats of these."""

    assets: tuple[Id, ...] = Field(min_length=1, max_length=MOST_AT_ONCE)
    keep: tuple[Lock, ...] = Field(default=(), max_length=3, description="what stays as it is; the rest is drawn again")


class More(In):
    """In the spirit of a picture."""

    count: int = Field(ge=1, le=MOST_LIKE)


# Assets


class File(Out):
    url: str = Field(description="good without a token until it expires; then ask for the asset again")
    media_type: str
    expires_at: datetime


class Files(Out):
    picture: File
    thumbnail: File


class Asset(Out):
    id: Id
    job: Id
    brief: Id
    brand: str
    variant: int
    version: int
    is_head: bool = Field(description="whether this is the version that pages and downloads show")
    format: str
    width: int
    height: int
    verdict: Verdict
    made: str = Field(description='"diffused", or "rendered" without a model')
    sha256: str
    created_at: datetime
    made_by: str | None = Field(description="null for the machine's own")
    note: Words | None = Field(description="what changed in this version")
    previous: Id | None = Field(description="the version it was edited from")
    files: Files


class Document(Out):
    """A document as the studio keeps it; its fields grow with the studio."""

    model_config = ConfigDict(extra="allow")


class Findings(Out):
    """What preflight says of a picture."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    checks: tuple[str, ...] = Field(description="every check that ran")


class Checked(Out):
    """What preflight would say after the changes."""

    findings: tuple[Finding, ...]


class Changes(In):
    changes: tuple[Change, ...] = Field(min_length=1, max_length=MOST)


class NewVersion(Changes):
    anyway: bool = Field(default=False, description="save although somebody else saved a version meanwhile")


# Late changes

Line = Literal["", "headline", "subline", "price", "cta", "badge", "legal"]


class NewLateChange(In):
    """`field` or `old`, or both: which words are replaced."""

    field: Line = Field(default="", description="the line to change; empty for any line")
    old: Clean = Field(default="", max_length=LONGEST, description="the words there now; empty for the whole line")
    new: Clean = Field(min_length=1, max_length=LONGEST)
    whole_campaign: bool = False


class LateItem(Out):
    base: Id
    result: Id | None
    before: str
    after: str
    status: JobStatus
    seconds: float | None
    error: Words | None


class LateChange(Out):
    id: Id
    brief: Id
    whole_campaign: bool
    field: str
    old: str
    new: str
    owner: str
    created_at: datetime
    undone_at: datetime | None
    total: int
    waiting: int
    changed: int
    failed: int


class LateChangeInFull(LateChange):
    items: tuple[LateItem, ...]


# Comments


class NewComment(In):
    """`x` and `y`, both or neither: the point it is about."""

    text: str = Field(min_length=1, max_length=2000)
    x: float | None = Field(default=None, ge=0, le=1, allow_inf_nan=False)
    y: float | None = Field(default=None, ge=0, le=1, allow_inf_nan=False)


class Comment(Out):
    id: Id
    asset: Id
    writer: str
    by_client: bool
    text: str
    x: float | None
    y: float | None
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None


# Webhooks

Event = Literal[
    "brief.finished",
    "asset.ready",
    "asset.blocked",
    "asset.failed",
    "late_change.done",
    "comment.written",
    "asset.signed_off",
]
Address = Annotated[Clean, Field(min_length=1, max_length=1000, examples=["https://example.com/vermilion"])]


class NewWebhook(In):
    brand: Clean = Field(max_length=50)
    url: Address
    name: Clean = Field(default="", max_length=100)
    events: tuple[Event, ...] = Field(default=(), max_length=20, description="empty for all")


class WebhookChange(In):
    """Only what is given changes."""

    url: Address | None = None
    name: Clean | None = Field(default=None, max_length=100)
    events: tuple[Event, ...] | None = Field(default=None, max_length=20)
    active: bool | None = Field(default=None, description="switching it on makes you answer for it")


class Webhook(Out):
    id: Id
    brand: str
    url: str
    name: str
    events: tuple[Event, ...]
    made_by: str
    created_at: datetime
    active: bool
    why: Words | None = Field(description="why the studio switched it off")
    failing_since: datetime | None
    hint: str = Field(description="the last characters of its secret")


class WebhookWithSecret(Webhook):
    secret: str = Field(description="signs what is sent; shown this once")


class Delivery(Out):
    id: Id
    webhook: Id
    message_id: str
    event: str
    state: Literal["queued", "running", "sent", "failed"]
    attempts: int
    status: int | None = Field(description="what the address answered last")
    milliseconds: int | None
    error: Words | None
    created_at: datetime
    next_at: datetime | None
    ended_at: datetime | None
    body: str
