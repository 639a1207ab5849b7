"""When somebody may be written to: their own hour, moved out of the quiet hours."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.roster import Recipient

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

    def kept_by(self, remind_at: time | None, quiet: tuple[time, time] | None) -> "Hours":
        """Those of somebody with habits of their own; None: as everybody."""
        return replace(
            self,
            remind_at=remind_at or self.remind_at,
            quiet=QuietHours(*quiet) if quiet else self.quiet,
        )

    def of(self, person: Recipient) -> "Hours":
        return self.kept_by(person.remind_at, person.quiet)

    def at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def is_quiet(self, moment: datetime) -> bool:
        return self.quiet.covers(moment.astimezone(self.zone).time())

    def quiet_until(self, moment: datetime) -> datetime:
        """The end of the quiet hours that cover this moment."""
        local = moment.astimezone(self.zone)
        end = self.at(local.date(), self.quiet.ends)
        return end if end > local else self.at(local.date() + timedelta(days=1), self.quiet.ends)

    def out_of_the_quiet(self, moment: datetime) -> datetime:
        return self.quiet_until(moment) if self.is_quiet(moment) else moment

    def window(self, day: date) -> tuple[datetime, datetime]:
        """From when until when something for this day is worth sending."""
        at, closes = self.at(day, self.remind_at), self._closes(day)
        if self.quiet.covers(at.time()):
            at = self.at(day, self.quiet.ends)
        # An hour in the evening part of the night: the same evening, not the next morning.
        if self.remind_at >= self.quiet.starts and self.quiet.over_midnight:
            at = max(self.at(day, self.quiet.ends), closes - BEFORE_THE_NIGHT)
        return at, closes

    def _closes(self, day: date) -> datetime:
        if self.quiet.over_midnight:
            return self.at(day, self.quiet.starts)
        return self.at(day + timedelta(days=1), MIDNIGHT)
