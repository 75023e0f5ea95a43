"""``makina account``: who can sign in; the first admin of an organisation comes from here."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.organisation.models import Role

app = typer.Typer(help="Who can sign in.", no_args_is_help=True)


@app.callback()
def account() -> None:
    """Who can sign in."""


@app.command("create")
def create(
    email: Annotated[str, typer.Argument(help="Address to sign in with.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    organisation: Annotated[str, typer.Option(help="Short name (slug) of the organisation.")],
    password: Annotated[
        str,
        typer.Option(
            prompt=True,
            confirmation_prompt=True,
            hide_input=True,
            envvar="MAKINA_ACCOUNT_PASSWORD",
            show_envvar=False,
            help="Asked for when left out.",
        ),
    ],
    role: Annotated[Role, typer.Option(help="What the account may do.")] = Role.ADMIN,
    location: Annotated[
        str | None, typer.Option(help="Code of the one location it holds the role at.")
    ] = None,
    new_organisation: Annotated[
        str | None, typer.Option(help="Full name; makes the organisation, for the first account of it.")
    ] = None,
) -> None:
    """Create an account."""
    from api.commands.refusal import refusals_explained
    from api.commands.serve import prepare_database
    from scheduler.audit.record import SYSTEM
    from scheduler.db.session import Database
    from scheduler.db.tenant import use_tenant
    from scheduler.kernel.errors import SchedulerError
    from scheduler.kernel.settings import settings
    from scheduler.organisation.create_account import create_account
    from scheduler.organisation.locations import location_coded
    from scheduler.organisation.organisations import create_organisation, organisation_called
    from scheduler.organisation.permissions import Grant

    problem = prepare_database(settings().database_url)
    if problem is not None:
        typer.echo(problem, err=True)
        raise typer.Exit(1)
    with refusals_explained(), Database(settings().database_url).write() as session:
        if new_organisation is not None:
            create_organisation(session, slug=organisation, name=new_organisation, actor=SYSTEM)
        else:
            found = organisation_called(session, organisation)
            if found is None:
                raise SchedulerError("organisation_not_found", slug=organisation)
            use_tenant(session, found.id)
        location_id = None if location is None else location_coded(session, location).id
        made = create_account(
            session,
            email=email,
            name=name,
            password=password,
            grants=[Grant(role, location_id)],
            actor=SYSTEM,
        )
        typer.echo(f"{made.email} can sign in as {role.value} of {organisation}.")
