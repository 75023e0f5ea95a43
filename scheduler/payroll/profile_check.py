"""Reading a profile: its form, its fields and its expressions, with every fault at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.payroll.expressions import Compiled, ExpressionError, compile_expression
from scheduler.payroll.payroll_profile import (
    BodyList,
    BodyObject,
    BodyValue,
    Cell,
    FileFormat,
    NumberStyle,
    PerDay,
    Profile,
)
from scheduler.payroll.rows import BATCH_FIELDS, FIELDS, BatchFacts, Kind
from scheduler.payroll.templates import faults as template_faults
from scheduler.payroll.written_days import is_day_form

_FILE_NAME = re.compile(r"[^\x00-\x1f/\\:*?\"<>|]+")


def read_profile(document: Mapping[str, Any]) -> Profile:
    """The profile a document describes.

    Raises
    ------
    InvalidInput
        With every fault: its field, its value, what is wrong and what would do.
    """
    try:
        profile = Profile.model_validate(document)
    except ValidationError as error:
        raise InvalidInput(_of_form(each) for each in error.errors(include_url=False)) from error
    if found := list(faults(profile)):
        raise InvalidInput(found)
    return profile


def compiled_cell(cell: Cell, settings: Mapping[str, str], facts: BatchFacts | None = None) -> Compiled:
    """Where a cell's value comes from, ready to be run on rows.

    Raises
    ------
    ExpressionError
        If it names something that there is not.
    """
    names: dict[str, tuple[Kind, Any]] = {name: (each.kind, each.get) for name, each in FIELDS.items()}
    for name, (kind, _) in BATCH_FIELDS.items():
        value = getattr(facts, name) if facts else None
        names[name] = (kind, lambda _row, value=value: value)
    if cell.literal is not None:
        literal = cell.literal
        return Compiled(Kind.TEXT, lambda _row: literal)
    if cell.setting is not None:
        return compile_expression(f"setting.{cell.setting}", {}, settings)
    source = cell.field if cell.field is not None else cell.computed or ""
    if cell.field is not None and cell.field not in names:
        raise ExpressionError(f"there is no field “{cell.field}”", f"one of {', '.join(sorted(names))}")
    return compile_expression(source, names, settings)


def faults(profile: Profile) -> Iterator[FieldError]:
    """What is wrong with a profile whose form is right."""
    settings = dict.fromkeys(profile.settings, "")
    yield from _of_shape(profile)
    for number, column in enumerate(profile.columns):
        yield from _of_cell(column, f"columns[{number}]", profile, settings)
        if profile.format is FileFormat.FIXED_WIDTH and column.width is None:
            yield FieldError(
                f"columns[{number}].width", "(none)", "a file of fixed width needs it", "a width"
            )
    if profile.body is not None:
        yield from _of_list(profile.body, "body", profile, settings)
    for place, fields in (("group_by", profile.group_by),):
        yield from _of_keys(fields, place)
    for place, templates in (
        ("file_name", [profile.file_name]),
        ("before", profile.before),
        ("after", profile.after),
    ):
        for number, template in enumerate(templates):
            where = place if place == "file_name" else f"{place}[{number}]"
            for error in template_faults(template, settings):
                yield FieldError(where, template, error.problem, error.hint)
    if not _FILE_NAME.fullmatch(
        re.sub(r"\{[^{}]*\}", "1", profile.file_name)
    ) or profile.file_name.startswith("."):
        hint = 'a name such as hours-{first_day}.csv, without / \\ : * ? " < > |'
        yield FieldError("file_name", profile.file_name, "is no name of a file", hint)
    if not is_day_form(profile.day_form):
        yield FieldError("day_form", profile.day_form, "is no form of a day", _DAY_HINT)


_DAY_HINT = "YYYY, YY, MM, M, DD, D with - / . between them"


def _of_shape(profile: Profile) -> Iterator[FieldError]:
    """Whether there are columns or a body, whichever the format wants."""
    if profile.body is None and not profile.columns:
        yield FieldError(
            "columns", "(none)", "a file needs at least one column", "columns, or a body for JSON"
        )
    if profile.body is not None and (
        profile.format is not FileFormat.JSON or profile.columns or profile.group_by
    ):
        hint = "format: json, and neither columns nor group_by"
        yield FieldError("body", "", "is for JSON alone", hint)
    if (
        profile.delimiter == profile.decimal_mark
        and profile.format is FileFormat.DELIMITED
        and (profile.quote == "never")
    ):
        yield FieldError(
            "delimiter", profile.delimiter, "is the decimal mark too", "another one, or quote: needed"
        )
    heads = [column.name for column in profile.columns]
    if profile.format in (FileFormat.JSON, FileFormat.PARQUET):
        for number, head in enumerate(heads):
            if not head or head in heads[:number]:
                yield FieldError(
                    f"columns[{number}].name", head, "is empty or used twice", "a name of its own"
                )


def _of_cell(cell: Cell, where: str, profile: Profile, settings: Mapping[str, str]) -> Iterator[FieldError]:
    given = [name for name in ("field", "literal", "setting", "computed") if getattr(cell, name) is not None]
    if len(given) != 1:
        yield FieldError(
            where, ", ".join(given) or "(none)", "must say in one way where its value comes from",
            "exactly one of field, literal, setting, computed",
        )  # fmt: skip
        return
    name = given[0]
    try:
        compiled = compiled_cell(cell, settings)
    except ExpressionError as error:
        yield FieldError(f"{where}.{name}", str(getattr(cell, name)), error.problem, error.hint)
        return
    if compiled.kind is Kind.TRUTH:
        yield FieldError(
            f"{where}.{name}", str(getattr(cell, name)), "is true or false", "A if CONDITION else B"
        )
    if cell.slot is not None and cell.slot not in profile.slots:
        known = ", ".join(profile.slots) or "none are declared under slots"
        yield FieldError(f"{where}.slot", cell.slot, "is no slot of the profile", known)
    if cell.slot is not None and not profile.group_by:
        yield FieldError(
            f"{where}.slot", cell.slot, "needs rows of several lines", "group_by with some fields"
        )
    if cell.day_form is not None and not is_day_form(cell.day_form):
        yield FieldError(f"{where}.day_form", cell.day_form, "is no form of a day", _DAY_HINT)
    if cell.style is not NumberStyle.PLAIN and compiled.kind is not Kind.NUMBER:
        yield FieldError(
            f"{where}.style", cell.style.value, f"is for numbers, and this is {compiled.kind.value}", "plain"
        )


def _of_keys(fields: list[str], where: str) -> Iterator[FieldError]:
    for number, name in enumerate(fields):
        if name not in FIELDS or FIELDS[name].summed:
            allowed = ", ".join(name for name, each in FIELDS.items() if not each.summed)
            yield FieldError(f"{where}[{number}]", name, "is nothing to group by", f"one of {allowed}")


def _of_list(
    node: BodyList, where: str, profile: Profile, settings: Mapping[str, str]
) -> Iterator[FieldError]:
    yield from _of_keys(node.each, f"{where}.each")
    yield from _of_object(node.item, f"{where}.item", profile, settings)


def _of_object(
    node: BodyObject, where: str, profile: Profile, settings: Mapping[str, str]
) -> Iterator[FieldError]:
    for name, inner in node.has.items():
        place = f"{where}.has.{name}"
        if isinstance(inner, BodyList):
            yield from _of_list(inner, place, profile, settings)
        elif isinstance(inner, BodyObject):
            yield from _of_object(inner, place, profile, settings)
        else:
            value: BodyValue = inner.per_day if isinstance(inner, PerDay) else inner
            yield from _of_cell(value, place, profile, settings)
            if isinstance(inner, PerDay) and value.slot is not None:
                yield FieldError(f"{place}.slot", value.slot, "is for columns", "leave it out")


def _of_form(error: Any) -> FieldError:
    """A fault that pydantic found, in the reader's words."""
    path = ""
    for part in error["loc"]:
        if isinstance(part, str) and part in _ALTERNATIVES:
            continue
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    kind = error["type"]
    value = "(none)" if kind == "missing" else str(error.get("input"))[:200]
    if kind == "extra_forbidden":
        return FieldError(
            path, value, "is not part of a profile", "leave it out; docs/payroll-file.md lists the parts"
        )
    if kind == "missing":
        return FieldError(path, value, "is missing", "give it")
    if kind == "string_type":
        return FieldError(path, value, "is no text", "put it in quotes")
    context = error.get("ctx") or {}
    hint = str(
        context.get("expected")
        or context.get("pattern")
        or context.get("max_length")
        or "see docs/payroll-file.md"
    )
    return FieldError(path, value, str(error["msg"]), hint)


_ALTERNATIVES = {"BodyObject", "BodyList", "PerDay", "BodyValue"}
