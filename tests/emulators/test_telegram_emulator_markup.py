"""The emulator reads Telegram's HTML as Telegram does."""

from typing import Any

import pytest

from tests.emulators.telegram.errors import ApiError
from tests.emulators.telegram.markup import commands_in, parse_html, trim, utf16_length


def entity(kind: str, offset: int, length: int, **extra: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length} | extra


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a < b &amp; c &gt; d".replace("<", "&lt;"), "a < b & c > d", []),
        ("&quot;&#39;&#x1F642;&nbsp; & &", "\"'🙂&nbsp; & &", []),
        ("<b>x</b>", "x", [entity("bold", 0, 1)]),
        ("🙂<STRONG>y</strong>", "🙂y", [entity("bold", 2, 1)]),
        ("<i>a<u>b</u></i>", "ab", [entity("italic", 0, 2), entity("underline", 1, 1)]),
        ("<b></b>x", "x", []),
        (
            "<s>a</s><del>b</del><ins>c</ins><em>d</em>",
            "abcd",
            [
                entity("strikethrough", 0, 1),
                entity("strikethrough", 1, 1),
                entity("underline", 2, 1),
                entity("italic", 3, 1),
            ],
        ),
        ('<span class="tg-spoiler">s</span>', "s", [entity("spoiler", 0, 1)]),
        ("<tg-spoiler>s</tg-spoiler>", "s", [entity("spoiler", 0, 1)]),
        (
            '<a href="https://example.org/?a=1&amp;b=2">go</a>',
            "go",
            [entity("text_link", 0, 2, url="https://example.org/?a=1&b=2")],
        ),
        ("<a href='nonsense'>go</a>", "go", []),
        ("<blockquote expandable>q</blockquote>", "q", [entity("expandable_blockquote", 0, 1)]),
        ("<pre><code class='language-python'>1</code></pre>", "1", [entity("pre", 0, 1, language="python")]),
        ("<code>1</code><pre>2</pre>", "12", [entity("code", 0, 1), entity("pre", 1, 1)]),
    ],
)
def test_markup_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("ä<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a "x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.status == 400
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


def test_trimming_moves_and_drops_entities() -> None:
    entities = [entity("bold", 0, 2), entity("italic", 1, 3), entity("code", 4, 2)]
    assert trim("  🙂  ", entities) == ("🙂", [entity("italic", 0, 2)])


def test_commands_are_found_where_telegram_sees_them() -> None:
    assert [found["offset"] for found in commands_in("/log and/or 1/2 /a_b, https://x.org/y")] == [0, 16]


def test_length_counts_utf16_units() -> None:
    assert utf16_length("a🙂é") == 4
