"""The plain-text part of a mail, made from its MJML once; Liquid stays where it was.

Texts become paragraphs, buttons and links show where they lead, pictures are left out.
"""

import re
from html.parser import HTMLParser

from innesco.messages.liquid import PIECE

MARK = re.compile(r"lq(\d+)q")
SILENT = {"mj-head", "mj-style", "mj-image", "style", "title"}
PARAGRAPHS = {"mj-text", "mj-button", "mj-section", "p", "h1", "h2", "h3", "ul", "tr"}


def plain(source: str) -> str:
    """`<mj-button href="{{ links.cart }}">Back</mj-button>` is `Back: {{ links.cart }}`."""
    kept: list[str] = []

    def mark(piece: re.Match[str]) -> str:
        kept.append(piece[0])
        return f"lq{len(kept) - 1}q"

    reader = _Reader()
    reader.feed(PIECE.sub(mark, source))
    reader.close()
    return MARK.sub(lambda found: kept[int(found[1])], "".join(reader.said))


def tidy(text: str) -> str:
    """At most one blank line in a row, none at the ends: after rendering."""
    lines: list[str] = []
    for line in text.splitlines():
        said = " ".join(line.split())
        if said or (lines and lines[-1]):
            lines.append(said)
    return "\n".join(lines).rstrip() + "\n"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.silent = 0
        self.links: list[str] = []
        self.raw = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT and tag != "mj-image":
            self.silent += 1
        elif tag in PARAGRAPHS:
            self.said.append("\n\n")
        elif tag in ("br", "li"):
            self.said.append("\n" if tag == "br" else "\n- ")
        if tag in ("a", "mj-button"):
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT and tag != "mj-image":
            self.silent = max(0, self.silent - 1)
        if tag in ("a", "mj-button") and self.links:
            link = self.links.pop()
            if link:
                self.said.append(f": {link}")
        if tag in PARAGRAPHS:
            self.said.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(re.sub(r"\s+", " ", data))
