"""What the product knows before anything is imported: answers and a programme, in our own words."""

from functools import cache
from pathlib import Path

from knowledge.bundled.faq_form import entries_in
from knowledge.documents import Document
from knowledge.programme import yaml_form

_HERE = Path(__file__).parent


@cache
def bundled_documents() -> tuple[Document, ...]:
    """One document per bundled file."""
    answers = [
        Document(path.name, entries=entries_in(path.name, path.read_text(encoding="utf-8")))
        for path in sorted((_HERE / "faq").glob("*.yaml"))
    ]
    programmes = [
        Document(path.name, programmes=(yaml_form.load(path.read_text(encoding="utf-8")),))
        for path in sorted(_HERE.glob("*.yaml"))
    ]
    return (*answers, *programmes)
