"""Documents as JSON: what was understood is kept as it was, whatever later code would read."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge.documents import Document

FORMAT = 1  # raise it when old bodies cannot be read as they are, and convert them in a migration
ADAPTER = TypeAdapter(Document)


class UnknownFormat(Exception):
    """A body was written by a newer version of the product than this one."""


def to_json(document: Document) -> dict[str, Any]:
    return {"format": FORMAT, "document": ADAPTER.dump_python(document, mode="json")}


def from_json(body: dict[str, Any]) -> Document:
    if body.get("format") != FORMAT:
        raise UnknownFormat(f"资料的存储格式是 {body.get('format')}，本程序只认识 {FORMAT}")
    try:
        return ADAPTER.validate_python(body["document"])
    except ValidationError as error:
        raise UnknownFormat("资料的存储内容读不出来") from error
