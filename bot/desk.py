"""What handlers of questions need of the installation: the golden gate, previews, explanations."""

from datetime import date, timedelta

from bot import explanations, golden
from bot.settings import Settings
from bot.shelf import Shelf
from handlers.questions.desk import Desk
from knowledge.answering.library import Library
from knowledge.evaluation import evaluated


def make_desk(settings: Settings, shelf: Shelf) -> Desk:
    def worse(before: Library, after: Library, today: date) -> str:
        questions = golden.golden_questions(settings.database_url, today)
        missed = [each for each in evaluated(after, questions) if not each.right]
        earlier = evaluated(before, [each.question for each in missed])
        return golden.named([now for now, then in zip(missed, earlier, strict=True) if then.right])

    return Desk(
        patience=timedelta(hours=settings.escalate_after),
        refresh=shelf.refresh,
        preview=shelf.preview,
        worse=worse,
        explained=explanations.lines,
    )
