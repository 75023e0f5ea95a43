from __future__ import annotations

from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError


def test_a_refusal_says_its_code_and_facts():
    assert str(SchedulerError("closed", period="2026-11")) == "closed (period='2026-11')"
    assert str(SchedulerError("closed")) == "closed"


def test_refused_input_keeps_every_error():
    errors = [FieldError(name, "x", f"{name} is wrong", "y") for name in ("zone", "code")]
    refusal = InvalidInput(iter(errors))
    assert refusal.errors == tuple(errors)
    assert refusal.facts == {"count": 2, "first": "zone is wrong"}
    assert refusal.code == "invalid_input"
