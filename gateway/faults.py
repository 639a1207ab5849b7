"""An unkind Telegram on demand: refusals, outages, slowness, lost replies, a strict rate."""

import random
import time
from collections import deque
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, get_args

from gateway.errors import ApiError, bad_request, forbidden, too_many_requests

Kind = Literal["400", "429", "403", "500", "502", "delay", "drop_reply", "refuse", "repeat"]


class HungUp(Exception):
    """The connection is to be closed without an answer."""


class BadGateway(Exception):
    """What a proxy in front of Telegram says, which is not JSON."""


@dataclass(frozen=True, slots=True)
class Rule:
    """No method: every method but getUpdates. No times: for ever.

    «repeat» is about updates: its method is a kind such as callback_query, each of which comes
    once more, the same but for its update_id. `description` is the reason a 400 gives.
    """

    kind: Kind
    method: str | None = None
    chat_id: int | None = None
    times: int | None = None
    probability: float = 1.0
    retry_after: int = 1
    seconds: float = 0.0
    description: str = "not enough rights"

    def covers(self, method: str, chat_id: str) -> bool:
        wanted = self.method.lower() if self.method else None
        if wanted != method and (wanted or method == "getupdates"):
            return False
        return self.chat_id is None or str(self.chat_id) == chat_id


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules that apply to a call add up to."""

    delay: float = 0.0
    drops_reply: bool = False
    refusal: Exception | None = None


@dataclass(slots=True)
class Faults:
    rules: list[Rule] = field(default_factory=list)
    max_per_second: int | None = None
    sent: deque[float] = field(default_factory=deque)

    def as_json(self) -> dict[str, Any]:
        return {
            "rules": [asdict(rule) for rule in self.rules],
            "max_per_second": self.max_per_second,
        }

    def judge(self, method: str, chat_id: str) -> Verdict:
        verdict = Verdict()
        for number, rule in enumerate(self.rules):
            if rule.kind != "repeat" and self._strikes(number, rule, method, chat_id):
                verdict = _with(verdict, rule)
                if verdict.refusal:
                    return verdict
        return verdict if self._within_rate(method) else replace(verdict, refusal=self._slower())

    def repeats(self, kind: str, chat_id: str) -> int:
        """How often more than once an update of this kind is to come."""
        return sum(
            rule.kind == "repeat" and self._strikes(number, rule, kind, chat_id)
            for number, rule in enumerate(self.rules)
        )

    def _strikes(self, number: int, rule: Rule, method: str, chat_id: str) -> bool:
        if rule.times == 0 or not rule.covers(method, chat_id):
            return False
        if rule.probability < 1 and random.random() >= rule.probability:
            return False
        if rule.times is not None:
            self.rules[number] = replace(rule, times=rule.times - 1)
        return True

    def _within_rate(self, method: str) -> bool:
        if self.max_per_second is None or not method.startswith(("send", "copy", "forward")):
            return True
        now = time.monotonic()
        while self.sent and self.sent[0] <= now - 1:
            self.sent.popleft()
        if len(self.sent) >= self.max_per_second:
            return False
        self.sent.append(now)
        return True

    def _slower(self) -> ApiError:
        return too_many_requests(1)


def _with(verdict: Verdict, rule: Rule) -> Verdict:
    match rule.kind:
        case "delay":
            return replace(verdict, delay=verdict.delay + rule.seconds)
        case "drop_reply":
            return replace(verdict, drops_reply=True)
    return replace(verdict, refusal=_refusal(rule))


def _refusal(rule: Rule) -> Exception:
    match rule.kind:
        case "400":
            return bad_request(rule.description)
        case "403":
            return forbidden("bot was blocked by the user")
        case "429":
            return too_many_requests(rule.retry_after)
        case "500":
            return ApiError(500, "Internal Server Error")
        case "502":
            return BadGateway()
    return HungUp()


_SHAPES: dict[str, tuple[type, ...]] = {
    "kind": (str,),
    "method": (str, type(None)),
    "chat_id": (int, type(None)),
    "times": (int, type(None)),
    "probability": (int, float),
    "retry_after": (int,),
    "seconds": (int, float),
    "description": (str,),
}


def rule_from(value: Any) -> Rule:
    if not isinstance(value, dict) or value.get("kind") not in get_args(Kind):
        raise bad_request(f"a rule needs a kind out of {', '.join(get_args(Kind))}")
    for name, given in value.items():
        shape = _SHAPES.get(name)
        if shape is None or isinstance(given, bool) or not isinstance(given, shape):
            raise bad_request(f"rule field {name!r} is unknown or of a wrong type")
    return Rule(**value)


def faults_from(value: Any) -> Faults:
    """A bare list of rules, or {"rules": […], "max_per_second": n}."""
    if isinstance(value, list):
        value = {"rules": value}
    if not isinstance(value, dict) or not isinstance(value.get("rules", []), list):
        raise bad_request("faults are a list of rules")
    rate = value.get("max_per_second")
    if rate is not None and (isinstance(rate, bool) or not isinstance(rate, int) or rate < 1):
        raise bad_request("max_per_second is a positive number or null")
    return Faults([rule_from(rule) for rule in value.get("rules", [])], rate)
