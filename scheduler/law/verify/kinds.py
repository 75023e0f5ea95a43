"""How each kind of worked example is computed from the packs.

A kind is one file here with a function that takes an `Example` and gives what the packs say, under the names
that the example's ``expected`` uses; it reads ``example.expected`` at most to see what is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scheduler.law.verify.compliance import compliance_example
from scheduler.law.verify.example import Example
from scheduler.law.verify.parameter import parameter_example
from scheduler.law.verify.pay import pay_example
from scheduler.law.verify.rounding import rounding_example
from scheduler.law.verify.schedule_premium import schedule_premium_example

Computes = Callable[[Example], Mapping[str, Any]]

KINDS: dict[str, Computes] = {
    "compliance": compliance_example,
    "parameter": parameter_example,
    "pay": pay_example,
    "rounding": rounding_example,
    "schedule_premium": schedule_premium_example,
}
"""By the name of the kind; one that is not here is reported as not supported."""
