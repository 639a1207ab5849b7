"""Bulletins: what was posted to which groups, and who has read it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Bulletin(Base):
    """A link that an author posted. `revision` grows with every edit; `draft` is that of the
    wizard: a press that comes twice posts once."""

    __tablename__ = "bulletin"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft: Mapped[str] = mapped_column(String(40), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    programme_code: Mapped[str] = mapped_column(String(100), index=True)
    kind: Mapped[str] = mapped_column(String(40))  # 课程简报
    stage: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(120))
    url: Mapped[str] = mapped_column(Text)
    posted_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    withdrawn_at: Mapped[datetime | None]
    pinned: Mapped[bool] = mapped_column(default=False)


class BulletinGroup(Base):
    """A group that a bulletin is for, whether or not a chat is bound to it."""

    __tablename__ = "bulletin_group"

    bulletin_id: Mapped[int] = mapped_column(
        ForeignKey("bulletin.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[int] = mapped_column(
        ForeignKey("training_group.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class BulletinReader(Base):
    """Who pressed 已阅, once."""

    __tablename__ = "bulletin_reader"

    bulletin_id: Mapped[int] = mapped_column(
        ForeignKey("bulletin.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    read_at: Mapped[datetime]
