"""What is known: imported documents."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class StoredDocument(Base):
    """One imported file as it was understood. Current = neither withdrawn nor replaced."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    region: Mapped[str] = mapped_column(String(20), default="")
    body: Mapped[dict[str, Any]]  # see document_json
    identities: Mapped[list[str]]  # what a newer version is known by, see documents
    imported_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
