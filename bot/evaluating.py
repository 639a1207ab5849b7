"""Questions with what has to be said, asked of everything that is known here."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.clock import SystemClock
from bot.documents_at_hand import documents_at_hand
from bot.refusal import Refused
from bot.settings import load_settings
from knowledge.answering.library import Library
from knowledge.documents import Document
from knowledge.evaluation import Result, Tally, evaluated, tallied
from knowledge.question_files import QuestionSet, in_json_lines, in_yaml
from knowledge.yaml_lines import Malformed

SHOWN = 160  # characters of what was said


def results_of(path: Path, notices: Sequence[Path]) -> list[Result]:
    settings = load_settings()
    today = SystemClock().now().astimezone(settings.zone).date()
    known = documents_at_hand(settings.database_url)
    results: list[Result] = []
    for one in question_sets(path, today):
        beside = [path.parent / name for name in one.notices]
        library = Library((*known, *_read([*beside, *notices])))
        results += evaluated(library, one.questions)
    return results


def question_sets(path: Path, today: date) -> Sequence[QuestionSet]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() in (".yaml", ".yml"):
            return in_yaml(text, today)
        return [in_json_lines(text, today)]
    except Malformed as malformed:
        raise Refused(f"{path}：{malformed}") from None
    except UnicodeDecodeError:
        raise Refused(f"{path}：不是 UTF-8 编码的文件") from None
    except OSError as error:
        raise Refused(f"{path}：读不了（{error.strerror}）") from None


def _read(paths: Sequence[Path]) -> list[Document]:
    if not paths:
        return []
    from bot.importing import read_all

    return [file.document for file in read_all(paths, "")]


def report(results: Sequence[Result], *, misses: bool) -> Iterator[str]:
    if misses:
        for result in results:
            yield from _missed(result)
        for result in results:
            if result.right and (gap := result.question.known_gap):
                yield f"{result.question.id}  {result.question.turns[0].ask}：已答对（原记：{gap}）"
    categories = dict.fromkeys(result.question.category for result in results)
    for category in categories:
        of_it = [result for result in results if result.question.category == category]
        yield f"{category:12} {_share(tallied(of_it))}"
    tally = tallied(results)
    if tally.total:
        share = tally.wrong_but_sure / tally.total
        yield f"答错却很肯定 {tally.wrong_but_sure}/{tally.total} = {share:.3f}"
    yield f"答对 {_share(tally)}"


def _share(tally: Tally) -> str:
    return f"{tally.right}/{tally.total} = {tally.right / max(tally.total, 1):.3f}"


def _missed(result: Result) -> Iterator[str]:
    for miss in result.misses:
        gap = f"（已知：{result.question.known_gap}）" if result.question.known_gap else ""
        said = " ".join(miss.said.split())
        yield f"{result.question.id}  {miss.turn.ask}{gap}"
        yield f"    错在：{'；'.join(miss.wrong)}"
        yield f"    答的是：{said if len(said) <= SHOWN else said[:SHOWN] + '…'}"
