"""A studio's past as rows, written by the database itself: briefs with their pictures, and what reviewers did so far.

Everything follows from a row's number, so that two runs plant the same. Half of the pictures that passed are judged. Every tenth is
judged by two, and of some of those one has spoken. Each brand has gold and a ranked batch; people who went away hold some seats, a third
of them beyond their lease. SQL for PostgreSQL and SQLite.
"""

# ruff: noqa: S608 - made of our own numbers and words

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

BRANDS, BIG = 40, 4  # four brands have 40 % of the briefs
REVIEWERS, MAKERS, AWAY = 200, 60, 20  # who asks in the run; who writes briefs; who holds seats and does not come back
A_BRIEF = 10  # pictures: two ideas in five formats
GOLD = 300
DAYS = 40  # ago that the oldest was made

WORDS = "秋季新品上市，全场满三百减五十，会员专享双倍积分，限时三天。"
BRIEF = json.dumps({"prompt": WORDS, "goal": "门店引流", "copy": {"headline": "会员狂欢日"}}, ensure_ascii=False)
LAYERS = [
    {"role": role, "box": [60, 90, 1020, 400], "text": WORDS} for role in ("headline", "subline", "price", "legal")
]
DESIGN = json.dumps({"canvas": {"width": 1080, "height": 1920}, "layers": LAYERS}, ensure_ascii=False)
RECIPE = json.dumps(
    {
        "concepts": [{"slug": "red-envelope", "en": "red envelope", "zh": "红包"}],
        "model": {"name": "embedded", "sha256": "0f" * 32},
        "layout": {"format": {"width": 1080, "height": 1920}, "items": LAYERS},
        "seed": 7,
    },
    ensure_ascii=False,
)
TIMINGS = json.dumps({"plan": 0.1, "layout": 0.3, "blockout": 1.6, "diffusion": 0.6, "compose": 0.1, "preflight": 0.7})
ADDRESS = (
    f"CASE WHEN (i * 79) % 100 < 40 THEN ((i * 79) % 100) / 10 ELSE {BIG} + (i * 31 + i / 100) % {BRANDS - BIG} END"
)


@dataclass(frozen=True)
class Planted:
    """What the rows belong to: the lowest ids of each, without gaps, and what the vectors are of."""

    assets: int
    brand: int
    library: int
    rubric: int
    maker: int
    reviewer: int
    away: int
    names_hash: str
    embedder_hash: str


class Dialect:
    """What PostgreSQL says."""

    now, token, zero = "now()", "gen_random_uuid()", "interval '0'"
    blob = "decode(repeat('0a', 64), 'hex')"

    def ago(self, seconds: str) -> str:
        return f"now() - ({seconds}) * interval '1 second'"

    def numbers(self, last: int) -> str:
        return f"generate_series(1, {last}) AS n(i)"


class SQLite(Dialect):
    now, token, zero = "datetime('now')", "lower(hex(randomblob(16)))", "0"
    blob = "zeroblob(64)"

    def ago(self, seconds: str) -> str:
        return f"strftime('%Y-%m-%d %H:%M:%f', 'now', (-({seconds})) || ' seconds')"

    def numbers(self, last: int) -> str:
        return f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n)"


def statements(of: Planted, say: Dialect) -> Iterator[str]:
    yield from _pictures(of, say)
    yield from _items(of, say)
    yield from _seats(of, say)
    yield from _said(of)
    yield f"""INSERT INTO reviews_features (asset_id, names_hash, embedder, embedder_hash, vector, fault, made_at, scored_by)
        SELECT id, '{of.names_hash}', 'planted', '{of.embedder_hash}', {say.blob}, '{{}}', created_at, '' FROM generation_asset
        WHERE id <= {of.assets - 40}"""


def _pictures(of: Planted, say: Dialect) -> Iterator[str]:
    briefs, ideas = of.assets // A_BRIEF, of.assets // 5
    yield f"""INSERT INTO generation_brief (id, library_id, owner_id, title, source, data, product, evidence, created_at)
        SELECT i, {of.library} + {ADDRESS}, {of.maker} + i % {MAKERS}, '秋季 ' || i, '', '{BRIEF}', '', '[]',
        {say.ago(f"({briefs} - i) * {DAYS * 86400.0} / {briefs}")} FROM {say.numbers(briefs)}"""
    yield f"""INSERT INTO generation_variant (id, brief_id, number, way, kept, turn)
        SELECT i, (i - 1) / 2 + 1, (i - 1) % 2 + 1, '', '[]', 0 FROM {say.numbers(ideas)}"""
    yield f"""INSERT INTO generation_job (id, variant_id, width, height, status, priority, attempts, worker, stage, step, steps,
        error_en, error_zh, error_field, created_at, ended_at, told_at, spent)
        SELECT i, (i - 1) / 5 + 1, 600 + 100 * ((i - 1) % 5), 1080, CASE WHEN i % 10 = 0 THEN 'blocked' ELSE 'finished' END,
        0, 1, '', '', 0, 0, '', '', '', {say.now}, {say.now}, {say.now}, {say.zero} FROM {say.numbers(of.assets)}"""
    yield f"""INSERT INTO generation_asset (id, job_id, version, is_head, note, sources, file, thumbnail, sha256, width, height, seed,
        verdict, made, design, recipe, report, timings, created_at)
        SELECT i, i, 1, TRUE, '{{}}', '{{}}', 'assets/' || i || '.png', 'assets/' || i || '.jpg', CAST(i AS varchar(64)),
        600 + 100 * ((i - 1) % 5), 1080, 1, CASE WHEN i % 10 = 0 THEN 'blocked' ELSE 'pass' END, 'rendered', '{DESIGN}', '{RECIPE}',
        '{{}}', '{TIMINGS}', {say.ago(f"({of.assets} - i) * {DAYS * 86400.0} / {of.assets}")} FROM {say.numbers(of.assets)}"""


def _items(of: Planted, say: Dialect) -> Iterator[str]:
    half = of.assets // 2
    yield f"""INSERT INTO reviews_item (id, brand_id, asset_id, maker_id, kind, purpose, state, overlap, four_eyes, strategy, chosen_by,
        rank, created_at)
        SELECT a.id, l.brand_id, a.id, b.owner_id, 'single', 'label', CASE WHEN a.id <= {half} THEN 'settled' ELSE 'open' END,
        CASE WHEN a.id % 10 = 1 THEN 2 ELSE 1 END, FALSE, 'arrival', '',
        CASE WHEN a.id > {half} AND a.id % {max(of.assets // 5000, 2)} = 1 THEN (a.id % 64 + 1) / 65.0 ELSE 0.0 END, a.created_at
        FROM generation_asset a JOIN generation_job j ON j.id = a.job_id JOIN generation_variant v ON v.id = j.variant_id
        JOIN generation_brief b ON b.id = v.brief_id JOIN brand_styles_stylelibrary l ON l.id = b.library_id WHERE a.verdict = 'pass'"""
    yield f"""INSERT INTO reviews_item (id, brand_id, asset_id, maker_id, kind, purpose, state, overlap, four_eyes, strategy, chosen_by,
        rank, expected, created_at)
        SELECT {of.assets} + id, brand_id, asset_id, maker_id, 'single', 'gold', 'open', 1, FALSE, 'gold', '', 0,
        '{{"verdict": "approve", "defects": []}}', created_at FROM reviews_item
        WHERE state = 'settled' AND id % {max(half // GOLD, 3)} = 1"""


def _seats(of: Planted, say: Dialect) -> Iterator[str]:
    """A reviewer's place among those of a brand decides who judged what; nobody judged one twice."""
    yield f"""CREATE TEMPORARY TABLE members AS SELECT brand_id, user_id, count(*) OVER (PARTITION BY brand_id) AS size,
        row_number() OVER (PARTITION BY brand_id ORDER BY user_id) - 1 AS place FROM studio_membership
        WHERE role = 'reviewer' AND user_id >= {of.reviewer} AND user_id < {of.reviewer + REVIEWERS}"""
    one_of_two = "(i.state = 'open' AND i.overlap = 2 AND i.id % 50 = 1)"
    for number, done in ((1, f"i.state = 'settled' OR {one_of_two}"), (2, "i.state = 'settled' AND i.overlap = 2")):
        yield f"""INSERT INTO reviews_seat (item_id, number, brand_id, kind, maker_id, rank, state, holder_id, served_at)
            SELECT i.id, {number}, i.brand_id, 'single', i.maker_id, i.rank, 'done', m.user_id, i.created_at FROM reviews_item i
            JOIN members m ON m.brand_id = i.brand_id AND m.place = (i.id + {number}) % m.size WHERE i.purpose = 'label' AND ({done})"""
    for number, waiting in ((1, f"NOT {one_of_two}"), (2, "i.overlap = 2")):
        yield f"""INSERT INTO reviews_seat (item_id, number, brand_id, kind, maker_id, rank, state)
            SELECT i.id, {number}, i.brand_id, 'single', i.maker_id, i.rank, 'open' FROM reviews_item i
            WHERE i.purpose = 'label' AND i.state = 'open' AND {waiting}"""
    yield f"""UPDATE reviews_seat SET state = 'held', token = {say.token}, holder_id = {of.away} + item_id % {AWAY}, served_at = {say.now},
        lease_until = {say.ago("(item_id % 3 - 1) * 300")}
        WHERE state = 'open' AND number = 1 AND item_id % {max(of.assets // 600, 7)} = 3"""


def _said(of: Planted) -> Iterator[str]:
    yield f"""INSERT INTO reviews_review (brand_id, number, kind, item_id, reviewer_id, verdict, scores, defects, comment, reason,
        rubric_id, seconds, created_at, previous_hash, hash)
        SELECT s.brand_id, row_number() OVER (PARTITION BY s.brand_id ORDER BY s.id), 'verdict', s.item_id, s.holder_id,
        CASE WHEN s.item_id % 4 = 0 THEN 'reject' ELSE 'approve' END, '{{"hue": 3, "layout": 4}}', '[]', '', '',
        {of.rubric} + s.brand_id - {of.brand}, 6.0, s.served_at, '', 'planted ' || s.id FROM reviews_seat s WHERE s.state = 'done'"""
    yield """INSERT INTO reviews_chain (brand_id, length, hash)
        SELECT brand_id, count(*), 'planted ' || brand_id FROM reviews_review GROUP BY brand_id"""
    yield """INSERT INTO reviews_standing (asset_id, brand_id, state, usable, verdicts, adjudicated, defects, settled_at)
        SELECT asset_id, brand_id, CASE WHEN state = 'open' THEN 'waiting' WHEN id % 4 = 0 THEN 'rejected' ELSE 'approved' END,
        CASE WHEN state = 'settled' THEN id % 4 <> 0 END, CASE WHEN state = 'settled' THEN overlap ELSE 0 END, FALSE, '[]',
        CASE WHEN state = 'settled' THEN created_at END FROM reviews_item WHERE purpose = 'label'"""
