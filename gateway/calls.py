"""One call of a Bot API method, and its parameters read as Telegram reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.bodies import LARGEST_INTEGER, Upload, parsed_json
from gateway.errors import bad_request
from gateway.exchange import Bot, Exchange


@dataclass(frozen=True, slots=True)
class Call:
    exchange: Exchange
    bot: Bot
    method: str
    params: Mapping[str, str]
    files: Mapping[str, Upload]

    def text(self, name: str) -> str:
        return self.params.get(name, "")

    def flag(self, name: str) -> bool:
        return self.params.get(name, "").lower() in ("true", "yes", "1")

    def integer(self, name: str, default: int = 0) -> int:
        """What is not a number counts as not given."""
        given = self.params.get(name, "").strip()
        if len(given) > 20 or not given.lstrip("-").isdecimal():
            return default
        try:
            number = int(given)
        except ValueError:
            return default
        return number if abs(number) <= LARGEST_INTEGER else default

    def structure(self, name: str) -> Any:
        """A JSON-serialized parameter, None if absent."""
        given = self.params.get(name, "")
        if not given:
            return None
        try:
            return parsed_json(given)
        except ValueError as error:
            shown = name.replace("_", " ")
            raise bad_request(f"can't parse {shown} JSON object") from error

    def mapping(self, name: str) -> dict[str, Any] | None:
        value = self.structure(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value

    def strings(self, name: str) -> list[str] | None:
        value = self.structure(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise bad_request(f"{name} must be an Array of String")
        return value
