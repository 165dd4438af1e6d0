"""Judged pictures, as the adapter's tests have them."""

from tests.reviews.finetune.conftest import demo, judge, pictures  # noqa: F401 - fixtures
