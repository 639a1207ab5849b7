"""Reading a question: what is scope, what asks, what proposes a figure, and what it is about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from knowledge.answering.coverage import ACTS
from knowledge.answering.framing import word_set
from knowledge.answering.guesses import guessed, own_case
from knowledge.answering.kinds import Asked, asked_besides, asked_for
from knowledge.answering.masks import Mask
from knowledge.answering.question_words import FIGURE_KINDS, LISTED, UNITS, Kind
from knowledge.answering.questions import Question
from knowledge.answering.roles import Roles
from knowledge.answering.spoken import as_written
from knowledge.answering.synonyms import spoken_phrases
from knowledge.answering.units_meant import AGES, with_unit
from knowledge.chinese.normal import normal
from knowledge.chinese.regions import canonical, province_in
from knowledge.chinese.words import Cutter

_YEAR = re.compile(  # not 我2023年入职: a year of one's own
    r"(?<!\d)((?:19|20)\d{2})"
    r"(?!年[才就已曾]?(?:经|当|入职|任|上岗|毕业|参加工作|评|调|转|考上|拿|取得|结业))"
    r"(?:年度?|(?=国培|省培|[^\d.\-/%个字元人名学]))"
)
_SHORT_YEAR = re.compile(
    r"(?<!\d)([12]\d)年(?=国培|省培|市培|那个|这个|的?(?:通知|培训|研修|项目|置换|班|那)|版|暑期|秋季|春季)"
)
_RECIPIENT = re.compile(r"(?:交|报|发|提交|报送|发送|送)[^,，。]{0,4}[给至到向]$")
_BACK_AT_SCHOOL = re.compile(
    r"(?:回到?|返回?)(?:自己|我们|本|原)?(?:的)?(?:学校|校|园里?|幼儿园|单位|岗位)(?:里)?(?:以后|之后|后|了)?(?=还|要|都|得|该|需|有|干|做)"
    r"|训后(?=还|要|都|得|该|需|有|干|做)"
)
_OF_RETURN = re.compile(r"返岗|返校|返园")
ORDINAL = re.compile(r"第(?:[一二三四五六七八九十]{1,3}|\d{1,2})[期批轮周组班次]")
_LETTERED = re.compile(r"(?<![a-z\d])[a-z][\u3400-\u9fff](?=$|[\s?？吗呢啊呀的])")  # U盘, B证
_TYPED_FOR_WHICH = re.compile(r"(?<=[在去到是])那(?=[个里儿天家所栋])")  # 报到在那个楼
_ACT = re.compile(rf"(?P<act>[{''.join(sorted(ACTS))}])(?:上|着)?(?:些|点|哪些)?(?:什么|啥)")
_LATELY = re.compile(
    r"(?:[这那近过头]|(?<!提)前)几[天日]|[这那]几(?:个(?:月|星期|小时)|周|年)"
)  # asks for no number
_ONE_OF = re.compile(
    rf"(?<![\u3400-\u9fff第])[一两](?:{UNITS})(?![\u3400-\u9fff])|一[篇份次节期人]"
)
_COUNTED_ONE = re.compile(rf"[一两半每几](?:{UNITS})")  # 补一套多少钱
_LEADS_ON = re.compile(r"[,，。;；!！]|想|只能|不方便|没办?法")
_ALLOWED = re.compile(r"(?:可不可以|可以|能不能|能|要不要|是否)(?P<behind>[\u3400-\u9fff]{2,6})")
_BOUNDED = (
    r"(?:(?:不[能得可]?|要|须|应|得|可以?)?(?:超过|高于|低于|少于|多于|达到?|占|满|够)"
    r"|最[多少高低大小]|至[多少])?"
)
_POINTS = (  # right before the question word, or behind it
    re.compile(
        r"(?:什么|啥|哪些|哪种)(?!时候|时间|地方|人|事|意思|[到往给去在])(?P<behind>[\u3400-\u9fff]{2,6})"
    ),
    re.compile(
        rf"(?P<before>[\u3400-\u9fff]{{2,8}}?)(?:的?(?:标准|金额|价格))?(?:是|有|按|为)?{_BOUNDED}多少(?=$|[?？。呀啊呢钱])"
    ),
    re.compile(r"(?P<before>[\u3400-\u9fff]{2,8})(?:是|为|有)谁"),
    re.compile(r"(?P<before>[\u3400-\u9fff]{2,8})有(?:什么|啥|哪些)(?:要求|限制|规定|讲究)"),
    re.compile(r"哪[个家所](?P<behind>[\u3400-\u9fff]{2,4})"),
    re.compile(r"(?P<before>[\u3400-\u9fff]{2,8})有没有(?=$|[?？。呀啊呢])"),
    re.compile(
        r"(?:发不发|给不给|管不管|包不包|收不收|交不交|有没有|带不带)(?P<behind>[a-z\u3400-\u9fff]{2,6})"
    ),
    re.compile(r"有(?!没有|多少|哪|什么)(?P<behind>[\u3400-\u9fff]{2,4})(?:吗|么|没有|不)"),
)
_LISTED = re.compile(rf"哪[几两三四](?:{LISTED})(?P<named>[\u3400-\u9fff]{{1,6}})?")  # 哪几本书
_SCHOOLS = {"大学", "学院", "高校", "院校", "学校"}
FEW = 2  # words; of more, 高校 in 哪所高校 is told by any university
_OF_SOMETHING = {Kind.COUNT, Kind.DURATION}
_PROPOSING = {Kind.WHETHER, Kind.OPEN, Kind.CHOICE}

Span = tuple[int, int]


class QuestionReader:
    def __init__(self, cutter: Cutter, roles: Roles, stages: Iterable[str]) -> None:
        self._cutter = cutter
        self._roles = roles
        self._stages = sorted(set(stages), key=len, reverse=True)

    def read(self, text: str) -> Question:
        plain = as_written(text)
        mask, bare = Mask(plain), Mask(plain)
        for hit in _phrases().finditer(plain):
            mask.blank(*hit.span())
        for hit in _LATELY.finditer(plain):
            mask.blank(*hit.span())
        asked = asked_for(mask.text)
        if asked.kind is Kind.OPEN and _TYPED_FOR_WHICH.search(mask.text):
            asked = asked_for(_TYPED_FOR_WHICH.sub("哪", mask.text))
        scope = self._scope(plain, mask, bare)
        besides = asked_besides(mask.text, asked) if asked.kind in FIGURE_KINDS else ()
        for span in asked.spans:
            mask.blank(*span)
        figures: tuple[str, ...] = ()
        conditions = own_case(mask, plain) if asked.kind is Kind.WHETHER else ()
        if asked.kind in _PROPOSING:
            asked, figures = guessed(asked, mask, plain)
        terms = self._terms(mask.text, asked)
        return replace(
            scope,
            asked=(asked := with_unit(mask.text, asked, terms)),
            terms=(terms := _with_age(asked, terms)),
            besides=besides,
            point=self._point(plain, terms, asked.kind),
            guesses=figures,
            stressed=_asked_to_do(plain, terms),
            focus=_focus(mask.text, asked, terms),
            asides=_asides(mask.text, asked, terms),
            reasons=_reasons(mask.text, asked, terms),
            conditions=conditions,
            bare=bare.text.strip(),
        )

    def _scope(self, plain: str, mask: Mask, bare: Mask) -> Question:
        """For whom and when; what was read is blanked, the stages stay in the bare question."""
        provinces = province_in(plain)
        years = [*_YEAR.finditer(plain), *_SHORT_YEAR.finditer(plain)]
        roles = self._roles.mentions(plain)
        meant = [mention for mention in roles if not _RECIPIENT.search(plain[: mention.begin])]
        stages = self._stages_in(plain)
        spans = [
            *_place_names(plain, provinces),
            *(hit.span() for hit in years),
            *((mention.begin, mention.stop) for mention in roles),
        ]
        for span in spans:
            mask.blank(*span)
            bare.blank(*span)
        for span in stages.values():
            mask.blank(*span)
        return Question(
            text=plain,
            asked=Asked(Kind.OPEN),
            terms=(),
            provinces=provinces,
            years=tuple(dict.fromkeys(_full_year(hit[1]) for hit in years)),
            roles=tuple(dict.fromkeys(mention.role for mention in meant)),
            stages=tuple(stages),
        )

    def _stages_in(self, plain: str) -> dict[str, Span]:
        found: dict[str, Span] = {}
        left = Mask(plain)
        back = _BACK_AT_SCHOOL.search(plain)
        if back and (of_return := [name for name in self._stages if _OF_RETURN.search(name)]):
            return dict.fromkeys(of_return, back.span())
        for name in self._stages:
            for form in _stage_forms(name):
                at = left.text.find(form)
                if at >= 0:
                    found[name] = (at, at + len(form))
                    left.blank(*found[name])
                    break
        return found

    def _point(self, plain: str, terms: tuple[str, ...], kind: Kind) -> str:
        """The term right behind 什么 or 可以, or right before 多少 at the end."""
        if (listed := _LISTED.search(plain)) and kind is Kind.WHAT:
            return _named_in_list(plain, listed, terms)
        unnamed = word_set("leaning")
        named = [t for t in terms if len(t) > 1 and t not in unnamed and not canonical(t)]
        for pattern in _POINTS if kind in FIGURE_KINDS else (*_POINTS, _ALLOWED):
            if not (hit := pattern.search(plain)):
                continue
            behind = "behind" in hit.groupdict()
            begins = next((t for t in named if behind and hit[1].startswith(t)), "")
            ends = next((t for t in named if hit[1].endswith(t)), "")
            if found := begins or ends:
                return found if behind or not _COUNTED_ONE.fullmatch(found) else ""
        return ""

    def _terms(self, masked: str, asked: Asked) -> tuple[str, ...]:
        skip = word_set("framing") | (word_set("dating") if asked.kind is Kind.WHEN else set())
        whole = [*ORDINAL.findall(masked), *_LETTERED.findall(masked)]
        left = _LETTERED.sub(" ", ORDINAL.sub(" ", masked))
        for phrase in (said := spoken_phrases(left)):
            left = left.replace(phrase, " ", 1)
        whole += said
        words = self._cutter.words(_ONE_OF.sub(" ", left), skip=skip)
        if asked.kind is Kind.WHEN:
            words = [_undated(word) for word in words]
        if asked.unit in _SCHOOLS and len(words) > FEW:
            words = [word for word in words if word != asked.unit]
        if asked.outcome:
            words = _without("outcome", words, whole)
        if asked.changed and not asked.leave:  # 可以延期吗 asks for the change itself
            words = _without("changing", words, whole)
        terms = tuple(dict.fromkeys([*whole, *words]))
        return terms or ((asked.unit,) if len(asked.unit) > 1 else ())


def _named_in_list(plain: str, listed: re.Match[str], terms: Sequence[str]) -> str:
    """书 in 哪几本书, 选修课 in 选修课有哪几门."""
    behind = next((term for term in terms if (listed["named"] or "").startswith(term)), "")
    before = [term for term in terms if len(term) > 1 and term in plain[: listed.start()]]
    return behind or max(before, key=plain[: listed.start()].rfind, default="")


def _without(name: str, words: list[str], besides: list[str]) -> list[str]:
    """Without the words of a set, as long as something is left to look for."""
    left = [word for word in words if word not in word_set(name)]
    return left if left or besides else words


def _asked_to_do(plain: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    """带什么, 穿啥: the act is what is asked about."""
    hit = _ACT.search(plain)
    return tuple(term for term in terms if hit and term == hit["act"])


def _focus(masked: str, asked: Asked, terms: tuple[str, ...]) -> str:
    """The term right behind the question word, else the last before it in its piece."""
    counts = asked.kind in _OF_SOMETHING and asked.unit
    if not (counts or asked.kind is Kind.WHEN) or not asked.spans:
        return ""
    begin, stop = min(asked.spans)
    unnamed = word_set("leaning") | word_set("generic")
    named = [t for t in terms if len(t) > 1 and t not in unnamed and not canonical(t)]
    behind = masked[stop:].strip()
    for term in named:
        if behind.startswith(term):
            return term
    piece = re.split(r"[,，。;；!！?？]", masked[:begin])[-1]
    return max((t for t in named if t in piece), key=piece.rfind, default="")


def _asides(masked: str, asked: Asked, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The terms of the pieces that follow the one with the question word."""
    last = max((stop for _, stop in asked.spans), default=len(masked))
    comma = re.search(r"[,，。;；!！]", masked[last:])
    if not comma:
        return ()
    behind = masked[last + comma.end() :]
    return tuple(term for term in terms if term in behind and term not in masked[:last])


def _reasons(masked: str, asked: Asked, terms: tuple[str, ...]) -> tuple[str, ...]:
    """我打呼噜，单独住一晚补多少: why one asks, before what is asked."""
    if asked.kind not in FIGURE_KINDS or not asked.spans:
        return ()
    before = masked[: min(asked.spans)[0]]
    told = before[: max((hit.start() for hit in _LEADS_ON.finditer(before)), default=0)]
    reasons = tuple(t for t in terms if t in word_set("reasons") and t in told)
    return reasons if len(reasons) < len(terms) else ()


def _undated(word: str) -> str:
    """报到时间 asks for what 报到日期 says."""
    return re.sub(r"(?<=[\u3400-\u9fff]{2})(?:时间|日期|日子)$", "", word)


def _full_year(printed: str) -> int:
    return int(printed) if len(printed) == 4 else 2000 + int(printed)


def _with_age(asked: Asked, terms: tuple[str, ...]) -> tuple[str, ...]:
    """多大能报 is about the age, though no word says it."""
    named = asked.unit != "岁" or any(term in AGES for term in terms)
    return terms if named else (*terms, "年龄")


@cache
def _phrases() -> re.Pattern[str]:
    """The framing words that a cutter would tear apart: 在线等, 不好意思."""
    long = sorted((word for word in word_set("framing") if len(word) > 2), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, long)))


def _stage_forms(name: str) -> tuple[str, ...]:
    """集中研修 is also called 集中阶段 and 集中研修阶段."""
    plain = normal(name)
    short = plain.removesuffix("阶段").removesuffix("研修").removesuffix("培训")
    forms = [f"{plain}阶段", plain]
    if len(short) >= 2 and short != plain:
        forms += [f"{short}{tail}" for tail in ("阶段", "的时候", "期间", "期", "那", "时")]
    return tuple(forms)


def _place_names(plain: str, provinces: tuple[str, ...]) -> list[Span]:
    """Where the provinces are named; a city stays, it may be what is asked about."""
    return [
        hit.span()
        for province in provinces
        for hit in re.finditer(rf"{province}(?:省|市|自治区|[^\W\d_]{{1,3}}自治区)?", plain)
    ]
