"""When it will all be sent, at the rate at which it goes."""

from datetime import datetime, time, timedelta

from scheduler.hours import Hours

LONGEST_LOOK = 60  # days


def expected_end(now: datetime, letters: int, rate: float, hours: Hours) -> datetime:
    """Nights are not sent through."""
    left = timedelta(seconds=letters / rate)
    moment = hours.out_of_the_quiet(now)
    for _ in range(LONGEST_LOOK):
        pause = _next_pause(moment, hours)
        if pause is None or moment + left <= pause:
            break
        left -= pause - moment
        moment = hours.quiet_until(pause)
    return moment + left


def _next_pause(moment: datetime, hours: Hours) -> datetime | None:
    if hours.quiet.starts == hours.quiet.ends:
        return None
    today = hours.day_of(moment)
    at = hours.at(today, hours.quiet.starts or time())
    return at if at > moment else hours.at(today + timedelta(days=1), hours.quiet.starts)
