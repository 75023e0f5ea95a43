"""The JSON Schema of a problem file, made from the same annotations that reading goes by."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from inspect import cleandoc
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from solver.problem import Problem
from solver.rules.registry import BY_ID
from solver.rules.rule import Rule

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def problem_schema() -> dict[str, object]:
    """The schema of what `Problem.from_json` reads.

    Examples
    --------
    >>> schema = problem_schema()
    >>> schema["required"]
    ['origin', 'days']
    >>> {"Coverage", "Employee", "MinRest"} <= set(schema["$defs"])
    True
    """
    definitions: dict[str, object] = {}
    problem = _object(Problem, definitions)
    return {
        "$schema": DIALECT,
        "title": "Makina problem",
        **problem,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(kind: type[Any], definitions: dict[str, object]) -> dict[str, object]:
    hints = get_type_hints(kind)
    listed = [field for field in fields(kind) if field.init]
    rule = {"rule": {"const": kind.id}} if issubclass(kind, Rule) else {}
    properties = {field.name: _property(hints[field.name], field, definitions) for field in listed}
    needed = [field.name for field in listed if field.default is MISSING and field.default_factory is MISSING]
    return {
        "type": "object",
        "description": cleandoc(kind.__doc__ or "").partition("\n")[0],
        "properties": {**rule, **properties},
        "required": [*rule, *needed],
        "additionalProperties": False,
    }


def _property(kind: object, field: "Field[Any]", definitions: dict[str, object]) -> dict[str, object]:
    described = _schema(kind, definitions)
    simple = isinstance(field.default, str | int | bool)
    return {**described, "default": field.default} if simple else described


def _schema(kind: object, definitions: dict[str, object]) -> dict[str, object]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        arms = [_schema(arm, definitions) for arm in get_args(kind) if arm is not type(None)]
        return {"anyOf": [*arms, {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0], definitions)}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is Mapping:
        return {"type": "object"}
    if kind is Rule:
        return {"oneOf": [_reference(family, definitions) for family in BY_ID.values()]}
    if kind is datetime:
        return {"type": "string", "format": "date-time"}
    if isinstance(kind, type) and is_dataclass(kind):
        return _reference(kind, definitions)
    names = {int: "integer", str: "string", bool: "boolean", float: "number"}
    return {"type": names[kind]}  # type: ignore[index]  # another kind raises, as no rule may have it


def _reference(kind: type[Any], definitions: dict[str, object]) -> dict[str, object]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        definitions[kind.__name__] = _object(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}
