"""A pack as a page for people: every value with its dates, article and status, and what is not covered."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.law.pack import DatedValue, Enforcement, Opener, Pack, Parameter, Status
from scheduler.law.topics import CHECKED
from scheduler.law.words import plain
from scheduler.law.worked_time import OF_SCHEDULES

ENFORCED = {
    Enforcement.HARD: "kept by every roster",
    Enforcement.CHECK: "checked",
    Enforcement.DEFINE: "definition",
    Enforcement.PAY: "for pay",
    Enforcement.DUTY: "duty outside rosters and pay",
    Enforcement.NONE: "not checked",
}


PLANNING, ROSTERS, WORKED = "planning", "reports of rosters", "reports of worked time"
PUBLISHING, PAY, OTHERS = "publishing", "pay", "other rules lean on it"
EXAMPLES = "worked examples"
ELSEWHERE = {
    "schedule_notice": (PUBLISHING,),
    "shift_notice": (PUBLISHING,),
    "overtime_year_cap": (EXAMPLES,),
}
"""Topics that are checked, but not in reports."""


def used_in(parameter: Parameter) -> tuple[str, ...]:
    """Where Makina asks for a parameter, in words; nowhere for duties and for what nothing checks.

    Examples
    --------
    >>> from scheduler.law.library import packs
    >>> used_in(packs()["pl"].parameters["pl.daily_rest.min"])
    ('planning', 'reports of rosters', 'reports of worked time')
    """
    topic = parameter.topic.id
    if parameter.enforcement == Enforcement.HARD:
        return (PLANNING, ROSTERS) if topic in OF_SCHEDULES else (PLANNING, ROSTERS, WORKED)
    if parameter.enforcement == Enforcement.CHECK and topic in CHECKED:
        return ELSEWHERE.get(topic, (ROSTERS, WORKED))
    if parameter.enforcement == Enforcement.PAY:
        return (PAY,)
    return (OTHERS,) if parameter.enforcement == Enforcement.DEFINE else ()


def page(pack: Pack) -> str:
    """The pack as Markdown."""
    parts = [
        f"# {pack.title}",
        "",
        f"Rule pack `{pack.id}`, version {pack.version}. Written by `makina law docs` from"
        f" `scheduler/law/packs/{pack.id}.yaml`: change that file, not this one.",
        "",
        "This is engineering material, not legal advice; no counsel has reviewed it. *Confirmed* values were",
        "read in the sources below; *recalled* ones are from memory and to be verified before anybody relies",
        "on them.",
        "",
        *_layers(pack),
        *_how_sure(pack),
        "## Values",
        "",
        "| rule | what | value | in force | for | use | article | status |",
        "|---|---|---|---|---|---|---|---|",
        *(_row(one, value) for one in pack.parameters.values() for value in reversed(one.values)),
        "",
        *_remarks(pack),
        *_exceptions(pack),
        *_list("How the law is read here", pack.notes),
        *_list("Not covered", pack.not_covered),
        *_list(
            "Sources",
            [f"{key}: {one.text} (consulted {one.consulted_on})" for key, one in pack.sources.items()],
        ),
    ]
    return "\n".join(parts).rstrip() + "\n"


def rows(pack: Pack) -> list[tuple[Parameter, DatedValue]]:
    """Every value of the pack, in the order of the file, oldest first."""
    return [(parameter, value) for parameter in pack.parameters.values() for value in parameter.values]


def in_force(value: DatedValue) -> str:
    """The dates of a value in words."""
    return f"{value.valid_from} to {value.valid_until}" if value.valid_until else f"from {value.valid_from}"


def _layers(pack: Pack) -> list[str]:
    if not pack.parents:
        return []
    below = ", ".join(f"[`{parent}`]({parent}.md)" for parent in pack.parents)
    return [f"Where this pack is silent, {below} speaks; of two values the better for the worker holds.", ""]


def _how_sure(pack: Pack) -> list[str]:
    """How many values are confirmed and recalled, and how many rules wait for a check."""
    status = [value.status for _, value in rows(pack)]
    waiting = sum(parameter.waits_for_a_check for parameter in pack.parameters.values())
    told = f"Of {len(status)} values {status.count(Status.CONFIRMED)} are confirmed and"
    return [
        f"{told} {status.count(Status.RECALLED)} recalled; rules not checked yet: {waiting}.",
        "",
    ]


def _row(parameter: Parameter, value: DatedValue) -> str:
    status = f"{value.status} ({', '.join(value.sources)})" if value.sources else str(value.status)
    code = f"<br>`{parameter.code}`" if parameter.code else ""
    shown = "**recalled**" if value.status == Status.RECALLED else status
    use = "not checked yet" if parameter.waits_for_a_check else ENFORCED[parameter.enforcement]
    cells = (
        f"`{parameter.id}`{code}", parameter.label, plain(value.value), in_force(value),
        str(parameter.population), use, value.citation, shown,
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _remarks(pack: Pack) -> list[str]:
    said = [f"`{one.id}`: {value.note}." for one, value in rows(pack) if value.note]
    said += [f"`{one.id}` is not checked. {one.why}" for one in pack.parameters.values() if one.why]
    return _list("Remarks", said)


def _exceptions(pack: Pack) -> list[str]:
    said = []
    for parameter in pack.parameters.values():
        for exception in parameter.exceptions:
            instead = f"{plain(exception.value)} instead" if exception.value else "does not hold"
            below = f"; derogates under {exception.derogation}" if exception.derogation else ""
            where = f"{exception.citation}{below}"
            opened = (
                "" if exception.opened_by == Opener.CIRCUMSTANCE else f", opened by {exception.opened_by}"
            )
            if exception.withdrawal_days:
                opened += f" that ends {exception.withdrawal_days} days after it is withdrawn"
            said.append(f"`{parameter.id}`, on the ground `{exception.ground}`{opened}: {instead} ({where}).")
    return _list("Exceptions", said)


def _list(title: str, lines: Iterable[str]) -> list[str]:
    shown = [f"- {line}" for line in lines]
    return [f"## {title}", "", *shown, ""] if shown else []
