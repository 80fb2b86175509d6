"""All operators: the table of contents of questions about one value."""

from innesco.conditions.operators.known import KnownOperator
from innesco.conditions.operators.moment import MomentOperator
from innesco.conditions.operators.number import NumberOperator
from innesco.conditions.operators.text import TextOperator

Operator = TextOperator | NumberOperator | MomentOperator | KnownOperator
"""Any value of any kind may be asked any of these; a value of another kind counts as absent."""
