"""Files that were sent, kept in the database: one thing to copy, nothing to go astray."""

import struct
from pathlib import PurePosixPath

from gateway.bodies import Upload
from gateway.errors import bad_request
from gateway.exchange import Bot, Exchange, Json

PREFIX = "GW"


def add_file(exchange: Exchange, bot: Bot, upload: Upload) -> str:
    """The file_id."""
    number = exchange.store.run(
        "INSERT INTO files (bot_id, name, mime, size, data) VALUES (?, ?, ?, ?, ?)",
        bot.id,
        upload.name,
        upload.mime,
        len(upload.data),
        upload.data,
    )
    return f"{PREFIX}{bot.id}-{number}"


def file_number(bot: Bot, file_id: str) -> int | None:
    number = file_id.removeprefix(f"{PREFIX}{bot.id}-")
    return (
        int(number)
        if number != file_id and number.isascii() and number.isdecimal() and len(number) < 18
        else None
    )


def find_upload(exchange: Exchange, bot: Bot, file_id: str) -> Upload | None:
    row = exchange.store.one(
        "SELECT name, mime, data FROM files WHERE number = ? AND bot_id = ?",
        file_number(bot, file_id),
        bot.id,
    )
    return Upload(row["name"], row["mime"], row["data"]) if row else None


def file_json(exchange: Exchange, bot: Bot, file_id: str) -> Json:
    row = exchange.store.one(
        "SELECT number, name, size FROM files WHERE number = ? AND bot_id = ?",
        file_number(bot, file_id),
        bot.id,
    )
    if row is None:
        raise bad_request("invalid file_id")
    suffix = PurePosixPath(row["name"]).suffix
    suffix = suffix if suffix.isascii() and suffix[1:].isalnum() else ""
    return {
        "file_id": file_id,
        "file_unique_id": unique_id(file_id),
        "file_size": row["size"],
        "file_path": f"documents/file_{row['number']}{suffix}",
    }


def unique_id(file_id: str) -> str:
    return f"U{file_id.removeprefix(PREFIX)}"


def document_json(file_id: str, upload: Upload) -> Json:
    return {
        "file_id": file_id,
        "file_unique_id": unique_id(file_id),
        "file_name": upload.name,
        "mime_type": upload.mime,
        "file_size": len(upload.data),
    }


def photo_json(file_id: str, upload: Upload) -> list[Json]:
    size = picture_size(upload.data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    identity = {"file_id": file_id, "file_unique_id": unique_id(file_id)}
    return [{**identity, "width": size[0], "height": size[1], "file_size": len(upload.data)}]


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG, from its head."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # a frame header
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
