"""``makina law``: the law that rosters are held to, with dates, articles and status."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scheduler.law.pack import Pack

law = typer.Typer(no_args_is_help=True, help="The law that rosters are held to.")


@law.command()
def show(
    pack: Annotated[str, typer.Argument(help="Rule pack id, such as pl.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what is in force on this day.")
    ] = None,
) -> None:
    """Print the values of a rule pack: what, how much, since when, where it is written, how sure it is."""
    from rich.console import Console
    from rich.table import Table

    from scheduler.kernel.effective import holds_on
    from scheduler.law.pages import in_force, rows
    from scheduler.law.words import plain

    chosen = _pack(pack)
    day: date | None = on.date() if on else None
    heading = f"{chosen.title}, version {chosen.version}" + (f", on {day}" if day else "")
    table = Table("rule", "value", "in force", "for", "article", "status", title=heading)
    for parameter, value in rows(chosen):
        if day is None or holds_on(value, day):
            table.add_row(
                parameter.id, plain(value.value), in_force(value), str(parameter.population),
                value.citation, str(value.status),
            )  # fmt: skip
    console = Console()
    console.print(table)
    if day is not None:
        for parameter in chosen.parameters.values():
            if day < parameter.values[0].valid_from:
                since = parameter.values[0].valid_from
                console.print(f"{parameter.id} is in force from {since} only", markup=False)
    for sentence in chosen.not_covered:
        console.print(f"Not covered: {sentence}", markup=False)


@law.command()
def docs(
    to: Annotated[Path, typer.Option(file_okay=False, help="Directory of the pages.")] = Path("docs/law"),
) -> None:
    """Write the page of every rule pack."""
    from scheduler.law.library import packs
    from scheduler.law.pages import page

    to.mkdir(parents=True, exist_ok=True)
    for pack in packs().values():
        (to / f"{pack.id}.md").write_text(page(pack), encoding="utf-8")
        typer.echo(f"{to / pack.id}.md")


@law.command()
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Worked examples, as JSON.")],
) -> None:
    """Check worked examples against the rule packs: a line for each, and status 1 if one differs.

    An example of a kind, or with facts, that nothing computes yet is reported as not supported and makes the
    status 1 too: what was not checked is not right.
    """
    import json

    from scheduler.law.verify.example import UnreadableExamples, read_examples
    from scheduler.law.verify.outcome import Verdict
    from scheduler.law.verify.outcome import verify as outcomes_of

    try:
        examples = read_examples(file.read_text(encoding="utf-8"), file.name)
    except (UnreadableExamples, UnicodeDecodeError) as error:
        typer.echo(f"{error}", err=True)
        raise typer.Exit(2) from error
    outcomes = outcomes_of(examples)
    for one in outcomes:
        expected = json.dumps(one.example.expected, ensure_ascii=False)
        got = one.why or json.dumps(one.got, ensure_ascii=False)
        typer.echo(f"{one.verdict:13}  {one.example.id}  {one.example.kind}  expected {expected}  got {got}")
    counts = {verdict: sum(one.verdict == verdict for one in outcomes) for verdict in Verdict}
    typer.echo(f"{len(outcomes)} examples: " + ", ".join(f"{n} {verdict}" for verdict, n in counts.items()))
    if not outcomes or counts[Verdict.SAME] < len(outcomes):
        raise typer.Exit(1)


@law.command()
def diff(
    pack: Annotated[str, typer.Argument(help="Rule pack id, such as pl.")],
    first: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The earlier day.")],
    second: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The later day.")],
) -> None:
    """Print what the law of a place says on the later day and did not say on the earlier one."""
    from scheduler.law.changes import changes
    from scheduler.law.library import layers_of

    layers = layers_of(_pack(pack).id)
    try:
        found = changes(layers, first.date(), second.date())
    except ValueError as error:
        typer.echo(f"{error}.", err=True)
        raise typer.Exit(2) from error
    for change in found:
        typer.echo(str(change))
    names = ", ".join(one.id for one in layers)
    typer.echo(f"Changes in {names} from {first.date()} to {second.date()}: {len(found)}.")


@law.command()
def audit(
    pack: Annotated[str | None, typer.Argument(help="Rule pack id; all packs without it.")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day instead of today.")
    ] = None,
) -> None:
    """Print what in the rule packs asks for attention.

    Sources by the day they were last read, the oldest first; values that are recalled and not confirmed;
    values that end or have ended with nothing after them; rules that nothing checks yet.
    """
    from scheduler.kernel.clock import utc_now
    from scheduler.law.library import packs
    from scheduler.law.public_holidays import TABLES, years_of
    from scheduler.law.upkeep import upkeep

    day = on.date() if on else utc_now().date()
    found = upkeep([_pack(pack)] if pack else packs().values(), day)
    typer.echo("Sources, the oldest reading first:")
    for read, key, source in found.sources:
        typer.echo(f"  {source.consulted_on}  {read.id} {key}: {source.text}")
    typer.echo(f"Recalled, not confirmed ({len(found.recalled)}):")
    for parameter, value in found.recalled:
        typer.echo(f"  {parameter.id}: {value.value} from {value.valid_from} ({value.citation})")
    typer.echo(f"Values that end ({len(found.ending)}):")
    for parameter, value, end in found.ending:
        when = f"ended on {end}" if end <= day else f"ends on {end}"
        typer.echo(f"  {parameter.id}: {value.value} {when}, nothing follows")
    for country in TABLES:
        typer.echo(f"Holidays of {country} are known for {', '.join(map(str, years_of(country)))}.")
    typer.echo(f"Not checked yet ({len(found.unchecked)}):")
    for parameter in found.unchecked:
        typer.echo(f"  {parameter.id}: {parameter.label}")


def _pack(name: str) -> Pack:
    """The pack called so; an unknown one ends the command with status 2."""
    from scheduler.law.library import pack_called, packs

    found = pack_called(name)
    if found is None:
        typer.echo(f"No rule pack {name!r}; there are {', '.join(sorted(packs()))}.", err=True)
        raise typer.Exit(2)
    return found
