"""The tables. The same schema on SQLite and PostgreSQL; migrations/ builds it, a test compares."""

from storage.models import broadcasts, bulletins  # noqa: F401 (their tables belong to the schema)
from storage.models.base import Base, UtcDateTime
from storage.models.knowledge import OpenQuestion, StoredDocument
from storage.models.mail import Lease, OutgoingMessage
from storage.models.progress import (
    CalendarEvent,
    CalendarFeed,
    Credit,
    Progress,
    ToldDeadline,
)
from storage.models.roster import (
    Account,
    AuditEntry,
    Guidance,
    Invitation,
    JoinRequest,
    Membership,
    Person,
    TrainingGroup,
)
from storage.models.talks import ConversationState, Remembered

__all__ = [
    "Account",
    "AuditEntry",
    "Base",
    "CalendarEvent",
    "CalendarFeed",
    "ConversationState",
    "Credit",
    "Guidance",
    "Invitation",
    "JoinRequest",
    "Lease",
    "Membership",
    "OpenQuestion",
    "OutgoingMessage",
    "Person",
    "Progress",
    "Remembered",
    "StoredDocument",
    "ToldDeadline",
    "TrainingGroup",
    "UtcDateTime",
]
