"""A sentence for people, in the two languages of the studio."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["en", "zh"]


class Words(BaseModel):
    """The same sentence written (not translated word by word) in English and Chinese."""

    model_config = ConfigDict(frozen=True)

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The sentence in `language` ("zh", "zh-hans", "en" …); English for any other."""
        return self.zh if language.startswith("zh") else self.en

    def __str__(self) -> str:
        return self.en
