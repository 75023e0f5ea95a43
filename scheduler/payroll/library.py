"""The profiles there are: those that come with Makina, and those an organisation saved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.payroll.models import PayrollProfile
from scheduler.payroll.payroll_profile import Profile
from scheduler.payroll.profile_check import read_profile

FOLDER = Path(__file__).parent / "profiles"


@cache
def builtin_profiles() -> dict[str, Profile]:
    """The profiles that come with Makina, by code."""
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        profile = read_profile(yaml.safe_load(path.read_text(encoding="utf-8")))
        if profile.code != path.stem:
            raise ValueError(f"{path.name} describes the profile {profile.code}")
        found[profile.code] = profile
    return found


@cache
def builtin_text(code: str) -> str:
    """The YAML of a profile that comes with Makina, to start one's own from."""
    return (FOLDER / f"{builtin_profiles()[code].code}.yaml").read_text(encoding="utf-8")


def own_profiles(session: Session) -> Sequence[PayrollProfile]:
    """The latest version of each profile that the organisation saved, by code."""
    latest = (
        select(PayrollProfile.code, func.max(PayrollProfile.number).label("number"))
        .group_by(PayrollProfile.code)
        .subquery()
    )
    same = (PayrollProfile.code == latest.c.code) & (PayrollProfile.number == latest.c.number)
    return session.scalars(select(PayrollProfile).join(latest, same).order_by(PayrollProfile.code)).all()


def own_profile(session: Session, code: str) -> PayrollProfile | None:
    """The latest version of a profile that the organisation saved, if there is one of that code."""
    query = select(PayrollProfile).where(PayrollProfile.code == code)
    return session.scalars(query.order_by(PayrollProfile.number.desc()).limit(1)).one_or_none()


def find_profile(session: Session, code: str) -> tuple[Profile, int]:
    """The profile of a code, and its version; 0 for one that comes with Makina.

    Raises
    ------
    SchedulerError
        ``payroll_profile_not_found``, with those that there are.
    """
    if code in builtin_profiles():
        return builtin_profiles()[code], 0
    own = own_profile(session, code)
    if own is None:
        known = ", ".join([*builtin_profiles(), *(each.code for each in own_profiles(session))])
        raise SchedulerError("payroll_profile_not_found", profile=code[:80], known=known)
    return Profile.model_validate(own.document), own.number
