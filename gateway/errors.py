"""Refusals in Telegram's own words."""

from typing import Any


class ApiError(Exception):
    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_reply(self) -> dict[str, Any]:
        reply: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            reply["parameters"] = self.parameters
        return reply


def bad_request(text: str) -> ApiError:
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(seconds: int) -> ApiError:
    text = f"Too Many Requests: retry after {seconds}"
    return ApiError(429, text, {"retry_after": seconds})


def migrated(chat_id: int) -> ApiError:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, text, {"migrate_to_chat_id": chat_id})


def too_large() -> ApiError:
    return ApiError(413, "Request Entity Too Large")
