"""The reason somebody gives for a correction or a refusal."""

from __future__ import annotations

from scheduler.kernel.errors import FieldError, InvalidInput

LONGEST = 500


def checked_reason(reason: str) -> str:
    """The reason without blanks around it.

    Raises
    ------
    InvalidInput
        If nothing is left, or more than 500 characters are.
    """
    text = reason.strip()
    if not text:
        raise InvalidInput([FieldError("reason", reason, "a reason is missing", "say why, in a few words")])
    if len(text) > LONGEST:
        raise InvalidInput(
            [FieldError("reason", f"{text[:40]}…", "too long", f"at most {LONGEST} characters")]
        )
    return text
