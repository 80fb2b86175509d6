"""How an answer to *why* looks in a terminal: a line a gate, its values and conditions below."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from innesco.conditions.explained import Explained, Words
from innesco.messages.allow import Gate
from innesco.storage.why import MessageTold, WhyJourney, WhyMessage
from innesco.turn import Decision
from innesco.why.answer import Check, JourneyTold, Passage, Walked

QUESTIONS = {
    "published": "the journey was in force",
    "known": "something had been heard of her",
    "heard": "her events were learnt",
    "start": "something came that starts it",
    "imported": "it was no imported history",
    "late": "it was heard in time",
    "condition": "the start's condition held",
    "key": "the event named the key",
    "stay": "she met the condition to stay",
    "again": "she might enter (again)",
    "paused": "the journey was not paused",
    "control": "she was drawn to get messages",
    "stop": "nobody has stopped sending",
    "run": "the journey still goes on",
    "address": "the address is a valid one",
    "suppressed": "the address is on no exclusion list",
    "consent": "marketing consent is given, if needed",
    "profiling": "profiling consent is given, if needed",
    "claimed": "an unconfirmed address is not mailed again",
    "network": "one network has not asked for too many confirmations",
    "cap": "the frequency cap is not reached",
    "quiet": "it is not within quiet hours",
}
VERDICTS = {
    "not published": "was never in it: the journey was not in force",
    "not known": "was not in it: nothing had been heard of her by then",
    "not started": "was never in it: nothing came that starts it",
    "refused": "did not enter",
    "inside": "is in it",
    "held": "is in it, and held: a person must look",
    "left": "was in it, and left",
}


MOST_TRIES = 5


def story(told: WhyJourney, words: Words) -> RenderableType:
    """The verdict, the gates, the run with its messages, other times that something came."""
    answer = told.answer
    parts: list[RenderableType] = [_head(answer, words), _gates(answer.gates, words)]
    if answer.run is not None:
        parts.append(_run(answer.run, told.messages, words))
    if told.unheard:
        parts.append(Text("\ncame about then and was not learnt"))
    for lost in told.unheard:
        parts.append(Text(f"  {words.moment(lost.moment)}  {lost.event}: {lost.because}"))
    others = [one for one in answer.tries if one != answer.tried and (one.entered or not one.run)]
    if others:
        parts.append(Text("\nother times that something came"))
    for one in others[:MOST_TRIES]:
        what = "entered" if one.entered else one.because
        parts.append(Text(f"  --seq {one.seq}  {words.moment(one.moment)}  {one.event}: {what}"))
    return Group(*parts)


def message(told: WhyMessage, words: Words) -> RenderableType:
    own = _told(told.message, words)
    if told.story is None:
        return own
    return Group(own, Text(), story(told.story, words))


def decided(decisions: Iterable[Decision], words: Words) -> RenderableType:
    """What was decided of somebody lately, the newest first."""
    table = Table("when", "about", "decided", "values", box=None, padding=(0, 2, 0, 0))
    for one in decisions:
        values = tell({name: value for name, value in one.detail.items() if name != "run"}, words)
        table.add_row(words.moment(one.moment), one.about, one.kind, values)
    return table if table.row_count else Text("nothing was decided about her yet")


def _head(answer: JourneyTold, words: Words) -> Text:
    when = f"as of place {answer.seq}"
    when += f", {words.moment(answer.moment)}" if answer.moment else ""
    head = Text.assemble((answer.about, "bold"), f": {VERDICTS[answer.verdict]}", f"  ({when})")
    for one in answer.missing:
        head.append(f"\n! {one.because}", style="yellow")
    return head


def _gates(gates: Iterable[Check | Gate], words: Words) -> Table:
    table = Table.grid(padding=(0, 1))
    for gate in gates:
        said = getattr(gate, "because", "") or QUESTIONS.get(gate.gate, gate.gate)
        line = Text(said, "" if gate.passed else "bold red")
        line.append(f"  {tell(gate.values, words)}", "dim")
        table.add_row(_mark(gate.passed), line)
        for part in condition_lines(getattr(gate, "condition", None)):
            table.add_row("", part)
    return table


def condition_lines(one: Explained | None, depth: int = 0) -> Iterable[Text]:
    """`✗ the cart's value is at least €50.00: €12.00`, parts of a group below it."""
    if one is None:
        return
    asks = GROUPS.get(one.kind, one.asks)
    line = Text("  " * depth).append_text(_mark(one.holds)).append(f" {asks}")
    yield line.append(f": {one.saw}", "dim") if one.saw else line
    for part in one.parts:
        yield from condition_lines(part, depth + 1)


GROUPS = {"all": "all of these", "any": "one of these", "not": "not this"}


def _run(run: Walked, messages: Iterable[MessageTold], words: Words) -> RenderableType:
    by_key = {one.key: one for one in messages}
    head = Text(f"\nrun {run.key}".rstrip(), "bold").append(f" {_stands(run, words)}")
    parts: list[RenderableType] = [head]
    for passage in run.passages:
        parts.append(_passage(passage, words))
        parts += [Padding(line, (0, 0, 0, 4)) for line in condition_lines(passage.condition)]
        if passage.message in by_key:
            parts.append(_told(by_key[str(passage.message)], words))
    return Group(*parts)


def _stands(run: Walked, words: Words) -> str:
    if run.left is not None:
        return f"left at {words.moment(run.left)}: {run.because}"
    until = f" until {words.moment(run.until)}" if run.until else ""
    return f"stands at {run.node}{until}" + (f", held: {run.because}" if run.because else "")


def _passage(one: Passage, words: Words) -> Text:
    line = Text(f"  {words.moment(one.moment)}  ").append(one.node, "bold")
    line.append(f"  {one.kind}", "dim")
    if one.waits_until:
        line.append(f" until {words.moment(one.waits_until)}")
    if one.event:
        line.append(f", ended by {one.event}")
    if one.because:
        line.append(f": {one.because}")
    return line.append(f" → {one.to}") if one.to else line


def _told(one: MessageTold, words: Words) -> RenderableType:
    said = f"{one.state.value}" + (f": {one.reason}" if one.reason else "")
    asked = "as they stand now" if one.as_of == "now" else "at its claim"
    head = Text(f"message {one.key}", "bold").append(f"  {said}; its gates {asked}:")
    return Padding(Group(head, _gates(one.gates, words)), (0, 0, 0, 4))


def _mark(passed: bool) -> Text:
    return Text("✓", "green") if passed else Text("✗", "red")


A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def tell(values: Mapping[str, object], words: Words) -> str:
    """`drawn: 0.26 · share: 0.1`; what is absent is not told."""
    said = {name: value for name, value in values.items() if value not in (None, "")}
    return " · ".join(f"{name.replace('_', ' ')}: {_say(said[name], words)}" for name in said)


def _say(value: object, words: Words) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str() if A_MOMENT.match(value):
            return words.moment(datetime.fromisoformat(value))
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
