"""What templates need: sentences in the person's language, icons, seconds as people say them."""

from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from brand_styles.models import Brand
from brand_styles.words import Words
from studio import access as studio_access
from studio.web.words import sentence

register = template.Library()


@register.simple_tag
def say(key: str, *more: str) -> str:
    """{% say "home" %}; further parts are joined to the key: {% say "status." tile.status %}."""
    return sentence(key + "".join(more), get_language())


@register.simple_tag
def tell(key: str, **values: object) -> str:
    """{% tell "gold.asked" right=3 asked=4 %}: the sentence with what its braces name."""
    return sentence(key, get_language()).format(**values)


@register.simple_tag(takes_context=True)
def may(context: template.Context, act: str, brand: Brand) -> bool:
    """{% may "make" brief.library.brand as can_make %}: whether the person may do that for the brand."""
    return studio_access.may(context["user"], brand, studio_access.Act(act))


@register.simple_tag(takes_context=True)
def may_somewhere(context: template.Context, act: str) -> bool:
    """{% may_somewhere "make" as can_write %}: whether the person may do that for any brand."""
    return studio_access.may_somewhere(context["user"], studio_access.Act(act))


@register.filter
def spoken(words: Words | dict[str, str]) -> str:
    """Words (or their JSON) in the person's language."""
    return Words.model_validate(words).in_language(get_language() or "en")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon; always with a word beside it, so it is hidden from screen readers."""
    address = static("vendor/lucide-1.62.0.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', address, name)


@register.filter
def duration(seconds: float) -> str:
    """40 s, 3 min, 2.5 h: rounded as people say it."""
    chinese = (get_language() or "en").startswith("zh")
    if seconds < 90:
        rounded = max(5, round(seconds / 5) * 5)
        return f"{rounded} 秒" if chinese else f"{rounded} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} 分钟" if chinese else f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} 小时" if chinese else f"{seconds / 3600:.1f} h"


@register.filter
@stringfilter
def size(name: str) -> str:
    """1080x1920 with a real multiplication sign."""
    return name.replace("x", "×")


@register.filter
def percent(share: float) -> int:
    return round(share * 100)


@register.filter
def item(mapping: dict[str, Any] | None, key: str) -> Any:
    return (mapping or {}).get(key)


@register.filter
def box_width(box: list[float]) -> float:
    return max(0.0, box[2] - box[0])


@register.filter
def box_height(box: list[float]) -> float:
    return max(0.0, box[3] - box[1])


@register.filter
def measure(value: float | str) -> str:
    """A measured value: text as it is, numbers with three significant digits."""
    return f"{value:.3g}" if isinstance(value, float) else str(value)


@register.filter
def unlocalized(value: object) -> str:
    return str(value)


@register.filter
def dom(name: str) -> str:
    """A field's name as part of an element's id."""
    return name.replace(".", "-")


@register.filter
def half(value: float) -> str:
    return f"{value / 2:g}"


@register.filter
def known_market(market: str) -> str:
    """The market's code where the pages have a name for it, else "other"."""
    return market if market in ("cn", "us", "uk", "eu", "in") else "other"


@register.filter
def bytesize(count: float) -> str:
    """480 MB, 1.2 GB."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


@register.filter
def counted(number: float) -> str:
    """Weights as model cards write them: 4.2 M, 12.4 B."""
    return f"{number / 1e9:.1f} B" if number >= 1e9 else f"{number / 1e6:.1f} M"


@register.filter
def lora_brand(entry: str) -> str:
    """The brand that an entry of ENGINE_LORAS is for, without the path of its file."""
    return entry.partition("=")[0]
