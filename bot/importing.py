"""Files into the database: all of them are read before anything is saved, or nothing is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from rich.console import Console
from rich.progress import track

from bot.documents_at_hand import is_missing
from bot.opening import made_if_missing, opened_database
from bot.refusal import Refused
from bot.rosters import holds_numbers
from bot.shelf import STAMP
from knowledge.documents import Document, Unreadable
from knowledge.reading.apart import read_apart
from knowledge.reading.files import LARGEST
from storage import audit, documents, learned, remembered
from storage.documents import Kept, New, Replaced, Same, Saved

STDERR = Console(stderr=True)


@dataclass(frozen=True, slots=True)
class ReadFile:
    document: Document
    digest: str


def read_all(paths: Sequence[Path], region: str, year: int = 0) -> list[ReadFile]:
    read: list[ReadFile] = []
    refusals: list[str] = []
    silent = (
        len(paths) < 2 or not STDERR.is_terminal
    )  # where nobody watches, a bar is an empty line
    for path in track(paths, "读取", console=STDERR, transient=True, disable=silent):
        try:
            read.append(read_one(path, region, year))
        except Unreadable as refusal:
            refusals.append(str(refusal))
    if refusals:
        raise Refused("\n".join(refusals))
    return read


def read_one(path: Path, region: str, year: int) -> ReadFile:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"{path}：读不了（{error.strerror}）") from None
    refuse_rosters(path.name, content)
    document = read_apart(path.name, content, region=region, year=year)
    return ReadFile(document, sha256(content).hexdigest())


def refuse_rosters(name: str, content: bytes) -> None:
    """As a notice, everybody could ask for the numbers in it."""
    if holds_numbers(name, content):
        raise Unreadable(f"{name}：是带手机号的名单，不能当作通知；请用 roster import 导入。")


async def save_all(
    url: str, files: Sequence[ReadFile], region: str, now: datetime, *, by: int | None = None
) -> list[Saved]:
    """In one transaction. A database that is not there yet is made. `by`: None for the operator."""
    await made_if_missing(url)
    async with opened_database(url) as sessions, sessions.begin() as session:
        await remembered.put(session, STAMP, token_hex(8))
        done = [
            await documents.save(session, file.document, digest=file.digest, region=region, now=now)
            for file in files
        ]
        for file, saved in zip(files, done, strict=True):
            if not isinstance(saved, Same):
                subject, name = f"document:{saved.id}", file.document.name[:100]
                await audit.note(session, "import_file", subject, actor=by, now=now, name=name)
        return done


async def preview(
    url: str, files: Sequence[ReadFile], region: str, now: datetime
) -> tuple[list[Document], list[Document]]:
    """What holds before the files are saved, and what would hold after; nothing is changed."""
    if is_missing(url):
        return [], [file.document for file in files]
    async with opened_database(url) as sessions, sessions.begin() as session:
        before = await documents.current(session)
        for file in files:
            await documents.save(session, file.document, digest=file.digest, region=region, now=now)
        after = await documents.current(session)
        known = await learned.document(session, now.date())
        await session.rollback()
    was, will_be = ([kept.document for kept in each] for each in (before, after))
    return [*was, *known], [*will_be, *known]


async def listed(url: str) -> list[Kept]:
    if is_missing(url):
        return []
    async with opened_database(url) as sessions, sessions() as session:
        return await documents.current(session)


async def found(url: str, number: int) -> Kept:
    if not is_missing(url):
        async with opened_database(url) as sessions, sessions() as session:
            if kept := await documents.show(session, number):
                return kept
    raise Refused(f"没有编号 {number} 的文件")


async def withdrawn(url: str, number: int, now: datetime) -> Kept:
    kept = await found(url, number)
    async with opened_database(url) as sessions, sessions.begin() as session:
        await remembered.put(session, STAMP, token_hex(8))
        if not await documents.withdraw(session, number, now):
            raise Refused(f"编号 {number} 的文件已经撤回过了")
        await audit.note(session, "withdraw_file", f"document:{number}", actor=None, now=now)
    return kept


def outcome(saved: Saved | None) -> dict[str, Any]:
    match saved:
        case New(id=number):
            return {"status": "new", "id": number, "replaces": []}
        case Same(id=number):
            return {"status": "same", "id": number, "replaces": []}
        case Replaced(id=number, old_ids=old):
            return {"status": "replaced", "id": number, "replaces": list(old)}
        case _:
            return {"status": "dry-run", "id": None, "replaces": []}


def told(saved: Saved | None) -> str:
    match outcome(saved):
        case {"status": "new", "id": number}:
            return f"已导入，编号 {number}"
        case {"status": "same", "id": number}:
            return f"已存在，未重复导入（编号 {number}）"
        case {"status": "replaced", "id": number, "replaces": old}:
            return f"已导入，编号 {number}，代替编号 {'、'.join(map(str, old))}"
        case _:
            return "只是查看，没有保存"
