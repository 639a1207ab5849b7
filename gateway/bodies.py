"""Reading what arrives from outside: JSON, forms, multipart; hostile until parsed."""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from gateway.errors import bad_request, too_large

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_BODY = LARGEST_FILE + MEGABYTE
LARGEST_FIELD = MEGABYTE
LARGEST_INTEGER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fields:
    params: Mapping[str, str]
    files: Mapping[str, Upload]


def parsed_json(text: str | bytes) -> Any:
    """Raises ValueError for whatever cannot be stored as UTF-8 text with ordinary numbers."""
    try:
        value = json.loads(text, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (RecursionError, UnicodeError) as error:
        raise ValueError("too deep, or not Unicode") from error
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > LARGEST_BODY:
            raise too_large()
        yield chunk


async def body_of(request: Request) -> bytes:
    return b"".join([chunk async for chunk in _limited(request)])


async def fields_of(request: Request) -> Fields:
    """Query, then body, as the Bot API takes them: every value is a string in the end."""
    params = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    files: Mapping[str, Upload] = {}
    match kind:
        case "multipart/form-data":
            fields = await multipart(request.headers, _limited(request))
            params |= fields.params
            files = fields.files
        case "application/json":
            params |= json_params(await body_of(request))
        case "application/x-www-form-urlencoded":
            params |= _form_params(await body_of(request))
    _demand_unicode(params)
    return Fields(params, files)


def json_params(body: bytes) -> dict[str, str]:
    try:
        value = parsed_json(body) if body.strip() else {}
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(value, dict):
        raise bad_request("can't parse JSON object: object expected")
    return {name: _as_text(given) for name, given in value.items() if given is not None}


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _form_params(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), True, errors="strict", max_num_fields=100))
    except ValueError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


async def multipart(headers: Headers, stream: AsyncGenerator[bytes, None]) -> Fields:
    try:
        form = await MultiPartParser(
            headers, stream, max_files=10, max_fields=100, max_part_size=LARGEST_FIELD
        ).parse()
    # the parser takes the boundary and the charset on trust
    except (MultiPartException, ValueError, KeyError, LookupError) as error:
        raise bad_request("can't parse multipart form") from error
    params: dict[str, str] = {}
    files: dict[str, Upload] = {}
    try:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = await _upload(value)
            else:
                params[name] = value
    finally:
        await form.close()
    return Fields(params, files)


async def _upload(part: UploadFile) -> Upload:
    data = await part.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise too_large()
    name = (part.filename or "file").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if sign.isprintable())[-120:]
    return Upload(name or "file", part.content_type or "application/octet-stream", data)


def _demand_unicode(params: Mapping[str, str]) -> None:
    try:
        for name, value in params.items():
            f"{name}{value}".encode()
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
