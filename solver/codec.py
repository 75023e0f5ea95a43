"""Dataclasses to plain JSON values and back, driven by their annotations, with every fault gathered."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from solver.problem import Fault, Problem, ProblemError
from solver.rules.registry import BY_ID
from solver.rules.rule import Rule
from solver.work import Assignment, Roster

_UNREADABLE = object()

LARGEST = 500_000_000
"""Of any whole number, up or down: 950 years in minutes. Beyond it dates and sums of costs would overflow."""


class _Faults(list[Fault]):
    """What is wrong, and how far from 0 a whole number may be."""

    def __init__(self, largest: int | None) -> None:
        super().__init__()
        self.largest = largest


def encode_object(value: object) -> dict[str, object]:
    """A dataclass as a dictionary; fields at their defaults are left out.

    Examples
    --------
    >>> from solver.work import Break
    >>> encode_object(Break(30))
    {'minutes': 30}
    """
    data: dict[str, object] = {"rule": value.id} if isinstance(value, Rule) else {}
    for field in fields(value):  # type: ignore[arg-type]  # only dataclasses come here
        held = getattr(value, field.name)
        if field.init and held != _default(field):
            data[field.name] = _encode(held)
    return data


def _encode(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        if hasattr(value, "assignments"):
            return [encode_object(assignment) for assignment in value.assignments]
        return encode_object(value)
    if isinstance(value, tuple | list):
        return [_encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _encode(item) for key, item in value.items()}
    return value


def _default(field: "Field[Any]") -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def decode_problem(data: object) -> Problem:
    """Read a problem from plain JSON values.

    Raises
    ------
    ProblemError
        With every unknown field, wrong type, missing value and, where all can be read, wrong reference.
    """
    faults = _Faults(LARGEST)
    problem = _decode(Problem, data, "problem", faults)
    if faults or not isinstance(problem, Problem):
        raise ProblemError(faults)
    return problem


def decode(kind: type[Any], data: object, *, largest: int | None = LARGEST) -> Any:
    """Read a value of a dataclass or other annotated type from plain JSON values.

    Parameters
    ----------
    kind
        The type.
    data
        The values.
    largest
        No whole number is further from 0; None for values that were not typed by anybody, as costs and seeds.

    Raises
    ------
    ProblemError
        With every fault.
    """
    faults = _Faults(largest)
    value = _decode(kind, data, kind.__name__.lower(), faults)
    if faults:
        raise ProblemError(faults)
    return value


def _decode(kind: object, data: object, path: str, faults: _Faults) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else _decode(_some(kind), data, path, faults)
    if kind is Roster:
        assignments = _decode(tuple[Assignment, ...], data, path, faults)
        return Roster(assignments) if isinstance(assignments, tuple) and not faults else _UNREADABLE
    if origin is Mapping:
        return _expect(isinstance(data, dict), data, path, "must be an object", faults)
    if origin is tuple:
        return _decode_list(get_args(kind)[0], data, path, faults)
    if origin is Literal:
        return _expect(data in get_args(kind), data, path, f"use one of {', '.join(get_args(kind))}", faults)
    if kind is datetime:
        return _decode_instant(data, path, faults)
    if kind is Rule:
        return _decode_rule(data, path, faults)
    if isinstance(kind, type) and is_dataclass(kind):
        return _decode_object(kind, data, path, faults)
    names = {int: "a whole number", str: "a text", bool: "true or false", float: "a number"}
    if kind is float and isinstance(data, int):
        return float(data)
    exact = isinstance(kind, type) and isinstance(data, kind) and (kind is bool or not isinstance(data, bool))
    most = faults.largest
    if exact and isinstance(data, int) and most is not None and abs(data) > most:
        return _expect(False, data, path, f"must lie between {-most} and {most}", faults)
    what = names.get(kind, str(kind))  # type: ignore[call-overload]  # None where it is none of them
    return _expect(exact, data, path, f"must be {what}", faults)


def _expect(fine: bool, data: object, path: str, message: str, faults: _Faults) -> object:
    if fine:
        return data
    faults.append(Fault(path, data, message))
    return _UNREADABLE


def _some(kind: object) -> object:
    """The type of ``X | None`` that is not None."""
    return next(arm for arm in get_args(kind) if arm is not type(None))


def _decode_list(kind: object, data: object, path: str, faults: _Faults) -> object:
    if not isinstance(data, list):
        return _expect(False, data, path, "must be a list", faults)
    return tuple(_decode(kind, item, f"{path}[{place}]", faults) for place, item in enumerate(data))


def _decode_instant(data: object, path: str, faults: _Faults) -> object:
    try:
        return datetime.fromisoformat(str(data))
    except ValueError:
        return _expect(False, data, path, "is no instant; write 2026-11-23T00:00:00+01:00", faults)


def _decode_rule(data: object, path: str, faults: _Faults) -> object:
    if not isinstance(data, dict):
        return _expect(False, data, path, "must be an object with a rule id", faults)
    family = BY_ID.get(str(data.get("rule")))
    if family is None:
        return _expect(False, data.get("rule"), f"{path}.rule", f"use one of {', '.join(BY_ID)}", faults)
    return _decode_object(family, {k: v for k, v in data.items() if k != "rule"}, path, faults)


def _decode_object(kind: type[Any], data: object, path: str, faults: _Faults) -> object:
    if not isinstance(data, dict):
        return _expect(False, data, path, "must be an object", faults)
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind) if field.init}
    before = len(faults)
    prefix = "" if path == "problem" else f"{path}."
    for name in data.keys() - known.keys():
        faults.append(Fault(f"{prefix}{name}", data[name], f"is unknown; fields are {', '.join(known)}"))
    values: dict[str, object] = {}
    for name, field in known.items():
        if name in data:
            values[name] = _decode(hints[name], data[name], f"{prefix}{name}", faults)
        elif _default(field) is MISSING:
            faults.append(Fault(f"{prefix}{name}", None, "is missing"))
    if len(faults) > before:
        return _UNREADABLE
    try:
        return kind(**values)
    except ProblemError as error:
        faults.extend(error.errors)
    except ValueError as error:
        faults.append(Fault(path, data, str(error)))
    return _UNREADABLE
