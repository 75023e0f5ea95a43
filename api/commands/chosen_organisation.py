"""The organisation a command works for."""

from __future__ import annotations

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.db.tenant import use_tenant
from scheduler.organisation.models import Organisation


def choose_organisation(session: Session, slug: str | None, *, otherwise: str = "") -> Organisation:
    """The organisation called ``slug``, or the only one there is; from now on the session's tenant.

    Parameters
    ----------
    otherwise
        What would do where there is none of that name, as a clause.

    Raises
    ------
    typer.BadParameter
        If there is none of that name, none at all, or more than one to choose from.
    """
    known = {found.slug: found for found in session.scalars(select(Organisation).order_by(Organisation.slug))}
    if not known:
        otherwise = otherwise or "`makina demo` or `makina account create` makes one"
        raise typer.BadParameter(f"there is no organisation yet: {otherwise}")
    names = ", ".join(known)
    if slug is None and len(known) > 1:
        raise typer.BadParameter(f"say which organisation, one of {names}", param_hint="--organisation")
    if slug is not None and slug not in known:
        clause = f"; {otherwise}" if otherwise else ""
        raise typer.BadParameter(
            f"there is no organisation {slug}, only {names}{clause}", param_hint="--organisation"
        )
    chosen = next(iter(known.values())) if slug is None else known[slug]
    use_tenant(session, chosen.id)
    return chosen
