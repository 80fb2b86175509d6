"""What every condition answers; the questions stand here once, the answers in each class.

- `holds(view)` – now, of one person, live
- `column(scope)` – the same for everybody, as SQL
- `changes_at(view)` – when time alone may next change the answer; None when it never does
- `changes_column(scope)` – the same for everybody, as SQL: microseconds, NULL for never
- `listens()` – which happenings may change it
- `needs()` – how many events of a name it cannot hold without
- `reach(view)` – how far back it reads events
- `sentence(language)` – itself in words
- `saw(view, words)` – what `holds` looks at, and that in words
- `asks(view, words)` – itself in words, with money as money
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from sqlglot import exp

from innesco.conditions.explained import Words
from innesco.conditions.language import Language
from innesco.conditions.scope import Scope
from innesco.conditions.view import View
from innesco.conditions.window import NOTHING


class Kind(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True, omit_defaults=True):
    """A condition that time alone does not change and that reads no event."""

    def changes_at(self, view: View) -> datetime | None:
        return None

    def changes_column(self, scope: Scope) -> exp.Expr | None:
        return None

    def needs(self) -> Mapping[str, int]:
        return {}

    def reach(self, view: View) -> datetime:
        return NOTHING

    def sentence(self, language: Language) -> str:
        raise NotImplementedError

    def asks(self, view: View, words: Words) -> str:
        return self.sentence(words.language)
