"""Every privileged action leaves a line: who did what to whom when."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.auditing import ACTIONS
from bot.cli import main
from scheduler.short_names import short_name
from storage import audit
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    LIN_CHAT,
    PROGRAMME_CODE,
    WU_CHAT,
    ZHAO_CHAT,
    Clock,
)
from tests.databases import Database
from tests.handlers.world import FENG_CHAT, World, lived_in

ROOT = Path(__file__).parent.parent
FOLDERS = "handlers", "bot", "scheduler", "storage"
PRESSES = {  # who presses what, in the world of tests/handlers/world.py
    CHEN_CHAT: ["jn:x:2", "gr:x:{code}:1", "gr:n:1:{task}"],
    WU_CHAT: ["bl:pin:1", "bl:unpin:1", "bl:w2:1"],
    ZHAO_CHAT: ["jn:y:1", "bc:stop:1", "qa:gi:2", "qa:py:1", "qa:lu:1", "ob:d:{held}"],
    LIN_CHAT: ["lv:all"],
}


def noted() -> Iterator[str]:
    """The actions that the source writes down."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("note"):
                    words = [one for one in node.args if isinstance(one, ast.Constant)]
                    yield from [str(one.value) for one in words[:1]]


def test_every_action_has_words_for_people() -> None:
    named_elsewhere = {  # chosen before they are written down
        *("pin_bulletin", "unpin_bulletin", "letter_released", "letter_dropped"),
        *("attach_phrasing", "refuse_phrasing", "import_roster_file"),
    }
    assert set(noted()) | named_elsewhere == set(ACTIONS)


async def pressed(world: World) -> None:
    names = {
        "code": short_name(PROGRAMME_CODE),
        "task": short_name(PROGRAMME_CODE, "学员-读书笔记"),
        "held": next(row[0] for row in world.dump()["outbox"] if "held" in row[:3]),
    }
    for chat, several in PRESSES.items():
        for data in several:
            await world.house.press_data(chat, data.format(**names))
    for command in ("/unbind", "/bind"):
        await world.house.say(CHEN_CHAT, command, chat=GROUP_CHAT)
    await world.house.press_data(FENG_CHAT, "lv:yes")


async def test_what_is_done_is_written_down(sqlite: Database, clock: Clock) -> None:
    world = await lived_in(sqlite, clock)
    await pressed(world)
    async with sqlite.sessions() as session:
        lines = await audit.latest(session, 1000)
    world.close()

    assert {one.action for one in lines} >= {
        *("answer", "post_bulletin", "broadcast", "invite", "revoke_link", "export_progress"),
        *("nudge", "pin_bulletin", "unpin_bulletin", "withdraw_bulletin", "let_in", "give_role"),
        *("broadcast_stopped", "ignore_gap", "approve_entry", "undo_entry", "letter_dropped"),
        *("unbind_group", "bind_group", "leave_all", "forget"),
    }
    assert all(one.actor_id for one in lines if one.action not in ("forget", "import_file"))
    assert "证件" not in str(lines)


def test_the_command_line_tells_names(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["audit"], ["invite", "--role", "项目办"], ["audit"], ["audit", "--json"]):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 0
    first, *_, told, as_json = capsys.readouterr().out.splitlines()

    assert first == "还没有记录。"
    assert "命令行  发出邀请  invitation:1  role=项目办" in told
    [line] = json.loads(as_json)
    assert (line["actor"], line["action"], line["subject"]) == ("命令行", "invite", "invitation:1")
