"""A setting that cannot be used is named in one line."""

from datetime import time
from pathlib import Path

import pytest

from bot.settings import SettingsTrouble, load_settings

TOKEN = "123456:AAbbccddeeff-ggHH_iijjkkllmmnnooppq"


pytestmark = pytest.mark.usefixtures("bare_environment")


def file_with(folder: Path, text: str) -> str:
    path = folder / "settings.env"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_nothing_has_to_be_set() -> None:
    settings = load_settings(None)

    assert settings.port == 8080
    assert settings.remind_at == time(8)
    assert settings.quiet_hours == (time(22), time(7))
    assert settings.zone.key == "Asia/Shanghai"


def test_empty_value_means_the_default(tmp_path: Path) -> None:
    assert load_settings(file_with(tmp_path, "PORT=\nBOT_TOKEN=\n")).port == 8080


def test_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")

    assert load_settings(file_with(tmp_path, "PORT=8000")).port == 9000


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("PORT=eighty", "PORT："),
        ("PORT=70000", "PORT："),
        ("TIMEZONE=Mars/Base", "TIMEZONE："),
        ("TIMEZONE=../../etc/passwd", "TIMEZONE："),
        ("REMIND_AT=25:00", "REMIND_AT："),
        ("QUIET_HOURS=22:00", "QUIET_HOURS："),
        ("BOT_TOKEN=secret", "BOT_TOKEN："),
        ("LOG_FORMAT=xml", "LOG_FORMAT："),
        ("DATABASE_URL=mysql://localhost/x", "DATABASE_URL："),
        ("REDIS_URL=localhost:6379", "REDIS_URL："),
        ("PAGE=example.cn", "PAGE："),
        ("PAGE=off", "PAGE："),
        ("BOT_API_URL=http://localhost:8081", "BOT_API_URL："),
        (f"BOT_TOKEN={TOKEN}\nBOT_PROXY=proxy", "BOT_PROXY："),
        (f"BOT_TOKEN={TOKEN}\nWEBHOOK_URL=https://x.example", "WEBHOOK_SECRET："),
        ("BOT_TOKNE=1", "BOT_TOKNE："),
    ],
)
def test_wrong_value_is_named_in_one_line(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(SettingsTrouble) as refusal:
        load_settings(file_with(tmp_path, line))

    assert str(refusal.value).startswith(named)
    assert "\n" not in str(refusal.value)


def test_several_wrong_values_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(SettingsTrouble, match=r"PORT：.*；LOG_FORMAT："):
        load_settings(file_with(tmp_path, "PORT=x\nLOG_FORMAT=x"))


def test_token_is_not_shown(tmp_path: Path) -> None:
    settings = load_settings(file_with(tmp_path, f"BOT_TOKEN={TOKEN}"))

    assert settings.bot_token.get_secret_value() == TOKEN
    assert TOKEN not in f"{settings} {settings!r}"


def test_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.env"
    path.write_bytes("HOST=主机".encode("gb18030"))

    with pytest.raises(SettingsTrouble, match="UTF-8"):
        load_settings(str(path))
