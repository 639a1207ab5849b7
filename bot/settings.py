"""Everything that differs between two installations, read once from the environment and .env."""

import re
from datetime import time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.refusal import Refused

ENV_FILE = ".env"
NO_PAGE = "off"
BOT_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Telegram allows no other characters


class SettingsTrouble(Refused):
    """A setting cannot be used; the text is the one line that the operator sees."""


def hour_of_day(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{1,2}:\d{2}", value.strip()):
        hours, minutes = value.strip().split(":")
        if int(hours) < 24 and int(minutes) < 60:
            return time(int(hours), int(minutes))
    if isinstance(value, time):
        return value
    raise ValueError("应是一天中的时刻，如 08:00")


def span_of_hours(value: object) -> object:
    if isinstance(value, tuple):
        return value
    starts, dash, ends = str(value).partition("-")
    if not dash:
        raise ValueError("应是一段时间，如 22:00-07:00")
    return hour_of_day(starts), hour_of_day(ends)


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = ""
    bot_proxy: str = ""
    database_url: str = "sqlite+aiosqlite:///var/yanxiu.db"
    redis_url: str = ""
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    host: str = "127.0.0.1"
    port: int = 8080
    page: str = ""
    timezone: str = "Asia/Shanghai"
    remind_at: Annotated[time, BeforeValidator(hour_of_day)] = time(8)
    quiet_hours: Annotated[tuple[time, time], NoDecode, BeforeValidator(span_of_hours)] = (
        time(22),
        time(7),
    )
    escalate_after: int = 24  # hours
    admin_password_hash: SecretStr = SecretStr("")
    secret_key: SecretStr = SecretStr("")
    log_format: Literal["console", "json"] = "console"

    @property
    def serves_page(self) -> bool:
        return self.page != NO_PAGE

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @field_validator("bot_token")
    @classmethod
    def token_looks_like_one(cls, token: SecretStr) -> SecretStr:
        if token.get_secret_value() and not BOT_TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("不像 BotFather 给的令牌（数字:字母数字）")
        return token

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def address_has_a_scheme(cls, address: str) -> str:
        if address and not re.match(r"https?://[^/\s]+", address):
            raise ValueError("应是以 http:// 或 https:// 开头的地址")
        return address.rstrip("/")

    @field_validator("page")
    @classmethod
    def page_is_off_or_somewhere(cls, place: str) -> str:
        if place and place != NO_PAGE and not re.match(r"https?://[^/\s]+", place):
            raise ValueError("应是 off，或网页的公网地址，以 https:// 开头")
        return place.rstrip("/")

    @field_validator("bot_proxy")
    @classmethod
    def proxy_has_a_scheme(cls, address: str) -> str:
        if address and not re.match(r"https?://[^/\s]+", address):
            raise ValueError("应是以 http:// 开头的代理地址")
        return address

    @field_validator("redis_url")
    @classmethod
    def redis_has_a_scheme(cls, address: str) -> str:
        if address and not re.match(r"(rediss?|unix)://[^\s]+", address):
            raise ValueError("应以 redis:// 或 rediss:// 开头")
        return address

    @field_validator("database_url")
    @classmethod
    def database_is_one_we_test(cls, address: str) -> str:
        if not re.match(r"(sqlite|postgres(ql)?)(\+\w+)?://", address):
            raise ValueError("应以 sqlite:/// 或 postgresql:// 开头")
        return address

    @field_validator("port")
    @classmethod
    def port_is_a_port(cls, port: int) -> int:
        if not 0 <= port <= 65535:
            raise ValueError("应在 0 与 65535 之间")
        return port

    @field_validator("escalate_after")
    @classmethod
    def patience_is_some_hours(cls, hours: int) -> int:
        if not 1 <= hours <= 720:
            raise ValueError("应在 1 与 720（小时）之间")
        return hours

    @field_validator("timezone")
    @classmethod
    def zone_is_known(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("没有这个时区，例如 Asia/Shanghai") from None

    @model_validator(mode="after")
    def parts_fit_together(self) -> Self:
        if not self.bot_token.get_secret_value():
            for name in ("bot_api_url", "bot_proxy", "webhook_url"):
                if getattr(self, name):
                    raise ValueError(f"{name.upper()}：需要同时设置 BOT_TOKEN")
            if not self.serves_page:
                raise ValueError("PAGE：没有 BOT_TOKEN 时不能关掉网页")
        if self.webhook_url and not WEBHOOK_SECRET.fullmatch(
            self.webhook_secret.get_secret_value()
        ):
            raise ValueError(
                "WEBHOOK_SECRET：设置 WEBHOOK_URL 时应有 16 至 256 个字母、数字、_ 或 -"
            )
        return self


def load_settings(env_file: str | None = ENV_FILE) -> Settings:
    """The settings in force; `SettingsTrouble` names the first variable that cannot be used."""
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # known to pydantic only
    except ValidationError as error:
        raise SettingsTrouble(one_line(error)) from None
    except UnicodeDecodeError:
        raise SettingsTrouble(f"{env_file}：不是 UTF-8 编码的文件") from None


def one_line(error: ValidationError) -> str:
    return "；".join(dict.fromkeys(map(reason, error.errors())))


def reason(problem: object) -> str:
    """What is wrong with one variable, in the operator's language."""
    assert isinstance(problem, dict)
    name = ".".join(map(str, problem["loc"])).upper()
    match problem["type"]:
        case "extra_forbidden":
            return f"{name}：没有这个设置（{ENV_FILE}）"
        case "value_error":
            text = str(problem["ctx"]["error"])
            return f"{name}：{text}" if name else text
        case "int_parsing":
            return f"{name}：应是一个整数"
        case "literal_error":
            return f"{name}：应是 console 或 json"
        case _:
            return f"{name}：{problem['msg']}"
