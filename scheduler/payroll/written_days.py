"""Days written in the form a payroll system asks for."""

from __future__ import annotations

import re
from datetime import date

_PARTS = re.compile(r"YYYY|YY|MM|M|DD|D|[^YMD]+")
_FORM = re.compile(r"(?:YYYY|YY|MM|M|DD|D|[-/. ,])+")


def is_day_form(form: str) -> bool:
    """Whether a form names days by YYYY, YY, MM, M, DD and D with separators, at most 20 characters.

    Examples
    --------
    >>> [form for form in ("YYYY-MM-DD", "D.M.YY", "MM/YYYY", "yyyy", "") if is_day_form(form)]
    ['YYYY-MM-DD', 'D.M.YY', 'MM/YYYY']
    """
    return len(form) <= 20 and _FORM.fullmatch(form) is not None


def written_day(day: date, form: str) -> str:
    """A day in a form of YYYY, YY, MM, M, DD and D; everything else stands for itself.

    Examples
    --------
    >>> written_day(date(2028, 2, 29), "DD.MM.YYYY"), written_day(date(2026, 7, 4), "M/D/YY")
    ('29.02.2028', '7/4/26')
    """
    if form == "YYYY-MM-DD":
        return day.isoformat()
    return "".join(_part(day, part) for part in _PARTS.findall(form))


def _part(day: date, part: str) -> str:
    match part:
        case "YYYY":
            return f"{day.year:04}"
        case "YY":
            return f"{day.year % 100:02}"
        case "MM":
            return f"{day.month:02}"
        case "M":
            return str(day.month)
        case "DD":
            return f"{day.day:02}"
        case "D":
            return str(day.day)
        case _:
            return part
