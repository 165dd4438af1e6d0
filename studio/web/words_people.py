"""Sentences of people, accounts, settings and client links."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


PEOPLE: dict[str, Words] = {
    "not_allowed.title": _w("Not with your role", "你的角色无此权限"),
}
