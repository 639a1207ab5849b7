"""A programme into the database: what it changes is known before it takes effect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot import golden, importing
from bot.documents_at_hand import with_bundled
from bot.importing import ReadFile
from bot.running import run_now
from bot.settings import Settings
from knowledge.documents import Document, Doubt
from knowledge.programme.change_lines import change_lines, counts
from knowledge.programme.changes import changes
from knowledge.programme.identity import carried_over, earlier_version
from knowledge.programme.values import Programme
from knowledge.standing import as_they_stand, not_followed


@dataclass(frozen=True, slots=True)
class Prepared:
    """A programme under the codes of the version it takes the place of, and not yet saved."""

    file: ReadFile
    programme: Programme
    old: Programme | None  # None: nothing like it is known
    lines: tuple[str, ...]  # what it changes, and what later notices change of it
    worse: str  # golden questions that would become wrong, a line each

    @property
    def is_known(self) -> bool:
        return self.programme == self.old


def prepared(settings: Settings, name: str, written: Programme, now: datetime) -> Prepared:
    url = settings.database_url
    known = [kept.document for kept in run_now(importing.listed(url))]
    old = earlier_version(written, _programmes(with_bundled(known)))
    programme = carried_over(old, written) if old else written
    file = _file(name, programme, now)
    if programme == old:
        return Prepared(file, programme, old, (), "")
    before, after = run_now(importing.preview(url, [file], programme.province, now))
    lines = (*_lines(before, after, programme.code), *_overruled(programme, after))
    questions = golden.golden_questions(url, now.astimezone(settings.zone).date())
    worse = golden.named(golden.made_worse(questions, before, after))
    return Prepared(file, programme, old, lines, worse)


def carried(url: str, files: Sequence[ReadFile]) -> list[ReadFile]:
    """Imported files, their programmes under the codes of the versions that are known; what their
    notices change and no programme follows is among the doubts."""
    if not any(map(_concerns_programmes, files)):
        return list(files)
    kept = [each.document for each in run_now(importing.listed(url))]
    known = _programmes(with_bundled(kept))
    documents = [_carried(file.document, known) for file in files]
    everything = with_bundled([*kept, *documents])
    return [
        replace(file, document=_doubted(document, everything))
        for file, document in zip(files, documents, strict=True)
    ]


def programme_changes(
    url: str, files: Sequence[ReadFile], region: str, now: datetime
) -> tuple[str, ...]:
    """What the files change of programmes that are known, a line each; under the programme's title
    where they change several."""
    if not any(map(_concerns_programmes, files)):
        return ()
    before, after = run_now(importing.preview(url, files, region, now))
    old = {one.code: one for one in _standing_all(before)}
    changed = [
        (new.title, lines)
        for new in _standing_all(after)
        if new.code in old and (lines := change_lines(changes(old[new.code], new)))
    ]
    titled = len(changed) > 1
    return tuple(
        line for title, lines in changed for line in ([f"《{title}》", *lines] if titled else lines)
    )


def _concerns_programmes(file: ReadFile) -> bool:
    return bool(file.document.programmes) or any(one.amends for one in file.document.notices)


def _doubted(document: Document, everything: Sequence[Document]) -> Document:
    left = [line for notice in document.notices for line in not_followed(everything, notice)]
    doubts = (*document.doubts, *(Doubt(0, line) for line in left))
    return replace(document, doubts=doubts)


def _carried(document: Document, known: Sequence[Programme]) -> Document:
    programmes = (
        carried_over(old, new) if (old := earlier_version(new, known)) else new
        for new in document.programmes
    )
    return replace(document, programmes=tuple(programmes))


def _file(name: str, programme: Programme, now: datetime) -> ReadFile:
    """Loaded again after another version it counts again: so the digest is that of this load."""
    digest = sha256(f"{now.isoformat()} {programme!r}".encode()).hexdigest()
    return ReadFile(Document(name, programmes=(programme,)), digest)


def _programmes(documents: Sequence[Document]) -> list[Programme]:
    return [programme for document in documents for programme in document.programmes]


def _lines(before: Sequence[Document], after: Sequence[Document], code: str) -> Iterator[str]:
    old, new = _standing(before, code), _standing(after, code)
    if new and old:
        yield from change_lines(changes(old, new))
    elif new:
        yield from (f"新增 · {line}" for line in counts(new.stages))


def _overruled(written: Programme, after: Sequence[Document]) -> Iterator[str]:
    """What is written is not what will hold, where an imported notice says otherwise."""
    if holding := _standing(after, written.code):
        lines = change_lines(changes(written, holding))
        yield from (f"仍按后来的通知 · {line}" for line in lines)


def _standing(imported: Sequence[Document], code: str) -> Programme | None:
    return next((each for each in reversed(_standing_all(imported)) if each.code == code), None)


def _standing_all(imported: Sequence[Document]) -> list[Programme]:
    return _programmes(as_they_stand(with_bundled(imported)))
