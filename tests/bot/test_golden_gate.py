"""An import that makes golden questions worse is refused, and named."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot import golden, importing
from bot.running import run_now
from knowledge.answering.library import Library
from knowledge.bundled import bundled_documents
from knowledge.evaluation import evaluated
from tests.bot.conftest import Yanxiu
from tests.cast import MORNING

READING = """青溪市教育局关于举办2016年教师读书班的通知
溪教〔2016〕7号

各校：
一、报到时间
2016年5月8日在青溪宾馆报到。
"""
CHANGE = """青溪市教育局关于调整2016年教师读书班报到时间的通知
溪教〔2016〕9号

各校：
《青溪市教育局关于举办2016年教师读书班的通知》（溪教〔2016〕7号）的报到时间由5月8日调整为5月20日，其他事项不变。
"""
QUESTION = {"question": "2016年教师读书班什么时候报到", "must": ["^(2016年)?5月8日"]}
CANTEEN = {"question": "食堂几点开门", "must": ["7点"]}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reading class is known, and a golden question about it is kept."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "读书班.txt").write_text(READING, encoding="utf-8")
    (folder / "调整.txt").write_text(CHANGE, encoding="utf-8")
    (folder / "q.jsonl").write_text(f"{json.dumps(QUESTION)}\n{json.dumps(CANTEEN)}", "utf-8")
    files = importing.read_all([folder / "读书班.txt"], "")
    url = f"sqlite+aiosqlite:///{folder}/var/yanxiu.db"
    run_now(importing.save_all(url, files, "", MORNING))
    (folder / "var" / "golden.jsonl").write_text(json.dumps(QUESTION) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(bare_environment: Path, prepared: Path) -> Path:
    shutil.copytree(prepared, bare_environment, dirs_exist_ok=True)
    return bare_environment


def numbers(yanxiu: Yanxiu) -> list[int]:
    return [row["id"] for row in json.loads(yanxiu("notices", "list", "--json").out)]


def test_only_what_is_right_is_kept_and_only_once(yanxiu: Yanxiu, folder: Path) -> None:
    (folder / "var" / "golden.jsonl").unlink()

    said = [yanxiu("evaluate", "q.jsonl", "--keep").err for _ in range(2)]

    assert "记下 1 个问题" in said[0]
    assert "记下 0 个问题" in said[1]
    lines = (folder / "var" / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert "读书班" in lines[0]


def test_import_that_makes_one_worse_is_refused_by_name(yanxiu: Yanxiu, folder: Path) -> None:
    ran = yanxiu("notices", "import", "调整.txt")

    assert (ran.code, ran.out) == (1, "")
    assert "--force" in ran.err
    assert "· 2016年教师读书班什么时候报到：没有说" in ran.err
    assert numbers(yanxiu) == [1]


def test_force_imports_it_nevertheless(yanxiu: Yanxiu, folder: Path) -> None:
    assert yanxiu("notices", "import", "调整.txt", "--force").code == 0

    assert numbers(yanxiu) == [1, 2]


def test_dry_run_tells_what_would_become_worse(yanxiu: Yanxiu, folder: Path) -> None:
    ran = yanxiu("notices", "import", "调整.txt", "--dry-run")

    assert ran.code == 0
    assert "读书班什么时候报到" in ran.err


def test_what_was_wrong_before_does_not_stand_in_the_way(yanxiu: Yanxiu, folder: Path) -> None:
    (folder / "var" / "golden.jsonl").write_text(json.dumps(CANTEEN), encoding="utf-8")

    assert yanxiu("notices", "import", "调整.txt").code == 0


def test_unreadable_golden_file_is_named(yanxiu: Yanxiu, folder: Path) -> None:
    (folder / "var" / "golden.jsonl").write_text("{oops", encoding="utf-8")

    ran = yanxiu("notices", "import", "调整.txt")

    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "golden.jsonl：第1行" in ran.err


def test_bundled_must_haves_are_all_right() -> None:
    questions = golden.golden_questions("sqlite:///none/yanxiu.db", date(2015, 9, 17))

    missed = [each for each in evaluated(Library(bundled_documents()), questions) if not each.right]
    assert len(questions) >= 15
    assert missed == []


def test_golden_file_lies_beside_the_database() -> None:
    assert golden.file_beside("sqlite+aiosqlite:///data/x.db") == Path("data/golden.jsonl")
    assert golden.file_beside("postgresql://server/x") == Path("var/golden.jsonl")


async def test_preview_shows_what_would_hold_and_saves_nothing(
    database_url: str, tmp_path: Path
) -> None:
    paths = [tmp_path / "读书班.txt", tmp_path / "调整.txt"]
    for path, text in zip(paths, (READING, CHANGE), strict=True):
        path.write_text(text, encoding="utf-8")
    files = importing.read_all(paths, "")
    await importing.save_all(database_url, files[:1], "", MORNING)

    before, after = await importing.preview(database_url, files, "", MORNING)

    assert [document.name for document in before] == ["读书班.txt"]
    assert [document.name for document in after] == ["读书班.txt", "调整.txt"]
    assert len(await importing.listed(database_url)) == 1
