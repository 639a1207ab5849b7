"""Every document that is known: what is bundled, and what was imported here."""

from pathlib import Path

from knowledge.documents import Document

SQLITE = "sqlite+aiosqlite:///"


def documents_at_hand(database_url: str) -> tuple[Document, ...]:
    """Bundled documents first. A database file that is not there is not created."""
    if database_url.startswith(SQLITE) and not Path(database_url.removeprefix(SQLITE)).exists():
        return ()
    return ()
