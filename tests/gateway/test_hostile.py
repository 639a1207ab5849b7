"""Whatever arrives is answered with 4xx at worst, never with 500, and breaks nothing."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.bodies import LARGEST_FILE
from gateway.methods import METHODS
from tests.gateway.serving import GROUP, LIN, TOKEN, Running

MODERATE = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
DEEP = "[" * 100_000 + "]" * 100_000
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=-(2**70), max_value=2**70),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["\x00", "\ud800", "-", "--1", "²", str(LIN), LIN, "HTML", "{", "[]", "null"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["type", "text", "inline_keyboard", "keyboard", "message_id", "offset"]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)
PARAMS = st.dictionaries(
    st.sampled_from(
        [
            *("chat_id", "text", "message_id", "user_id", "reply_markup", "entities", "scope"),
            *("reply_parameters", "parse_mode", "commands", "menu_button", "message_ids", "url"),
            *("file_id", "document", "photo", "from_chat_id", "caption", "link_preview_options"),
            *("offset", "limit", "allowed_updates", "callback_query_id", "message_thread_id"),
            *("media", "results", "inline_query_id", "inline_message_id", "button", "title"),
        ]
    ),
    VALUES,
    max_size=5,
)


SENSIBLE = [LIN, 1000, 1, f"1000:{LIN}", f"1000:{GROUP}", "1000:-", "key-00001", "member", "left"]


def as_bytes(value: Any) -> bytes:
    return json.dumps(value).encode()


@MODERATE
@given(method=st.sampled_from(sorted(METHODS)), params=PARAMS)
async def test_any_call_of_any_method_is_answered(
    started: Running, method: str, params: dict[str, Any]
) -> None:
    params.setdefault("chat_id", LIN)
    headers = {"content-type": "application/json"}

    answer = await started.web.post(
        f"/bot{TOKEN}/{method}", content=as_bytes(params), headers=headers
    )

    assert answer.status_code < 500
    assert answer.json()["ok"] is (answer.status_code == 200)


@MODERATE
@given(
    path=st.sampled_from(
        [
            *("say", "press", "block", "read", "control", "session", "edit", "take-back", "group"),
            "clear",
            *("seat", "upgrade", "topic", "inline", "choose", "newcomer", "device", "device-link"),
            *("devices/end", "group-link", "join", "forward"),
        ]
    ),
    body=st.dictionaries(
        st.sampled_from(
            [
                *("person", "chat", "text", "key", "reply_to", "message_id", "data", "blocked"),
                *("name", "title", "members", "who", "status", "forum", "thread", "mentions"),
                *("query", "offset", "query_id", "result_id", "token", "look", "id", "to"),
            ]
        ),
        st.one_of(VALUES, st.sampled_from(SENSIBLE)),
    ),
)
async def test_any_post_of_a_page_is_answered(
    started: Running, path: str, body: dict[str, Any]
) -> None:
    if not started.web.cookies:
        await started.web.post("/page/session", json={})

    answer = await started.web.post(f"/page/{path}", content=as_bytes(body))

    assert answer.status_code < 500
    assert isinstance(answer.json(), dict)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        DEEP.encode(),
        b'{"text": ' + DEEP.encode() + b"}",
        b'{"person": 1e999}',
        b'{"person": NaN}',
        b'{"person": ' + b"9" * 5000 + b"}",
        b'{"text": "\\ud800"}',
        b"\xff\xfe\x00",
        b'{"key": "\\u0000"}',
    ],
)
@pytest.mark.parametrize("path", ["say", "press", "control"])
async def test_a_broken_body_is_a_bad_request(started: Running, path: str, body: bytes) -> None:
    await started.web.post("/page/session", json={})

    answer = await started.web.post(f"/page/{path}", content=body)

    assert 400 <= answer.status_code < 500
    assert not answer.json()["ok"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b'{"text": ' + DEEP.encode() + b"}"),
        ("application/x-www-form-urlencoded", b"chat_id=%ff%fe"),
        ("application/x-www-form-urlencoded", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"a=1&" * 1000),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data; boundary=x; charset=klingon", b"--x\r\n\r\n--x--"),
        ("multipart/form-data; boundary=\xff", b"--x"),
        ("text/plain", b"chat_id=1"),
        ("", b""),
    ],
)
async def test_a_broken_form_is_a_bad_request(started: Running, kind: str, body: bytes) -> None:
    headers = {b"content-type": kind.encode("latin-1")}

    answer = await started.web.post(f"/bot{TOKEN}/sendMessage", content=body, headers=headers)

    assert answer.status_code == 400
    assert answer.json()["error_code"] == 400


async def test_control_signs_and_lone_surrogates_are_handled(started: Running) -> None:
    sent = await started.result("sendMessage", chat_id=LIN, text="a\x00b\rc\td")
    lone = await started.web.post(
        f"/bot{TOKEN}/sendMessage",
        content=f'{{"chat_id": {LIN}, "text": "\\ud83d"}}',
        headers={"content-type": "application/json"},
    )

    assert sent["text"] == "a bc d"
    assert lone.status_code == 400


async def test_a_file_that_is_too_large_is_refused(started: Running) -> None:
    await started.web.post("/page/session", json={})
    fields = {"person": str(LIN), "chat": f"1000:{LIN}", "key": "file-0001"}

    answer = await started.web.post(
        "/page/upload", data=fields, files={"file": ("a.bin", b"x" * (LARGEST_FILE + 1))}
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "query",
    ["", "?since=", "?since=-1", "?since=²", "?since=" + "9" * 30, "?since=abc"],
)
async def test_a_stream_from_nowhere_is_refused(started: Running, query: str) -> None:
    await started.web.post("/page/session", json={})

    assert (await started.web.get(f"/page/stream{query}")).status_code == 400


@pytest.mark.parametrize(
    "path", ["/file/bot1000:gateway-test/documents/file_²", "/file/botx/documents/file_1"]
)
async def test_a_file_that_is_not_there_is_not_found(started: Running, path: str) -> None:
    assert (await started.web.get(path)).status_code in (401, 404)


async def test_a_client_that_dies_in_mid_sentence_said_nothing(started: Running) -> None:
    arriving: list[dict[str, Any]] = [
        {"type": "http.request", "body": f"chat_id={LIN}".encode(), "more_body": True},
        {"type": "http.disconnect"},
    ]
    scope = {
        "type": "http",
        "method": "POST",
        "path": f"/bot{TOKEN}/sendMessage",
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }
    before = await started.log()

    async def receive() -> dict[str, Any]:
        return arriving.pop(0)

    async def send(message: Any) -> None:
        """Nobody is there to hear it."""

    await started.app(scope, receive, send)

    assert await started.log() == before
