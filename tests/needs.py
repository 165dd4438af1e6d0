"""Marks for tests that need a part of the system; the reason says what to install."""

import shutil

import pytest

chromium = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="Chromium is not installed: apt-get install chromium"
)
