"""``makina explain``: why an answer of ``makina solve`` is as it is, in sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.problem_files import read_json, read_problem, refuse

if TYPE_CHECKING:
    from rich.console import Console

    from solver.problem import Employee, Problem
    from solver.result import Result
    from solver.work import Roster


def explain(
    problem: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The problem, a JSON file.")
    ],
    result: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, readable=True, help="What makina solve -o wrote for it."),
    ],
    person: Annotated[str, typer.Option(help="Why does this person (id or name) not work that day?")] = "",
    day: Annotated[str, typer.Option(help="The day meant with --person, such as 2026-11-27.")] = "",
    before: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, readable=True, help="What changed since this result?"),
    ] = None,
    one_more: Annotated[
        bool, typer.Option("--one-more", help="Where would one more person help, hired or trained?")
    ] = False,
    contract_hours: Annotated[
        float | None,
        typer.Option(
            min=0.25,
            max=100_000,
            help="Of the one more person, at most so many paid hours; else as people like them have.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Plain values instead of sentences.")] = False,
) -> None:
    """Explain a roster: what is open and why, what would have to give, where one more person would help.

    Exit status: 0 if it could be explained, 2 if something cannot be read or is not in the problem.
    """
    from rich.console import Console

    errors = Console(stderr=True)
    asked = read_problem(problem, errors)
    if bool(person) != bool(day):
        raise typer.BadParameter("--person and --day belong together")
    if contract_hours is not None and not one_more:
        raise typer.BadParameter("--contract-hours belongs to --one-more")
    if [bool(person), before is not None, one_more].count(True) > 1:
        raise typer.BadParameter("ask one thing at a time: --person, --before or --one-more")
    answer = read_result(asked, result, errors)
    roster = answer.roster
    if person:
        told, plain = of_person(asked, roster, person, day)
    elif before is not None:
        told, plain = of_change(asked, read_roster(asked, before, errors), roster)
    elif one_more:
        told, plain = of_one_more(asked, roster, contract_hours)
        told, plain = with_shadow_prices(asked, answer, (told, plain))
    else:
        told, plain = of_result(asked, answer)
    if as_json:
        typer.echo(json.dumps(plain, indent=1, ensure_ascii=False))
    else:
        show_lines(told, Console())


WORK_SHOWN = 5
"""Of the work of a day, so much is told in sentences, what has least against it first."""

Lines = list[tuple[int, str]]
Told = tuple[Lines, object]
"""The same in sentences and as plain values."""


def of_result(problem: Problem, result: Result) -> Told:
    """What is open and why, what costs most, and, where something is open, what one more person is worth."""
    from solver.codec import encode_object
    from solver.explain.report import lines, report_on
    from solver.explain.sentences import Speaker

    report = report_on(problem, result.roster)
    told, plain = list(lines(Speaker(problem), report)), encode_object(report)
    if report.open:
        more, values = of_one_more(problem, result.roster)
        told, plain = [*told, *more], {**plain, "one_more": values}
    return with_shadow_prices(problem, result, (told, plain))


def with_shadow_prices(problem: Problem, result: Result, told: tuple[Lines, dict[str, object]]) -> Told:
    """The same, and what one more person is worth at the margin where that is known."""
    from solver.codec import encode_object
    from solver.evaluate import evaluate
    from solver.explain.sentences import Speaker
    from solver.explain.shadow_price_words import lines

    sentences, plain = told
    prices = result.shadow_prices
    if prices is None:
        return sentences, plain
    more = lines(Speaker(problem), prices, evaluate(problem, result.roster).score)
    return [*sentences, *more], {**plain, "shadow_prices": encode_object(prices)}


def of_one_more(
    problem: Problem, roster: Roster, contract_hours: float | None = None
) -> tuple[Lines, dict[str, object]]:
    """Where one more person would help, hired or trained."""
    from solver.codec import encode_object
    from solver.explain.one_more import one_more_person
    from solver.explain.one_more_words import lines
    from solver.explain.sentences import Speaker

    minutes = None if contract_hours is None else round(60 * contract_hours)
    found = one_more_person(problem, roster, contract_minutes=minutes)
    return list(lines(Speaker(problem), found)), encode_object(found)


def of_person(problem: Problem, roster: Roster, person: str, day: str) -> Told:
    """Why somebody does not have the work of a day: in sentences what is nearest, as values all of it."""
    from solver.codec import encode_object
    from solver.explain.judged import total
    from solver.explain.sentences import Speaker
    from solver.explain.why_not import sentence, why_not_on

    who = found_person(problem, person)
    try:
        found = why_not_on(problem, roster, who.id, day)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--day") from error
    speaker = Speaker(problem)
    nearest = sorted(found, key=lambda each: (len(each.candidate.obstacles), total(each.candidate.change)))
    told = [(0, sentence(speaker, each)) for each in nearest[:WORK_SHOWN]]
    if len(nearest) > WORK_SHOWN:
        more = f"{len(nearest) - WORK_SHOWN} more pieces of work start that day"
        told.append((0, f"{more}, with as much or more against them; --json lists all."))
    nothing = speaker.say("why_not.nothing", day=day)
    return told or [(0, nothing)], [encode_object(each) for each in found]


def of_change(problem: Problem, old: Roster, new: Roster) -> Told:
    """What changed from one result to another."""
    from solver.codec import encode_object
    from solver.explain.sentences import Speaker
    from solver.explain.versions import compare, sentences

    found = compare(problem, old, new)
    return [(0, each) for each in sentences(Speaker(problem), found)], encode_object(found)


def found_person(problem: Problem, asked: str) -> Employee:
    """The employee with that id, or else the only one with that name."""
    if asked in problem.employee_by_id:
        return problem.employee_by_id[asked]
    named = [each for each in problem.employees if each.name.casefold() == asked.casefold()]
    if len(named) != 1:
        what = "is nobody in the problem" if not named else "is the name of several people; give the id"
        raise typer.BadParameter(f"{asked!r} {what}", param_hint="--person")
    return named[0]


def read_roster(problem: Problem, path: Path, console: Console) -> Roster:
    """The roster in a result file; one that is not of the problem ends the command with status 2."""
    return read_result(problem, path, console).roster


def read_result(problem: Problem, path: Path, console: Console) -> Result:
    """What a file holds of a result; one that is not of the problem ends the command with status 2."""
    from solver.codec import decode
    from solver.evaluate import evaluate
    from solver.problem import Fault, ProblemError
    from solver.result import Result
    from solver.score import Score
    from solver.work import Roster

    what = "is no result of makina solve or makina replan"
    data = read_json(path, console, what)
    values = data if isinstance(data, dict) else {}
    try:
        replanned = "changes" in values and "roster" in values
        if replanned:
            roster: Roster = decode(Roster, values["roster"])
            found = Result(status="feasible", roster=roster, score=Score(), bound=(0, 0))
        else:
            found = Result.from_json(values)
        evaluate(problem, found.roster)
    except ProblemError as error:
        refuse(path, list(error.errors), console, what)
    except ValueError as error:
        refuse(path, [Fault("roster", None, str(error))], console, "is no result for this problem")
    return found


def show_lines(lines: Lines, console: Console) -> None:
    """Print sentences, each as far to the right as it belongs; headings stand out."""
    from rich.padding import Padding
    from rich.text import Text

    heading = len({depth for depth, _ in lines}) > 1
    for depth, text in lines:
        style = "bold" if heading and depth == 0 else ""
        if heading and depth == 0:
            console.print()
        console.print(Padding(Text(text, style=style), (0, 0, 0, 2 * depth)))
