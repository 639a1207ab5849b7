"""The programmes somebody takes part in."""

from hashlib import sha256

from knowledge.answering.library import Library
from knowledge.programme.values import Programme
from storage.roster import Recipient


def programmes_of(person: Recipient | None, library: Library) -> list[tuple[Programme, str]]:
    """With their role in each; a programme that no document holds any more is left out."""
    known = {
        programme.code: programme
        for document in library.documents
        for programme in document.programmes
    }
    return [
        (known[membership.programme], membership.role)
        for membership in (person.roles if person else ())
        if membership.programme in known
    ]


def sign(code: str) -> str:
    """Of a programme, for a button: codes may be longer than one holds."""
    return sha256(code.encode()).hexdigest()[:10]
