"""Packs are read here, and refused with file and line when they could mislead."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from scheduler.law.favourability import weaker_than_parents
from scheduler.law.pack import (
    NO_BOUND,
    DatedValue,
    Enforcement,
    LegalException,
    Pack,
    Parameter,
    Population,
    Status,
)
from scheduler.law.subject import WorkingTimeSystem
from scheduler.law.topics import TOPICS, Topic
from scheduler.law.values import Name, Value
from scheduler.law.yaml_lines import PackError, Section, read_document

CODE = re.compile(r"[A-Z]{2}(-[A-Z]+)?\.[A-Z0-9_]+")


def load_pack(text: str, file: str, loaded: Mapping[str, Pack]) -> Pack:
    """The pack that a YAML text describes.

    Parameters
    ----------
    text
        Content of the file.
    file
        Its name, for messages.
    loaded
        Packs by id, among them all its parents.

    Raises
    ------
    PackError
        With every fault as ``file:line: message``: unknown keys, values without citation, gaps and
        overlaps, hard rules without violation code, values below a parent's without a derogation.
    """
    top = read_document(text, file, "the pack")
    pack_id = top.text("pack")
    parents = top.texts("parents")
    if file != f"{pack_id}.yaml":
        top.faults.add(top.line_of("pack"), f"pack {pack_id!r} belongs into {pack_id}.yaml")
    for parent in parents:
        if parent not in loaded:
            top.faults.add(
                top.line_of("parents"), f"parent {parent!r} is not loaded; known: {sorted(loaded)}"
            )
    sources = _texts_by_key(top, "sources")
    pack = Pack(
        id=pack_id,
        title=top.text("title"),
        version=top.text("version"),
        parents=parents,
        adjective=top.text("adjective"),
        notes=top.texts("notes"),
        not_covered=top.texts("not_covered"),
        sources=sources,
        parameters=_parameters(top, pack_id, sources),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    top.close()
    if not top.faults.found:
        for line, message in weaker_than_parents(pack, loaded):
            top.faults.add(line, message)
    if top.faults.found:
        raise PackError(top.faults.found)
    return pack


def _texts_by_key(section: Section, key: str) -> dict[str, str]:
    inner = section.section(key)
    return {name: inner.text(name) for name in inner.names()} if inner else {}


def _parameters(top: Section, pack_id: str, sources: Mapping[str, str]) -> dict[str, Parameter]:
    block = top.section("parameters")
    if block is None:
        top.faults.add(top.line, "the pack needs 'parameters'")
        return {}
    found: dict[str, Parameter] = {}
    for name in block.names():
        line = block.line_of(name)
        section = block.section(name)
        if section is None:
            continue
        section.what = f"{pack_id}.{name}"
        parameter = _parameter(section, f"{pack_id}.{name}", line, sources)
        if parameter is not None:
            found[parameter.id] = parameter
    return found


def _parameter(
    section: Section, parameter_id: str, line: int, sources: Mapping[str, str]
) -> Parameter | None:
    topic = TOPICS.get(topic_id := section.text("topic"))
    enforcement = section.parsed("enforce", _enforcement)
    code, why = section.text("code", ""), section.text("why", "")
    if topic is None:
        section.faults.add(
            line, f"{parameter_id}: topic {topic_id!r} is not one of {', '.join(sorted(TOPICS))}"
        )
        return None
    values = _values(section, parameter_id, line, topic, sources)
    exceptions = tuple(_exception(entry, topic) for entry in section.sections("exceptions"))
    population = _population(section.section("applies"))
    derogable, derogation = section.text("derogable", ""), section.text("derogation", "")
    section.close()
    if enforcement in (Enforcement.HARD, Enforcement.CHECK) and not code:
        section.faults.add(line, f"{parameter_id} is enforced ({enforcement}) without a violation 'code'")
    prefix = parameter_id.partition(".")[0].upper() + "."
    if code and not (CODE.fullmatch(code) and code.startswith(prefix)):
        section.faults.add(line, f"{parameter_id}: code {code!r} is not like {prefix}DAILY_REST_11H")
    if enforcement == Enforcement.NONE and not why:
        section.faults.add(line, f"{parameter_id} is not enforced; say 'why'")
    if enforcement is None or not values:
        return None
    return Parameter(
        id=parameter_id, topic=topic, enforcement=enforcement, values=values, code=code,
        population=population, exceptions=exceptions, derogable=derogable, derogation=derogation,
        why=why, line=line,
    )  # fmt: skip


def _values(
    section: Section, parameter_id: str, line: int, topic: Topic, sources: Mapping[str, str]
) -> tuple[DatedValue, ...]:
    found: list[tuple[int, DatedValue]] = []
    for entry in section.sections("values"):
        entry.what = f"a value of {parameter_id}"
        entry_line = entry.line
        value = entry.parsed("value", lambda text: _value(topic, text))
        first = entry.parsed("from", _day)
        until = entry.parsed("until", _day, default="")
        cite, status = entry.text("cite"), entry.parsed("status", _status)
        used = entry.texts("source")
        for key in used:
            if key not in sources:
                entry.faults.add(
                    entry_line, f"{parameter_id}: source {key!r} is not among the pack's sources"
                )
        if status == Status.CONFIRMED and not used:
            entry.faults.add(
                entry_line, f"{parameter_id}: a confirmed value names the 'source' it was read in"
            )
        note = entry.text("note", "")
        entry.close()
        if value is not None and first is not None and status is not None and cite:
            dated = DatedValue(
                valid_from=first, valid_until=until, value=value, citation=cite,
                status=status, sources=used, note=note,
            )  # fmt: skip
            found.append((entry_line, dated))
    if not found:
        section.faults.add(line, f"{parameter_id} has no dated, cited value")
    return _without_gaps(section, parameter_id, found)


def _without_gaps(
    section: Section, parameter_id: str, found: list[tuple[int, DatedValue]]
) -> tuple[DatedValue, ...]:
    """Values in a row: each ends where the next begins, and says so."""
    for (line, value), (_, following) in pairwise(found):
        if value.valid_until is None:
            section.faults.add(
                line,
                f"{parameter_id}: say 'until' when this value ends; the next is from {following.valid_from}",
            )
        elif value.valid_until < following.valid_from:
            section.faults.add(
                line, f"{parameter_id}: gap from {value.valid_until} to {following.valid_from}"
            )
        elif value.valid_until > following.valid_from:
            section.faults.add(
                line, f"{parameter_id}: overlap from {following.valid_from} to {value.valid_until}"
            )
    for line, value in found:
        if value.valid_until is not None and value.valid_until <= value.valid_from:
            section.faults.add(
                line, f"{parameter_id}: until {value.valid_until} is not after from {value.valid_from}"
            )
    return tuple(value for _, value in found)


def _exception(entry: Section, topic: Topic) -> LegalException:
    entry.what = "an exception"
    ground, cite = entry.text("ground"), entry.text("cite")
    lifted = entry.parsed("lifted", _yes, default="no")
    value = None if lifted else entry.parsed("value", lambda text: _value(topic, text))
    derogation = entry.text("derogation", "")
    entry.close()
    return LegalException(ground=ground, value=value, citation=cite, derogation=derogation)


def _population(section: Section | None) -> Population:
    if section is None:
        return Population()
    age_from = section.parsed("age_from", int, default="0") or 0
    age_below = section.parsed("age_below", int, default=str(NO_BOUND)) or NO_BOUND
    system = section.parsed("system", WorkingTimeSystem, default="")
    hazardous = section.parsed("hazardous_night", _yes, default="no")
    section.close()
    return Population(age_from=age_from, age_below=age_below, system=system, hazardous_night=bool(hazardous))


def _value(topic: Topic, text: str) -> Value:
    value = topic.kind.parse(text)
    if isinstance(value, Name) and value.text not in topic.choices:
        raise ValueError(f"{text!r} is not one of {', '.join(topic.choices)}")
    return value


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"{text!r} is neither yes nor no")
    return text == "yes"


def _enforcement(text: str) -> Enforcement:
    if text not in list(Enforcement):
        raise ValueError(f"{text!r} is not one of {', '.join(Enforcement)}")
    return Enforcement(text)


def _status(text: str) -> Status:
    if text not in list(Status):
        raise ValueError(f"{text!r} is not one of {', '.join(Status)}")
    return Status(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date; write 2004-08-02") from None
