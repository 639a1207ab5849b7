"""When somebody may be written to: their own hour, moved out of the quiet hours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)
SHANGHAI = ZoneInfo("Asia/Shanghai")
BEFORE_THE_NIGHT = timedelta(hours=1)  # room to deliver for an hour chosen inside the night


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `starts` until `ends`, usually over midnight. The same time twice: never quiet."""

    starts: time = time(22)
    ends: time = time(7)

    @property
    def over_midnight(self) -> bool:
        return self.starts > self.ends

    def covers(self, at: time) -> bool:
        if self.over_midnight:
            return at >= self.starts or at < self.ends
        return self.starts <= at < self.ends


@dataclass(frozen=True, slots=True)
class Hours:
    """The installation's habits. Days and hours are those of `zone`."""

    zone: ZoneInfo = SHANGHAI
    remind_at: time = time(8)
    quiet: QuietHours = QuietHours()

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def is_quiet(self, moment: datetime) -> bool:
        return self.quiet.covers(moment.astimezone(self.zone).time())

    def quiet_until(self, moment: datetime) -> datetime:
        """The end of the quiet hours that cover this moment."""
        local = moment.astimezone(self.zone)
        end = self._at(local.date(), self.quiet.ends)
        return end if end > local else self._at(local.date() + timedelta(days=1), self.quiet.ends)

    def window(self, day: date, own_hour: time | None) -> tuple[datetime, datetime]:
        """From when until when something for this day is worth sending."""
        at, closes = self._at(day, own_hour or self.remind_at), self._closes(day)
        if self.quiet.covers(at.time()):
            at = self._at(day, self.quiet.ends)
        # An hour in the evening part of the night: the same evening, not the next morning.
        if (own_hour or self.remind_at) >= self.quiet.starts and self.quiet.over_midnight:
            at = max(self._at(day, self.quiet.ends), closes - BEFORE_THE_NIGHT)
        return at, closes

    def _closes(self, day: date) -> datetime:
        if self.quiet.over_midnight:
            return self._at(day, self.quiet.starts)
        return self._at(day + timedelta(days=1), MIDNIGHT)

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone)
