"""Links that people want to pass on: what is refused, what is warned of, how it is shown."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

LONGEST = 500
_LONGEST_HOST = 253
_USUAL_PORT = {"https": 443, "http": 80}
_WRITTEN_AS_IT_IS = "/%:@!$&'()*+,;=~?#"
_PRIVATE = re.compile(
    r"(?:^|\.)(?:localhost|local|localdomain|lan|home|internal|intranet|corp|private|test|"
    r"example|invalid|onion|arpa)$"
)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])?")
_ODD_NUMBER = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”‘’（）()，。；、！？]+", re.IGNORECASE)
_LOOKS_LATIN = frozenset("асԁеһіјӏорԛѕԝхуαοικνρτυχвнкмт")


@dataclass(frozen=True, slots=True)
class Link:
    """`url` in ASCII, as it goes out; `shown` the host as people read it."""

    url: str
    shown: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadLink:
    reason: str


def links_in(text: str) -> list[str]:
    """What looks like a link, in order."""
    return [hit[0].rstrip(".,;:!?'") for hit in _URL.finditer(text)]


def checked(text: str) -> Link | BadLink:
    """Nothing is fetched. Many a school's site knows no https: http is passed on as well."""
    url = text.strip()
    if url.lower().startswith("www."):
        url = f"https://{url}"
    if reason := _unreadable(url):
        return BadLink(reason)
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return BadLink("这个链接的格式不对")
    if reason := _bad_address(parts.scheme.lower(), parts.netloc, host, port):
        return BadLink(reason)
    try:
        name = host.encode("idna").decode()
        shown = ".".join(map(_readable, name.split(".")))
    except UnicodeError:
        return BadLink("这个链接的域名不对")
    netloc = name if port is None else f"{name}:{port}"
    address = parts._replace(scheme=parts.scheme.lower(), netloc=netloc).geturl()
    plain = quote(address, safe=_WRITTEN_AS_IT_IS)
    if len(plain) > LONGEST:
        return BadLink(f"链接太长了（最多{LONGEST}个字符）")
    return Link(plain, shown, tuple(_warnings(name, shown)))


def _unreadable(url: str) -> str:
    if not url:
        return "没有链接"
    if len(url) > LONGEST:
        return f"链接太长了（最多{LONGEST}个字符）"
    if "\\" in url or any(c.isspace() or unicodedata.category(c)[0] == "C" for c in url):
        return "链接里有看不见的字符、空格或反斜杠"
    return ""


def _bad_address(scheme: str, netloc: str, host: str, port: int | None) -> str:
    if scheme not in _USUAL_PORT:
        return "只能发网页链接（https:// 或 http:// 开头）"
    if "@" in netloc:
        return "链接里不能有用户名和密码"
    if reason := _bad_host(host):
        return reason
    if port not in (None, _USUAL_PORT[scheme], 8443, 8080):
        return "链接里的端口不常见，请换一个"
    return ""


def _bad_host(host: str) -> str:
    if not host:
        return "这个链接的格式不对"
    if _is_number(host):
        return "不能用 IP 地址，请用网站的域名"
    if _PRIVATE.search(host) or "." not in host:
        return "这是内部网络的地址，别人打不开"
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        return "这个链接的域名不对"
    return ""


def _is_number(host: str) -> bool:
    """Also 0x7f.1, 2130706433 and [::1]: browsers take them for addresses."""
    if ":" in host or _ODD_NUMBER.fullmatch(unicodedata.normalize("NFKC", host)):
        return True
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _readable(label: str) -> str:
    return label.encode().decode("idna") if label.startswith("xn--") else label


def _warnings(name: str, shown: str) -> Iterator[str]:
    if name != shown:
        yield f"域名里有特殊文字：{shown}（{name}）"
    for label in shown.split("."):
        scripts = {script for c in label if (script := _script(c))}
        mixed = len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}) > 1
        if mixed or (scripts and "LATIN" not in scripts and set(label) <= _LOOKS_LATIN):
            yield f"“{label}”里混有看起来一样的外文字母，可能是冒充的网站"


def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0] if character.isalpha() else ""
