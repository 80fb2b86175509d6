"""Liquid with limits: the language of templates, which can neither loop for ever nor look around.

Templates see plain dictionaries and texts only: no object, hence no method to call; no loader,
hence no file to include.
"""

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from liquid import Environment
from liquid.exceptions import FilterArgumentError, LiquidError
from liquid.template import BoundTemplate
from liquid.undefined import FalsyStrictUndefined

from innesco.messages.template import TemplateWrong

PIECE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
REVERSED = re.compile(r"\{%-?\s*for\b[^%]*\breversed\b")
"""A range turned round by `for` is first written out whole: memory without a limit."""

MOST_SOURCE = 200_000  # characters of one template
MOST_OUTPUT = 400_000  # bytes of one part of a mail
MOST_ITEMS = 2_000  # of a list or range that a filter takes
MOST_TEXT = 20_000  # characters that a filter takes
MOST_ARGUMENT = 1_000  # characters of its argument: `replace` multiplies one by the other

UNWANTED = ("include", "render", "increment", "decrement", "tablerow", "cycle", "liquid")
"""Tags that read files, keep counts of their own, or escape the limit on loops."""

UNSAFE = ("safe", "date", "base64_decode", "base64_url_safe_decode")
"""Filters that make markup of a name, read the clock, or hide what they write."""


class _Limited(Environment):
    loop_iteration_limit = 2_000
    local_namespace_limit = 100_000
    output_stream_limit = MOST_OUTPUT
    context_depth_limit = 20
    block_nesting_limit = 20


def _environment(escape: bool) -> Environment:
    environment = _Limited(autoescape=escape, undefined=FalsyStrictUndefined)
    for tag in UNWANTED:
        environment.tags.pop(tag, None)
    for name in UNSAFE:
        environment.filters.pop(name, None)
    for name, filter in environment.filters.items():
        environment.filters[name] = _bounded(filter)
    return environment


def _bounded(filter: Callable[..., Any]) -> Callable[..., Any]:
    """The library counts loops and output; a filter alone may still fill the memory."""

    @functools.wraps(filter, updated=("__dict__",))
    def bounded(value: object, *arguments: object, **named: Any) -> object:
        _fits(value, MOST_TEXT)
        for argument in arguments:
            _fits(argument, MOST_ARGUMENT)
        return filter(value, *arguments, **named)

    return bounded


def _fits(value: object, most: int) -> None:
    if isinstance(value, str):
        large = len(value) > most
    elif isinstance(value, (list, tuple, range)):
        large = len(value) > MOST_ITEMS
    else:
        large = isinstance(value, int) and abs(value) > 2**53
    if large:
        raise FilterArgumentError("too much for a filter", token=None)


HTML = _environment(escape=True)
PLAIN = _environment(escape=False)


def parse(source: str, environment: Environment, place: str) -> BoundTemplate:
    """The template, or what is wrong with it and where."""
    if len(source) > MOST_SOURCE:
        raise TemplateWrong(f"{place}: longer than {MOST_SOURCE} characters")
    if REVERSED.search(source):
        raise TemplateWrong(f"{place}: use the filter `reverse`, `for … reversed` has no limit")
    try:
        return environment.from_string(source)
    except LiquidError as wrong:
        raise TemplateWrong(f"{place}{_line(wrong)}: {wrong.message}") from wrong
    except RecursionError as wrong:
        raise TemplateWrong(f"{place}: nested too deeply") from wrong


def fill(template: BoundTemplate, data: Mapping[str, object], place: str) -> str:
    """The text with its data; a bomb, or a name that nobody gave, stops it with its place."""
    try:
        return template.render(**data)
    except LiquidError as wrong:
        raise TemplateWrong(f"{place}{_line(wrong)}: {wrong.message}") from wrong
    except (ArithmeticError, MemoryError, RecursionError, TypeError, ValueError) as wrong:
        # filters of the library let these through: `{{ 'a' | times: 9 }}`, powers, huge dates
        raise TemplateWrong(f"{place}: {type(wrong).__name__}: {wrong}") from wrong


def names(template: BoundTemplate) -> list[tuple[str, ...]]:
    """Paths of every variable that the template takes from outside: `("cart", "total")`."""
    found = template.analyze().globals
    return [
        tuple(str(part) for part in variable.segments)
        for variables in found.values()
        for variable in variables
    ]


def filters(template: BoundTemplate) -> set[str]:
    """Names of the filters that the template uses and nobody has."""
    return set(template.analyze().filters) - set(template.env.filters)


def _line(wrong: LiquidError) -> str:
    context = wrong.context()
    return f", line {context[0]}" if context else ""
