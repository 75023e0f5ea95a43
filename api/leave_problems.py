"""Refusals about leave and webhooks, and what they are answered with."""

from __future__ import annotations

from collections.abc import Mapping

from api.problem import Problem
from api.problem import problem_of as _problem

LEAVE: Mapping[str, Problem] = {
    "time_off_not_found": _problem(404, "Not found", "There is no time off with the id {time_off_id}."),
    "time_off_not_open": _problem(
        409, "It was decided before", "The request is {state}, so this cannot be done to it any more."
    ),
    "own_time_off": _problem(403, "Not one's own", "Nobody approves his own time off."),
    "leave_beyond_balance": _problem(
        409,
        "More than there is",
        "{sentence}",
        "Approve it beyond the balance if it is to be granted all the same.",
    ),
    "leave_policy_missing": _problem(
        409,
        "Nobody said how it is counted",
        "{location} has no leave policy for leave of the kind {kind}.",
        'Say under "Leave policies" of the location how it is counted and what is given.',
    ),
    "own_leave_account": _problem(
        403, "Not one's own", "Nobody enters something into his own leave account."
    ),
    "leave_opened_already": _problem(
        409,
        "There is an opening balance already",
        "The account of employee {employee} has an opening balance on {day}.",
        "Correct it by an adjustment, or give one for a later day.",
    ),
    "time_off_overlaps": _problem(
        409,
        "The days are taken",
        "Employee {employee} has time off from {starts_on} to {ends_on} already ({state}).",
        "Cancel that first, or ask for other days.",
    ),
}

WEBHOOKS: Mapping[str, Problem] = {
    "webhook_key_missing": _problem(
        409,
        "Webhooks are not set up",
        "This installation has no key to work out secrets from.",
        "Its operator sets MAKINA_WEBHOOK_KEY, the same for every process, and starts them again.",
    ),
    "webhooks_too_many": _problem(
        409, "There are too many", "An organisation has at most {most} webhooks.", "Remove one first."
    ),
    "webhook_disabled": _problem(
        409, "It is switched off", "The webhook {name} is switched off.", "Switch it on first."
    ),
}
