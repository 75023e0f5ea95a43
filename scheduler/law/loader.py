"""Packs are read here, and refused with file and line when they could mislead."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from scheduler.law.favourability import weaker_than_parents
from scheduler.law.pack import (
    NO_BOUND,
    DatedValue,
    Enforcement,
    Layer,
    LegalException,
    Opener,
    Pack,
    Parameter,
    Population,
    Source,
    Status,
)
from scheduler.law.subject import WorkingTimeSystem
from scheduler.law.topics import COMPILED, TOPICS, Topic
from scheduler.law.values import Count
from scheduler.law.yaml_lines import PackError, Section, read_document

CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*\.[A-Z0-9_]+(\{minutes\})?")
PAY_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
E = TypeVar("E", bound=StrEnum)
NOT_OF_WORK = ("change_", "short_rest")
"""How topics of pay begin that are priced when a roster is published."""
DETAILED = (Enforcement.HARD, Enforcement.CHECK)
"""What is checked has a code."""


def load_pack(text: str, file: str, loaded: Mapping[str, Pack], *, own: bool = False) -> Pack:
    """The pack that a YAML text describes.

    Parameters
    ----------
    text
        Content of the file.
    file
        Its name, for messages.
    loaded
        Packs by id, among them all its parents.
    own
        Whether it is an organisation's own: its hard rules need no worked examples, which ship with the
        tests of the packs; the ids it names are kept as they are.

    Raises
    ------
    PackError
        With every fault as ``file:line: message``: unknown keys, values without citation, gaps and
        overlaps, hard rules without violation code or worked example, values below a parent's without a
        derogation.
    """
    top = read_document(text, file, "the pack")
    pack_id = top.text("pack")
    parents = top.texts("parents")
    if pack_id and not ID.fullmatch(pack_id):
        top.faults.add(top.line_of("pack"), f"pack {pack_id!r} is no id; write one like us-ca")
    if file != f"{pack_id}.yaml":
        top.faults.add(top.line_of("pack"), f"pack {pack_id!r} belongs into {pack_id}.yaml")
    layer = top.parsed("layer", _layer)
    _check_parents(top, layer, parents, loaded)
    sources = _sources(top)
    codes = top.text("codes", pack_id.upper())
    pack = Pack(
        id=pack_id,
        title=top.text("title"),
        version=top.text("version"),
        parents=parents,
        adjective=top.text("adjective"),
        notes=top.texts("notes"),
        not_covered=top.texts("not_covered"),
        sources=sources,
        layer=layer or Layer.COUNTRY,
        codes=codes,
        also_called=top.texts("also_called"),
        parameters=_parameters(top, pack_id, codes, sources, own=own),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    top.close()
    if not top.faults.found:
        for line, message in weaker_than_parents(pack, loaded):
            top.faults.add(line, message)
    if top.faults.found:
        raise PackError(top.faults.found)
    return pack


def _check_parents(
    top: Section, layer: Layer | None, parents: Sequence[str], loaded: Mapping[str, Pack]
) -> None:
    """Parents are loaded already, and of a layer that this one may stand on."""
    for parent in parents:
        if parent not in loaded:
            top.faults.add(
                top.line_of("parents"), f"parent {parent!r} is not loaded; known: {sorted(loaded)}"
            )
        elif layer is not None and not layer.may_stand_on(loaded[parent].layer):
            below = loaded[parent].layer
            top.faults.add(
                top.line_of("parents"),
                f"a pack of layer {layer} cannot stand on {parent!r}, which is of {below}",
            )


def _sources(top: Section) -> dict[str, Source]:
    """What was read, each on the day it says, or on the pack's own."""
    consulted = top.parsed("consulted", _day)
    inner = top.section("sources")
    if inner is None:
        return {}
    found: dict[str, Source] = {}
    for key in inner.names():
        if inner.is_mapping(key) and (entry := inner.section(key)) is not None:
            text, day = entry.text("text"), entry.parsed("consulted", _day)
            entry.close()
        else:
            text, day = inner.text(key), consulted
        if day is not None:
            found[key] = Source(text, day)
    return found


def _parameters(
    top: Section, pack_id: str, codes: str, sources: Mapping[str, Source], *, own: bool
) -> dict[str, Parameter]:
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
            for fault in _incomplete(parameter, codes, own=own):
                section.faults.add(line, f"{parameter.id}{fault}")
            found[parameter.id] = parameter
    return found


def _parameter(
    section: Section, parameter_id: str, line: int, sources: Mapping[str, Source]
) -> Parameter | None:
    topic = TOPICS.get(topic_id := section.text("topic"))
    enforcement = section.parsed("enforce", _enforcement)
    if topic is None:
        section.faults.add(
            line, f"{parameter_id}: topic {topic_id!r} is not one of {', '.join(sorted(TOPICS))}"
        )
        return None
    values = _values(section, parameter_id, line, topic, sources)
    parameter = Parameter(
        id=parameter_id,
        topic=topic,
        enforcement=enforcement or Enforcement.NONE,
        values=values,
        code=section.text("code", ""),
        population=_population(section.section("applies")),
        exceptions=tuple(_exception(entry, topic) for entry in section.sections("exceptions")),
        derogable=section.text("derogable", ""),
        derogable_by=_layers(section),
        derogation=section.text("derogation", ""),
        tests=section.texts("tests"),
        what=section.text("what", ""),
        why=section.text("why", ""),
        pays=section.texts("pays"),
        line=line,
    )
    section.close()
    return parameter if values and enforcement is not None else None


def _incomplete(parameter: Parameter, codes: str, *, own: bool) -> Iterator[str]:
    """What a parameter lacks for what is done with it."""
    enforcement, code = parameter.enforcement, parameter.code
    if enforcement in DETAILED and not code:
        yield f" is enforced ({enforcement}) without a violation 'code'"
    if code and not (CODE.fullmatch(code) and code.startswith(f"{codes}.")):
        yield f": code {code!r} is not like {codes}.DAILY_REST_11H"
    if enforcement == Enforcement.HARD and not parameter.tests and not own:
        yield " is enforced (hard) without a worked example in 'tests'"
    if enforcement == Enforcement.HARD and parameter.topic.id not in COMPILED:
        yield f": no rule of rosters is made from topic {parameter.topic.id!r}; enforce it by 'check'"
    if any(not PAY_CODE.fullmatch(one) for one in parameter.pays) or len(parameter.pays) > 2:
        yield f": 'pays' {list(parameter.pays)} are no pay codes; write [OT] or [OT, OT_PREMIUM]"
    prices_work = enforcement == Enforcement.PAY and not parameter.topic.id.startswith(NOT_OF_WORK)
    if parameter.population.is_of_pay_alone and not prices_work:
        yield " applies to a location, job or contract, which only what prices worked time ('pay') can"
    if enforcement == Enforcement.NONE and not parameter.why:
        yield " is not enforced; say 'why'"
    if parameter.derogable_by and not parameter.derogable:
        yield " is derogable by some layers; name the article in 'derogable'"


def _layers(section: Section) -> tuple[Layer, ...]:
    found: list[Layer] = []
    for text in section.texts("derogable_by"):
        try:
            found.append(_layer(text))
        except ValueError as error:
            section.faults.add(section.line_of("derogable_by"), f"'derogable_by' of {section.what}: {error}")
    return tuple(found)


def _values(
    section: Section, parameter_id: str, line: int, topic: Topic, sources: Mapping[str, Source]
) -> tuple[DatedValue, ...]:
    found: list[tuple[int, DatedValue]] = []
    for entry in section.sections("values"):
        entry.what = f"a value of {parameter_id}"
        entry_line = entry.line
        value = entry.parsed("value", topic.read)
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
    value = None if lifted else entry.parsed("value", topic.read)
    derogation = entry.text("derogation", "")
    opened_by = entry.parsed("opened_by", _opener, default=str(Opener.CIRCUMSTANCE))
    withdrawal = entry.parsed("withdrawal", _days, default="")
    if withdrawal is not None and opened_by != Opener.CONSENT:
        entry.faults.add(entry.line, f"ground {ground!r}: only a consent has a 'withdrawal'")
    entry.close()
    return LegalException(
        ground=ground, value=value, citation=cite, derogation=derogation,
        opened_by=opened_by or Opener.CIRCUMSTANCE, withdrawal_days=withdrawal or 0,
    )  # fmt: skip


def _population(section: Section | None) -> Population:
    if section is None:
        return Population()
    age_from = section.parsed("age_from", int, default="0") or 0
    age_below = section.parsed("age_below", int, default=str(NO_BOUND)) or NO_BOUND
    system = section.parsed("system", WorkingTimeSystem, default="")
    hazardous = section.parsed("hazardous_night", _yes, default="no")
    night_worker = section.parsed("night_worker", _yes, default="no")
    sector = section.text("sector", "")
    location, job = section.text("location", ""), section.text("job", "")
    contract = section.text("contract", "")
    section.close()
    return Population(
        age_from=age_from, age_below=age_below, system=system, hazardous_night=bool(hazardous),
        night_worker=bool(night_worker), sector=sector, location=location, job=job, contract=contract,
    )  # fmt: skip


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"{text!r} is neither yes nor no")
    return text == "yes"


def _one_of(kind: type[E], text: str) -> E:
    if text not in list(kind):
        raise ValueError(f"{text!r} is not one of {', '.join(kind)}")
    return kind(text)


def _enforcement(text: str) -> Enforcement:
    return _one_of(Enforcement, text)


def _status(text: str) -> Status:
    return _one_of(Status, text)


def _layer(text: str) -> Layer:
    return _one_of(Layer, text)


def _opener(text: str) -> Opener:
    return _one_of(Opener, text)


def _days(text: str) -> int:
    count = Count.parse(text)
    if count.unit != "days":
        raise ValueError(f"{text!r} are no days; write 7 days")
    return count.number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date; write 2004-08-02") from None
