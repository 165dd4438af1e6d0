"""The bilingual lexicon: what a marketing word means here, what to draw for it and what never to draw.

The table is concepts.csv beside this file. A term is matched longest first, so that 白条鱼 (a fish) is not taken for
白条 (a credit product): the words listed as confusables hide the shorter ones inside them and stand for nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import resources

from brand_styles.style import GlossaryTerm

_HAN = re.compile(r"[\u3400-\u9fff]")
_PARENS = re.compile(r"[(（][^)）]*[)）]")
_NEGATIONS = ("不要", "不用", "不含", "没有", "无", "别用", "避免", "no ", "without ", "not ", "avoid ")
_MORE_TERMS = {  # how people also say it; the table gives the dictionary's words
    "members-day": ("会员权益日", "会员节", "会员福利日", "members day", "member day", "membership day"),
    "back-to-school": ("新学期", "返校", "new term"),
    "spring-festival": ("新春佳节", "年味"),
    "mid-autumn": ("月圆之夜",),
}
_SILENT = ("design_slang",)  # words about the medium, not about what it shows
_NOT_WORDS = {"-", "", "s", "gw"}


@dataclass(frozen=True)
class Concept:
    """One row of the lexicon. `elements`: what to show, each a phrase; `avoid`: what must not be shown."""

    id: str
    slug: str
    category: str
    en: str
    zh: str
    terms: tuple[str, ...]
    hidden_by: tuple[str, ...]
    elements: tuple[str, ...]
    avoid: tuple[str, ...]
    colors: tuple[str, ...]
    mood: str
    occasions: tuple[str, ...]
    wrong_sense: str
    prompt_hint: str

    @property
    def drawable(self) -> bool:
        """False for rows that say "do not generate": rivals' marks, forbidden words."""
        text = " ".join((*self.elements, self.prompt_hint)).lower()
        stops = ("do not generate", "do not draw", "never use", "do not use", "not for the public", "do not make")
        return not any(stop in text for stop in stops)


@dataclass(frozen=True)
class ConceptMatch:
    """Where a term stands in a text. `negated`: the text says it does not want it ("不要红包")."""

    concept: Concept
    matched: str
    start: int
    negated: bool = False


@cache
def lexicon() -> dict[str, Concept]:
    """Every concept by slug, in the table's order."""
    table = resources.files("generation.planning").joinpath("concepts.csv").read_text(encoding="utf-8")
    concepts = (_concept(row) for row in csv.DictReader(table.splitlines()))
    return {concept.slug: concept for concept in concepts}


def slugs() -> tuple[str, ...]:
    """Every name that a brief's subject may take: concepts in the table's order, then object kinds."""
    from generation.planning.drawables import kind_slugs

    return (*lexicon(), *sorted(kind_slugs() - set(lexicon())))


def find(text: str, glossary: Sequence[GlossaryTerm] = ()) -> list[ConceptMatch]:
    """The concepts that `text` names, in its order. A brand's glossary outranks the lexicon."""
    folded = fold(text)
    taken = [False] * len(folded)
    found: list[ConceptMatch] = []
    for term, slug in _terms(tuple((t.term, t.concept) for t in glossary)):
        for start in places(folded, term):
            span = range(start, start + len(term))
            if any(taken[i] for i in span):
                continue
            for i in span:
                taken[i] = True
            if slug:
                negated = is_negated(folded, start)
                found.append(ConceptMatch(lexicon()[slug], text[start : start + len(term)], start, negated))
    return _first_of_each(sorted(found, key=lambda match: match.start))


def nearest(name: str, count: int = 3, slugs: Iterable[str] | None = None) -> list[str]:
    """The slugs most like `name`: by spelling of the slug, or of a term in either language."""
    wanted = fold(name)
    known = lexicon()
    pool = list(slugs) if slugs is not None else [slug for slug in known if not slug.startswith("taboo")]

    def likeness(slug: str) -> float:
        names = (slug, slug.replace("-", " "), *(known[slug].terms if slug in known else ()))
        return max(_alike(wanted, fold(other)) for other in names)

    return sorted(pool, key=lambda slug: (-likeness(slug), slug))[:count]


def by_name(name: str) -> Concept | None:
    """The concept of a slug, an id such as C117, or an exact term in either language."""
    known = lexicon()
    if name in known:
        return known[name]
    wanted = fold(name.strip())
    for concept in known.values():
        if concept.id.lower() == wanted or wanted in (fold(term) for term in concept.terms):
            return concept
    return None


def fold(text: str) -> str:
    """Lower case, one kind of apostrophe; the same length as `text`, so that places carry over."""
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.replace("\u2019", "'").replace("\u2018", "'").replace("\u3000", " ")


def _alike(a: str, b: str) -> float:
    score = SequenceMatcher(None, a, b).ratio()
    inside = bool(a) and bool(b) and (a in b or b in a)
    return score + (0.35 if inside and min(len(a), len(b)) >= 2 else 0.0)


@cache
def _terms(glossary: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """(folded term, slug or "" for a word that only hides shorter ones), glossary first, then longest first."""
    table: dict[str, str] = {}
    for concept in lexicon().values():
        for hider in concept.hidden_by:
            table.setdefault(fold(hider), "")
        if concept.category in _SILENT:
            continue
        for term in concept.terms:
            table[fold(term)] = table.get(fold(term)) or concept.slug
    own = {fold(term): slug for term, slug in glossary if slug in lexicon()}
    for term in own:
        table.pop(term, None)
    by_length = sorted(table.items(), key=lambda item: (-len(item[0]), item[0]))
    return (*sorted(own.items(), key=lambda item: -len(item[0])), *by_length)


def places(folded: str, term: str) -> list[int]:
    """Where a folded `term` stands as a word of its own: Latin and digits need a boundary, Chinese does not."""
    places, start = [], folded.find(term)
    while start >= 0:
        if _is_whole(folded, start, start + len(term)):
            places.append(start)
        start = folded.find(term, start + 1)
    return places


def _is_whole(folded: str, start: int, end: int) -> bool:
    def splits(left: str, right: str) -> bool:
        both_letters = left.isascii() and left.isalpha() and right.isascii() and right.isalpha()
        return both_letters or (left.isdigit() and right.isdigit())

    opens = start > 0 and splits(folded[start - 1], folded[start])
    closes = end < len(folded) and splits(folded[end - 1], folded[end])
    plural = closes and folded[end] == "s" and (end + 1 == len(folded) or not folded[end + 1].isalpha())
    return not opens and (not closes or plural)


def is_negated(folded: str, start: int) -> bool:
    """Whether the words just before `start` say that what follows is not wanted ("不要红包")."""
    before = folded[max(0, start - 10) : start]
    return any(before.endswith(word) for word in _NEGATIONS)


def _first_of_each(matches: list[ConceptMatch]) -> list[ConceptMatch]:
    seen: dict[str, ConceptMatch] = {}
    for match in matches:
        seen.setdefault(match.concept.slug, match)
    return list(seen.values())


def _concept(row: dict[str, str]) -> Concept:
    zh_terms = [row["zh"], *_split(row["zh_synonyms"]), *_MORE_TERMS.get(row["slug"], ())]
    en_terms = [_PARENS.sub("", row["concept_en"]), *_split(row["en_terms"])]
    plain = [_PARENS.sub("", term).strip().strip("'") for term in (*zh_terms, *en_terms) if "sense)" not in term]
    terms = tuple(dict.fromkeys(term for term in plain if _is_term(term)))
    return Concept(
        id=row["concept_id"],
        slug=row["slug"],
        category=row["category"],
        en=row["concept_en"],
        zh=row["zh"],
        terms=terms,
        hidden_by=_hiders(row, terms),
        elements=_split(row["visual_elements"]),
        avoid=_split(row["avoid_elements"]),
        colors=_split(row["palette_hex"]),
        mood=row["mood"],
        occasions=_split(row["occasion"]),
        wrong_sense=row["wrong_sense"],
        prompt_hint=row["prompt_hint_en"],
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip() not in _NOT_WORDS)


def _is_term(term: str) -> bool:
    """One Chinese character alone is too common to be taken for a term (龙 in 龙头)."""
    if _HAN.search(term):
        return len(term) >= 2
    return len(term) >= 3 and fold(term) not in _NOT_WORDS


def _hiders(row: dict[str, str], terms: tuple[str, ...]) -> tuple[str, ...]:
    """Longer Chinese words that hold one of the terms and mean something else ("白条鱼=a small fish")."""
    listed = [part.split("=")[0].strip() for part in re.split(r"[;；]", row["confusables"]) if "=" in part]
    listed += [_PARENS.sub("", t).strip() for t in _split(row["zh_synonyms"]) if "other sense" in t]
    return tuple(w for w in listed if _HAN.search(w) and w not in terms and any(t in w for t in terms))
