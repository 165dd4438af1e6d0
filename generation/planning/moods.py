"""The mood of a campaign: read from the brief's field, its words, its occasion or its trade, in that order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from brand_styles.words import Words
from generation.planning.plan import Mood

MOOD_NAMES: dict[Mood, Words] = {
    "lively": Words(en="lively", zh="热闹"),
    "elegant": Words(en="elegant", zh="雅致"),
    "fresh": Words(en="fresh", zh="清新"),
    "luxury": Words(en="luxury", zh="奢华"),
    "calm": Words(en="calm", zh="沉静"),
    "playful": Words(en="playful", zh="俏皮"),
    "tech": Words(en="tech", zh="科技"),
    "warm": Words(en="warm", zh="温暖"),
}

_WORDS: dict[Mood, str] = {
    "lively": "热闹|喜庆|红火|热烈|狂欢|欢腾|热卖|大促|嗨|活力|火热|锣鼓|"
    "lively|festive|energetic|exciting|party|bustling|vibrant|celebrat\\w*",
    "elegant": "雅致|优雅|典雅|精致|东方|诗意|静美|中式|清雅|月下|elegant|refined|graceful|poetic|sophisticated",
    "fresh": "清新|清爽|春天|春日|自然|绿意|轻盈|生机|草木|fresh|spring|natural|green|airy|crisp|light-hearted",
    "luxury": "奢华|高端|尊享|尊贵|黑金|臻享|私行|贵宾|高级感|轻奢|luxur\\w*|premium|exclusive|prestige|black and gold|vip",
    "calm": "沉静|宁静|安静|安心|稳健|稳稳|平和|简约|从容|安稳|淡淡|极简|calm|serene|quiet|steady|minimal|peaceful|reassuring",
    "playful": "俏皮|可爱|好玩|童趣|趣味|萌|盲盒|卡通|潮玩|多巴胺|年轻人|playful|cute|fun|cheerful|quirky|whimsical|youthful",
    "tech": "科技|未来|数字|智能|赛博|炫酷|数据|云端|极速|tech\\w*|futuristic|digital|smart|cyber|neon|sleek|modern app",
    "warm": "温暖|温馨|暖心|团圆|家的|陪伴|阖家|亲情|感恩|暖意|warm\\w*|cosy|cozy|homely|family|heartfelt|grateful",
}
_PATTERNS: dict[Mood, re.Pattern[str]] = {
    mood: re.compile("|".join(w if not w[0].isascii() else rf"\b{w}\b" for w in words.split("|")), re.IGNORECASE)
    for mood, words in _WORDS.items()
}

# The lexicon describes concepts with its own adjectives; these are the ones that say a mood.
_LEXICON: dict[str, Mood] = {
    "festive": "lively", "excited": "lively", "energetic": "lively", "brisk": "lively", "lively": "lively", "joyful": "lively",
    "joyous": "lively", "lucky": "lively", "bright": "lively", "premium": "luxury", "majestic": "luxury", "elegant": "elegant",
    "romantic": "elegant", "poetic": "elegant", "patient": "fresh", "green": "fresh", "outing": "fresh", "spring": "fresh",
    "light": "fresh", "steady": "calm", "calm": "calm", "secure": "calm", "solid": "calm", "rational": "calm", "caring": "calm",
    "reassuring": "calm", "long-term": "calm", "trust": "calm", "cute": "playful", "playful": "playful", "funny": "playful",
    "curious": "playful", "friendly": "playful", "modern": "tech", "techy": "tech", "edgy": "tech", "analytic": "tech",
    "warm": "warm", "homely": "warm", "tender": "warm", "grateful": "warm", "everyday": "warm", "happy": "playful",
}  # fmt: skip

_TRADES: dict[str, Mood] = {
    "fund": "fresh", "insurance": "calm", "pension": "calm", "loan": "calm", "credit-card": "tech", "wallet": "tech",
    "gold": "luxury", "private-bank": "luxury", "retail": "lively", "membership": "lively", "toys": "playful",
    "food": "warm", "beauty": "elegant", "finance": "calm", "technology": "tech", "3c": "tech",
}  # fmt: skip


@dataclass(frozen=True)
class MoodChoice:
    mood: Mood
    matched: str
    why: Words


def mood_in(text: str) -> tuple[Mood, str] | None:
    """The mood that most words of `text` speak for, with the first such word; None where none does."""
    hits = {mood: pattern.findall(text) for mood, pattern in _PATTERNS.items()}
    best = max(hits, key=lambda mood: len(hits[mood]))
    return (best, hits[best][0]) if hits[best] else None


def mood_of_adjectives(adjectives: str) -> Mood | None:
    """The mood of a lexicon row ("warm, reunion"); None where its words say none."""
    for word in re.split(r"[,/ ]+", adjectives.lower()):
        if word in _LEXICON:
            return _LEXICON[word]
    return None


def mood_of_trade(product_type: str | None, industry: str) -> Mood | None:
    """The mood a trade usually wears."""
    return _TRADES.get(product_type or "") or _TRADES.get(industry)
