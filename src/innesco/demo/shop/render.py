"""Pages: Liquid templates of `pages/` with the shop's words, its money and its prices."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
from liquid import CachingFileSystemLoader, Environment
from liquid.extra import BlockTag, ExtendsTag
from markupsafe import Markup

from innesco.demo.shop.money import money
from innesco.demo.shop.words import words

PAGES = Path(__file__).parent / "pages"


@cache
def _templates() -> Environment:
    found = Environment(loader=CachingFileSystemLoader(PAGES, ext=".liquid"), autoescape=True)
    found.add_tag(ExtendsTag)
    found.add_tag(BlockTag)
    found.add_filter("money", money)
    found.add_filter("json", in_page)
    return found


def in_page(value: object) -> str:
    """JSON for an attribute or a data block: autoescape does the attribute, this the block."""
    return msgspec.json.encode(value).decode()


def block(value: object) -> Markup:
    """JSON inside `<script type="application/json">`: nothing in it may end the element."""
    return Markup(in_page(value).replace("<", "\\u003c").replace("&", "\\u0026"))


def render(name: str, language: str, values: Mapping[str, object]) -> str:
    """The template `pages/{name}.liquid`, with `t` for words and `lang` for the language."""
    template = _templates().get_template(name)
    return template.render(**{**values, "t": words(language), "lang": language})
