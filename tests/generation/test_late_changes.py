"""What a late change refuses before it touches a picture. The rest is told by tests/studio/test_late_changes.py."""

import pytest

from generation import late_changes
from generation.errors import PermanentError
from generation.models import Asset


def test_no_more_pictures_than_one_change_may_touch_are_changed_in_part() -> None:
    with pytest.raises(PermanentError) as fault:
        late_changes.targets([Asset()] * (late_changes.MOST + 1), field="price", old="", new="¥60")
    assert f"More than {late_changes.MOST} pictures" in fault.value.words.en and "逐个简报" in fault.value.words.zh
