"""What is known follows the database, whoever writes to it."""

from datetime import date
from pathlib import Path

from bot import importing
from bot.shelf import Shelf
from knowledge.answering.verdicts import Answer, Asker, Verdict
from tests.cast import MORNING
from tests.databases import Database

NOTICE = """青溪市教育局关于举办2016年小学教师读书班的通知

各校：
一、报到时间
2016年5月8日报到。
"""
TODAY = date(2016, 4, 20)


def asked(shelf: Shelf) -> Verdict:
    return shelf.library.ask("青溪市小学教师读书班什么时候报到", Asker(TODAY))


async def test_notice_imported_elsewhere_is_known_at_the_next_look(
    sqlite: Database, tmp_path: Path
) -> None:
    (tmp_path / "读书班.txt").write_text(NOTICE, encoding="utf-8")
    shelf = Shelf(sqlite.sessions)
    await shelf.refresh()
    assert not await shelf.refresh()

    files = importing.read_all([tmp_path / "读书班.txt"], "")
    await importing.save_all(sqlite.url, files, "", MORNING)

    assert await shelf.refresh()
    verdict = asked(shelf)
    assert isinstance(verdict, Answer)
    assert "5月8日" in verdict.text

    await importing.withdrawn(sqlite.url, 1, MORNING)

    assert await shelf.refresh()
    assert "5月8日" not in asked(shelf).text


async def test_imported_programme_stands_instead_of_the_bundled_one(
    sqlite: Database, tmp_path: Path
) -> None:
    shelf = Shelf(sqlite.sessions)
    await shelf.refresh()
    [bundled] = [one for one in shelf.library.programmes if one.province == "山东"]
    plan = tmp_path / "安排.txt"
    plan.write_text(
        f"{bundled.title} 时间 阶段 任务与职责 学员 组长 "
        "2015年8月1日-8月20日 读书 1.读书。读一本书。 1.组织。组织交流。",
        encoding="utf-8",
    )
    files = importing.read_all([plan], "山东")
    codes = [one.code for one in files[0].document.programmes]

    await importing.save_all(sqlite.url, files, "山东", MORNING)
    await shelf.refresh()

    assert codes == [bundled.code]
    assert [one.code for one in shelf.library.programmes].count(bundled.code) == 1
