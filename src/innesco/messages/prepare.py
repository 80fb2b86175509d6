"""Preparing a template: words put in, MJML made HTML, styles put inline, Liquid parsed; once.

Liquid does not survive an HTML parser (`{% for %}` is no table row, `>` becomes `&gt;`), so each
piece of it is replaced by a mark before, which is a word in attributes and a comment in texts,
and put back after.
"""

import html
import re
from collections.abc import Mapping

import css_inline
from liquid.template import BoundTemplate
from mjml import mjml2html
from msgspec import Struct

from innesco.messages.asked import Class
from innesco.messages.color import DEFAULT, readable_on, usable
from innesco.messages.frame import BLOCKS, FRAME, KNOWN, SAYS
from innesco.messages.liquid import HTML, PIECE, PLAIN, filters, names, parse
from innesco.messages.plain import plain
from innesco.messages.template import Template, TemplateWrong, Words, words_of

SLOT = re.compile(r"\[\[(\w+)\]\]")
MARK = re.compile(r"(?:<!--)?lq(\d+)q(?:-->)?")
WHOLE = re.compile(r"(<!--.*?-->|<style.*?</style>|<[^>]*>)", re.DOTALL)
FORBIDDEN = re.compile(
    r"<!DOCTYPE|<!ENTITY|<script|<mj-include|<mj-social|<iframe|<object|<form", re.IGNORECASE
)
IGNORED = ' data-css-inline="ignore"'
RESETS = '<style type="text/css">\n#outlook'
"""MJML's own resets stay in the head: on every cell they would make a mail a third larger."""

INLINER = css_inline.CSSInliner(
    keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False
)


class Prepared(Struct, frozen=True):
    """A template in one language, ready for anybody; made once for each version."""

    id: str
    language: str
    kind: Class
    subject: BoundTemplate
    preheader: BoundTemplate
    html: BoundTemplate
    text: BoundTemplate


def prepare(
    template: Template, language: str, otherwise: str = "it", color: str = DEFAULT
) -> Prepared:
    """`cart-1` in Italian; TemplateWrong with the place when it cannot be."""
    tongue, words = words_of(template, language, otherwise)
    source = _look(template, tongue, words, usable(color))
    place = f"{template.id} ({tongue})"
    if forbidden := FORBIDDEN.search(source):
        raise TemplateWrong(f"{place}: {forbidden[0]} has no place in a mail")
    subject = parse(words.subject, PLAIN, f"{place} subject")
    preheader = parse(words.preheader, PLAIN, f"{place} preheader")
    text = parse(words.text or plain(source), PLAIN, f"{place} text")
    look = parse(source, HTML, f"{place} body")
    for part, liquid in (("subject", subject), ("preheader", preheader), ("text", text)):
        _known(liquid, f"{place} {part}", words.subject if part == "subject" else template.mjml)
    _known(look, f"{place} body", template.mjml)
    if template.kind is not Class.TRANSACTIONAL and "links.unsubscribe" not in source:
        raise TemplateWrong(f"{place}: shows no way to unsubscribe ({{{{ links.unsubscribe }}}})")
    compiled = parse(compile_mjml(source, place), HTML, f"{place} body")
    return Prepared(template.id, tongue, template.kind, subject, preheader, compiled, text)


def _look(template: Template, tongue: str, words: Words, color: str) -> str:
    """The whole MJML with every `[[slot]]` filled: frame, blocks, then words."""
    whole = template.mjml.lstrip().startswith("<mjml")
    source = template.mjml if whole else FRAME.replace("[[content]]", template.mjml)
    for name, block in BLOCKS.items():
        source = source.replace(f"[[{name}]]", block)
    frame = SAYS.get(tongue, SAYS["en"])
    look = {"language": tongue, "color": color, "on_color": readable_on(color)}
    says = {**frame, **words.says, **look}
    return SLOT.sub(lambda slot: _said(slot[1], says, f"{template.id} ({tongue})"), source)


def _said(name: str, says: Mapping[str, str], place: str) -> str:
    if name not in says:
        raise TemplateWrong(f"{place}: [[{name}]] has no words")
    pieces = PIECE.split(says[name])
    liquid = [*PIECE.findall(says[name]), ""]
    return "".join(html.escape(text) + tag for text, tag in zip(pieces, liquid, strict=True))


def compile_mjml(source: str, place: str) -> str:
    """HTML of an MJML document, its Liquid untouched, its styles inline."""
    kept: list[str] = []

    def mark(piece: re.Match[str]) -> str:
        kept.append(piece[0])
        return f"lq{len(kept) - 1}q"

    marked = PIECE.sub(mark, source)
    try:
        made = mjml2html(marked, disable_comments=False, fonts={})  # no font from elsewhere
    except Exception as wrong:  # the Rust library raises bare kinds of its own
        raise TemplateWrong(f"{place} body: MJML: {wrong}") from wrong
    made = made.replace(RESETS, RESETS.replace(">", f"{IGNORED}>", 1))
    parts = WHOLE.split(made)
    parts[::2] = [MARK.sub(r"<!--lq\1q-->", text) for text in parts[::2]]
    inlined = INLINER.inline("".join(parts)).replace(IGNORED, "")
    return MARK.sub(lambda found: kept[int(found[1])], inlined)


def _known(liquid: BoundTemplate, place: str, source: str) -> None:
    for name in filters(liquid):
        raise TemplateWrong(f"{place}{_line(source, name)}: unknown filter '{name}'")
    for path in names(liquid):
        allowed = KNOWN.get(path[0], frozenset())
        fine = path[0] in KNOWN and (allowed is None or (len(path) > 1 and path[1] in allowed))
        if not fine:
            name = ".".join(path)
            raise TemplateWrong(f"{place}{_line(source, name)}: nothing is called {name}")


def _line(source: str, name: str) -> str:
    before, found, _ = source.partition(name)
    return f", line {before.count(chr(10)) + 1}" if found else ""
