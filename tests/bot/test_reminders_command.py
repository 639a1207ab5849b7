"""`yanxiu reminders` in plain words: which of two teachers of one name is meant, too."""

from pathlib import Path

import pytest

from bot.reminder_lines import KINDS
from scheduler.items import DUE_KINDS
from tests.bot.conftest import Yanxiu

pytestmark = pytest.mark.usefixtures("with_database")

ROSTER = """姓名,角色,研修组,学校
张晓梅,学员,音乐一组,一中
张晓梅,学员,音乐一组,二中
张晓梅,学员,音乐二组,三中
陈波,组长,音乐一组,一中
"""


def test_reminders_are_told_in_plain_words_with_the_group(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    (bare_environment / "名单.csv").write_text(ROSTER, encoding="utf-8")
    yanxiu("roster", "import", "名单.csv")

    lines = yanxiu("reminders", "--from", "2015-09-29", "--to", "2015-09-30").out.splitlines()

    assert not any("_" in line for line in lines)
    told = {line.split("  ")[1] for line in lines}
    assert told == {
        "张晓梅（学员，音乐一组，一中）",
        "张晓梅（学员，音乐一组，二中）",
        "张晓梅（学员，音乐二组）",
        "陈波（组长，音乐一组）",
    }
    assert any(line.endswith("（9月30日前）：明天截止") for line in lines)
    assert any("本组还有人没完成" in line for line in lines)
    assert set(DUE_KINDS.values()) <= set(KINDS)
