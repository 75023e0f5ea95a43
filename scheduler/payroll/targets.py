"""Payroll systems that lines are handed to: finding and saving them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.payroll.library import find_profile
from scheduler.payroll.models import PayrollTarget
from scheduler.payroll.payroll_profile import Letters, Profile, Setting


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """What a target is to be."""

    name: str
    profile_code: str
    settings: Mapping[str, str] = field(default_factory=dict)
    same_numbers: bool = True


def find_target(session: Session, target_id: UUID) -> PayrollTarget:
    """The target with this id.

    Raises
    ------
    SchedulerError
        ``payroll_target_not_found``.
    """
    target = session.get(PayrollTarget, target_id)
    if target is None:
        raise SchedulerError("payroll_target_not_found", target_id=str(target_id))
    return target


def list_targets(session: Session) -> Sequence[PayrollTarget]:
    """All targets, by name."""
    return session.scalars(select(PayrollTarget).order_by(PayrollTarget.name, PayrollTarget.id)).all()


def target_coded(session: Session, code: str) -> PayrollTarget:
    """The target with this code.

    Raises
    ------
    SchedulerError
        ``payroll_target_not_found``, with those that there are.
    """
    found = session.scalar(select(PayrollTarget).where(PayrollTarget.code == code))
    if found is None:
        known = ", ".join(target.code for target in list_targets(session)) or "none yet"
        raise SchedulerError("payroll_target_not_found", target=code, known=known)
    return found


def profile_of(session: Session, target: PayrollTarget) -> tuple[Profile, int]:
    """The profile a target's files are written by, and its version; 0 for one that comes with Makina."""
    return find_profile(session, target.profile_code)


def create_target(session: Session, code: str, terms: TargetTerms, *, actor: str) -> PayrollTarget:
    """A new target.

    Raises
    ------
    InvalidInput
        If a setting cannot be accepted.
    SchedulerError
        ``payroll_profile_not_found``; ``payroll_target_exists``.
    """
    settings = checked_settings(find_profile(session, terms.profile_code)[0], terms.settings)
    if session.scalar(select(PayrollTarget.id).where(PayrollTarget.code == code)) is not None:
        raise SchedulerError("payroll_target_exists", target=code)
    target = PayrollTarget(
        code=code,
        name=terms.name,
        profile_code=terms.profile_code,
        settings=settings,
        same_numbers=terms.same_numbers,
        created_at=utc_now(),
    )
    session.add(target)
    session.flush()
    record(
        session,
        actor,
        "payroll_target.create",
        "payroll_target",
        target.id,
        code=code,
        profile=terms.profile_code,
    )
    return target


def change_target(session: Session, target_id: UUID, terms: TargetTerms, *, actor: str) -> PayrollTarget:
    """A target with other terms; batches that were made stay as they are.

    Raises
    ------
    InvalidInput
        If a setting cannot be accepted.
    SchedulerError
        ``payroll_target_not_found``, ``payroll_profile_not_found``.
    """
    target = find_target(session, target_id)
    settings = checked_settings(find_profile(session, terms.profile_code)[0], terms.settings)
    before = {
        "profile": target.profile_code,
        "settings": dict(target.settings),
        "same_numbers": target.same_numbers,
    }
    target.name, target.profile_code = terms.name, terms.profile_code
    target.settings, target.same_numbers = settings, terms.same_numbers
    session.flush()
    record(session, actor, "payroll_target.change", "payroll_target", target.id, before=before)
    return target


def checked_settings(profile: Profile, given: Mapping[str, str]) -> dict[str, str]:
    """The settings of a profile; what is required may still be missing, and is told before a batch.

    Raises
    ------
    InvalidInput
        With every setting that the profile does not have or that it could not take.
    """
    kept = {name: value.strip() for name, value in given.items() if value.strip()}
    if found := list(_faults(profile, kept)):
        raise InvalidInput(found)
    return kept


def missing_settings(profile: Profile, settings: Mapping[str, str]) -> list[tuple[str, Setting]]:
    """The settings that the profile requires and that nobody gave yet."""
    return [
        (name, each)
        for name, each in profile.settings.items()
        if each.required and not settings.get(name) and not each.default
    ]


def _faults(profile: Profile, settings: Mapping[str, str]) -> Iterator[FieldError]:
    for name, value in settings.items():
        where, setting = f"settings.{name}", profile.settings.get(name)
        if setting is None:
            known = ", ".join(profile.settings) or "it has none"
            yield FieldError(where, value[:100], "is no setting of the profile", known)
            continue
        if not setting.min_length <= len(value) <= setting.max_length:
            hint = f"{max(1, setting.min_length)} to {setting.max_length} characters"
            yield FieldError(where, value[:100], f"has {len(value)} characters", hint)
        if setting.letters is Letters.DIGITS and not (value.isascii() and value.isdecimal()):
            yield FieldError(where, value[:100], "has other characters than digits", "0 to 9 only")
        elif setting.letters and not (value.isascii() and value.isalnum()):
            yield FieldError(
                where, value[:100], "has other characters than letters and digits", "A to Z and 0 to 9"
            )
        elif not value.isprintable():
            yield FieldError(where, value[:100], "has odd characters", "one line of plain text")
