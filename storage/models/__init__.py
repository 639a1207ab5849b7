"""The tables. The same schema on SQLite and PostgreSQL; migrations/ builds it, a test compares."""

from storage.models import bulletins  # noqa: F401 (its tables belong to the schema)
from storage.models.base import Base, UtcDateTime
from storage.models.broadcasts import Broadcast
from storage.models.knowledge import StoredDocument
from storage.models.mail import Lease, OutgoingMessage
from storage.models.progress import (
    CalendarEvent,
    CalendarFeed,
    Credit,
    Progress,
    ToldDeadline,
)
from storage.models.questions import (
    ExpertAnswer,
    Gap,
    GivenAnswer,
    LearnedEntry,
    LearnedPhrasing,
    OpenQuestion,
    Proposal,
    QuestionAsker,
    QuestionAssignment,
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
    "Broadcast",
    "CalendarEvent",
    "CalendarFeed",
    "ConversationState",
    "Credit",
    "ExpertAnswer",
    "Gap",
    "GivenAnswer",
    "Guidance",
    "Invitation",
    "JoinRequest",
    "LearnedEntry",
    "LearnedPhrasing",
    "Lease",
    "Membership",
    "OpenQuestion",
    "OutgoingMessage",
    "Person",
    "Progress",
    "Proposal",
    "QuestionAsker",
    "QuestionAssignment",
    "Remembered",
    "StoredDocument",
    "ToldDeadline",
    "TrainingGroup",
    "UtcDateTime",
]
