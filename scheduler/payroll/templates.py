"""Short texts with places to fill: file names, and fixed lines before and after the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from scheduler.payroll.expressions import ExpressionError, compile_expression
from scheduler.payroll.rows import BATCH_FIELDS, BatchFacts
from scheduler.payroll.written_days import is_day_form, written_day

LONGEST_NUMBER = 20

_PLACE = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")
_NAMES = {
    name: (kind, lambda facts, name=name: getattr(facts, name)) for name, (kind, _) in BATCH_FIELDS.items()
}


def fill(template: str, facts: BatchFacts) -> str:
    """A template with its places filled.

    Parameters
    ----------
    template
        ``{expression}``, or ``{expression|form}`` where form is a day form, or a number of digits such as 04.

    Examples
    --------
    >>> facts = BatchFacts(7, date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 30), {"company": "AB"})
    >>> fill("EPI{setting.company}_{first_day|MMYYYY}_{batch_number|04}.csv", facts)
    'EPIAB_112026_0007.csv'
    """
    return _PLACE.sub(lambda place: _filled(place[1], place[2], facts), template)


def faults(template: str, settings: Mapping[str, str]) -> Iterator[ExpressionError]:
    """What is wrong with a template."""
    if "{" in _PLACE.sub("", template) or "}" in _PLACE.sub("", template):
        yield ExpressionError("has a brace without its other half", "{field} for what is to be filled in")
    for source, form in _PLACE.findall(template):
        try:
            compile_expression(source, _NAMES, settings)
        except ExpressionError as error:
            yield error
        if form and not form.isdecimal() and not is_day_form(form):
            yield ExpressionError(
                f"“{form}” is no form", "a form such as DD.MM.YYYY, or a number of digits such as 04"
            )


def _filled(source: str, form: str | None, facts: BatchFacts) -> str:
    value = compile_expression(source, _NAMES, facts.settings).read(facts)
    if isinstance(value, date):
        return written_day(value, form or "YYYY-MM-DD") if not (form or "").isdecimal() else value.isoformat()
    if isinstance(value, int | Decimal):
        text = str(value) if isinstance(value, int) else f"{value:f}"
        return text.zfill(min(int(form), LONGEST_NUMBER)) if form and form.isdecimal() else text
    return "" if value is None else str(value)
