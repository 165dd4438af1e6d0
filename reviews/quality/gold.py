"""How well somebody judges pictures whose answer is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb

from brand_styles.words import Words
from reviews.agreement import Estimate, wilson
from reviews.models import Item
from reviews.rubric import Verdict
from reviews.said import Said

WINDOW = 50  # the latest gold items that count
NORMAL_SKILL = 0.9  # how often a careful reviewer is right on gold
FULL, EARLY = (
    0.025,
    0.005,
)  # how unlikely a flag is for them: with a full window; before, where it is looked at after every item
LEAST = 10


@dataclass(frozen=True)
class GoldRecord:
    """The latest gold items of one reviewer. `chance`: how often a careful reviewer gets so few right, or fewer."""

    asked: int
    right: int
    chance: float
    flagged: bool

    @property
    def share(self) -> Estimate:
        return wilson(self.right, self.asked)

    @property
    def words(self) -> Words:
        """What the record says, with its reason."""
        en, zh = f"{self.right} of {self.asked} gold pictures right", f"{self.asked} 张金标准图中判对 {self.right} 张"
        if self.asked < LEAST:
            return Words(en=f"{en}: too few to say anything yet.", zh=f"{zh}：数量太少，暂不判断。")
        odds = f"{self.chance:.1%}" if self.chance >= 0.001 else "0.1%"
        en_odds, zh_odds = ("", "") if self.chance >= 0.001 else ("under ", "不足 ")
        told = Words(
            en=f"somebody who is right on {NORMAL_SKILL:.0%} gets so few in {en_odds}{odds} of cases",
            zh=f"正确率 {NORMAL_SKILL:.0%} 的评审员出现此情况的概率{zh_odds}{odds}",
        )
        if self.flagged:
            return Words(
                en=f"{en}: {told.en}. Go through the rubric together.", zh=f"{zh}：{told.zh}。建议一起对照评审标准。"
            )
        return Words(en=f"{en}: within what is usual.", zh=f"{zh}：处于正常范围。")


def gold_record(right: Sequence[bool]) -> GoldRecord:
    """From a reviewer's answers to gold items, oldest first.

    Flagged where somebody who is right on 90 % would get so few of the last 50 in at most 2.5 % of cases (40 or fewer: the exact binomial
    tail); before there are 50, at most 0.5 %. A skill that fell to 75 % is found with a power of 84 % by each full window.
    """
    latest = right[-WINDOW:]
    asked, hits = len(latest), sum(latest)
    chance = at_most(hits, asked, NORMAL_SKILL)
    limit = FULL if asked == WINDOW else EARLY
    return GoldRecord(asked, hits, chance, flagged=asked >= LEAST and chance <= limit)


def at_most(hits: int, asked: int, skill: float) -> float:
    """The probability of `hits` or fewer right answers of `asked`, each right with probability `skill`."""
    return float(sum(comb(asked, k) * skill**k * (1 - skill) ** (asked - k) for k in range(hits + 1)))


def gold_answers(said: Iterable[Said]) -> dict[int, list[bool]]:
    """Whether each reviewer found each gold picture usable or not as its answer does, oldest first, by reviewer."""
    found: dict[int, list[bool]] = {}
    for each in said:
        if each.purpose == Item.Purpose.GOLD and each.expected is not None:
            wanted = each.expected["verdict"] != Verdict.REJECT
            found.setdefault(each.reviewer, []).append(each.usable == wanted)
    return found
