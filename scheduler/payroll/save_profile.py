"""Save a profile of one's own: read from YAML, checked, and kept as its next version."""

from __future__ import annotations

import re
from typing import Any

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.payroll.library import builtin_profiles
from scheduler.payroll.models import PayrollProfile
from scheduler.payroll.payroll_profile import Profile
from scheduler.payroll.profile_check import read_profile

LONGEST_TEXT = 60_000


class PlainLoader(yaml.SafeLoader):
    """YAML in which only true and false are truths and nothing is a day: a column may be called No or On."""


PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


def profile_from_text(text: str) -> Profile:
    """The profile that a YAML text describes.

    Raises
    ------
    InvalidInput
        With every fault of the text or of the profile.
    """
    if len(text) > LONGEST_TEXT:
        raise _refused("text", f"{len(text)} characters", "is too long", f"at most {LONGEST_TEXT}")
    try:
        # An alias can make a small text as large as it likes.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, yaml.SafeLoader)):
            raise _refused("text", "*", "refers to another part of itself", "write the part out")
        document: Any = yaml.load(text, PlainLoader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else None
        problem = str(getattr(error, "problem", None) or "cannot be read")
        raise InvalidInput(
            [FieldError("text", f"line {line}", f"is no YAML: {problem}", "correct the line", line)]
        ) from error
    except (RecursionError, ValueError) as error:
        raise _refused(
            "text", text[:80], "cannot be read", "a profile as docs/payroll-file.md shows it"
        ) from error
    if not isinstance(document, dict) or not all(isinstance(name, str) for name in document):
        raise _refused(
            "text", text[:80], "is no profile", "lines such as `code: ours`; docs/payroll-file.md shows one"
        )
    return read_profile(document)


def save_profile(session: Session, text: str, *, actor: str) -> PayrollProfile:
    """The next version of a profile of the organisation; batches that were made stay as they are.

    Raises
    ------
    InvalidInput
        With every fault, or where its code is that of a profile which comes with Makina.
    """
    profile = profile_from_text(text)
    if profile.code in builtin_profiles():
        raise _refused(
            "code", profile.code, "is the code of a profile that comes with Makina", "a code of your own"
        )
    last = select(func.max(PayrollProfile.number)).where(PayrollProfile.code == profile.code)
    saved = PayrollProfile(
        code=profile.code,
        number=(session.scalar(last) or 0) + 1,
        title=profile.title,
        document=profile.model_dump(mode="json", exclude_none=True),
        text=text,
        saved_by=actor,
        saved_at=utc_now(),
    )
    session.add(saved)
    session.flush()
    record(
        session,
        actor,
        "payroll_profile.save",
        "payroll_profile",
        saved.id,
        code=saved.code,
        number=saved.number,
    )
    return saved


def _refused(field: str, value: str, problem: str, hint: str) -> InvalidInput:
    return InvalidInput([FieldError(field, value, problem, hint)])
