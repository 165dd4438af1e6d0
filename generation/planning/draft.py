"""A plan in the making: what is known of it so far, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from brand_styles.style import BrandStyle, GlossaryTerm
from brand_styles.words import Words
from generation.planning.brief import Brief
from generation.planning.concepts import Concept, ConceptMatch, fold
from generation.planning.drawables import drawn
from generation.planning.llm import Proposal
from generation.planning.occasions import Occasion
from generation.planning.wishes import Wishes, wishes_in
from generation.types import Reason


@dataclass
class Draft:
    """What is known of the plan so far, and why."""

    brief: Brief
    brand: BrandStyle
    market: str
    industry: str
    matches: list[ConceptMatch] = field(default_factory=list)
    occasion: Occasion | None = None
    reasons: list[Reason] = field(default_factory=list)
    planned_by: str = "rules"
    proposal: Proposal | None = None
    wishes: Wishes = field(default_factory=Wishes)

    def say(self, name: str, value: str, en: str, zh: str) -> None:
        self.reasons.append(Reason(field=name, value=value, why=Words(en=en, zh=zh)))

    @property
    def text(self) -> str:
        """Everything the brief says in words, the prompt first."""
        copy = self.brief.copy_
        parts = (self.brief.prompt, self.brief.goal, copy.headline, copy.subline, self.brief.campaign)
        return "\n".join(part for part in parts if part)

    @property
    def wanted_text(self) -> str:
        """The words that speak of the picture: copy is set as type, so what it names need not be shown."""
        return "\n".join(part for part in (self.brief.prompt, self.brief.goal) if part)

    @property
    def refused(self) -> tuple[str, ...]:
        """Kinds that the brief does not want to see."""
        negated = (match.concept for match in self.matches if match.negated)
        return (
            *self.wishes.refused,
            *(kind for term in self.terms for word in term.never for kind in (word, *wishes_in(word).kinds)),
            *(kind for concept in negated for kind in (concept.slug, *drawn(concept.id).kinds[:1])),
        )

    @property
    def terms(self) -> list[GlossaryTerm]:
        """The brand's own words that the brief uses."""
        said = {fold(match.matched) for match in self.matches if not match.negated}
        return [term for term in self.brand.glossary if fold(term.term) in said]

    @property
    def concepts(self) -> list[Concept]:
        return [match.concept for match in self.matches if not match.negated]
