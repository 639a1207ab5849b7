"""What the documents promise, the program has; and the other way round."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from aiogram.filters import Command
from typer.core import TyperGroup

from bot.cli import app
from bot.settings import Settings, load_settings
from handlers import all_routers, texts

ROOT = Path(__file__).parent.parent
ENV_EXAMPLE = ROOT / ".env.example"
README = ROOT / "README.md"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
PICTURE = ROOT / "docs" / "page.png"
LONGEST_README = 500  # words
CHINESE_CHARACTER = 0.6  # words; punctuation and the targets of links count nothing
LARGEST_PICTURE = 200 * 1024
FOLDERS = ("bot", "handlers", "web", "scheduler", "storage", "knowledge", "gateway")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_env_example_lists_every_setting_and_no_other() -> None:
    documented = re.findall(r"^([A-Z_]+)=", read(ENV_EXAMPLE), re.M)

    assert documented == [name.upper() for name in Settings.model_fields]


def test_every_setting_has_a_sentence() -> None:
    silent = re.findall(r"(?:\A|[^。]\n)([A-Z_]+)=", read(ENV_EXAMPLE))

    assert silent == []


def test_env_example_holds_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    assert load_settings(str(ENV_EXAMPLE)) == load_settings(None)


def commands(group: TyperGroup, path: str = "yanxiu") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def every_command() -> list[str]:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return list(commands(group))


@pytest.mark.parametrize("command", every_command())
def test_readme_names_every_command(command: str) -> None:
    group, verb = command.rsplit(" ", 1)

    # `yanxiu notices list|show|withdraw` names three
    assert re.search(rf"{group} ([a-z]+\|)*{verb}\b", read(README))


def test_readme_names_no_command_that_is_not_there() -> None:
    named = re.findall(r"\byanxiu ([a-z]+)(?: ([a-z|]+)\b)?", read(README))
    known = every_command()
    alone = {command.split()[1] for command in known if len(command.split()) == 2}

    unknown = [
        f"{first} {verb}"
        for first, verbs in named
        for verb in ([""] if first in alone else (verbs or "?").split("|"))
        if f"yanxiu {first} {verb}".strip() not in known
    ]
    assert unknown == []


def test_readme_is_short() -> None:
    shown = re.sub(r"\]\([^)]*\)", "]", read(README))
    characters = re.findall(r"[\u3400-\u9fff]", shown)
    latin_words = re.findall(r"[A-Za-z0-9_]+", shown)

    assert CHINESE_CHARACTER * len(characters) + len(latin_words) <= LONGEST_README


def test_readme_shows_the_page_at_phone_size() -> None:
    picture = PICTURE.read_bytes()

    assert re.search(r"!\[[^\]]+\]\(docs/page\.png\)", read(README))
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 390  # the width in its header
    assert len(picture) <= LARGEST_PICTURE


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(document: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", read(ROOT / document))

    assert [target for target in targets if not (ROOT / target).exists()] == []


def inner_folders() -> list[str]:
    return [
        f"{folder.relative_to(ROOT).as_posix()}/"
        for name in FOLDERS
        for folder in [ROOT / name, *sorted((ROOT / name).glob("*"))]
        if folder.is_dir() and (folder / "__init__.py").exists()
    ]


@pytest.mark.parametrize("folder", inner_folders())
def test_architecture_names_every_folder(folder: str) -> None:
    assert folder in read(ARCHITECTURE)


def test_architecture_names_no_file_that_is_not_there() -> None:
    inside = "|".join(FOLDERS)
    named = re.findall(rf"`((?:{inside}|tests)/[\w/.]*)`", read(ARCHITECTURE))

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_help_names_every_command_that_is_answered() -> None:
    answered = {
        command
        for router in all_routers()
        for handler in router.message.handlers
        for one in handler.filters or []
        if isinstance(one.callback, Command)
        for command in one.callback.commands
    }

    assert answered == set(texts.COMMANDS)
    assert all(one.words and one.whose for one in texts.COMMANDS.values())
