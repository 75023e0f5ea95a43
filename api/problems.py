"""Every code of a refusal, with the status and the words it is answered with."""

from __future__ import annotations

from collections.abc import Mapping

from api.leave_problems import LEAVE, WEBHOOKS
from api.problem import Problem
from api.problem import problem_of as _problem

_FRAME: Mapping[str, Problem] = {
    "invalid_input": _problem(422, "Some values cannot be accepted", "Nothing was changed; see `errors`."),
    "not_found": _problem(404, "Not found", "There is no {what} with the id {id}."),
    "route_not_found": _problem(404, "Not found", "There is nothing at {path}."),
    "method_not_allowed": _problem(405, "Method not allowed", "{path} does not answer {method}."),
    "body_too_large": _problem(
        413, "The request is too large", "A request may have at most {max_bytes} bytes.", "Send less at once."
    ),
    "body_unreadable": _problem(400, "The request cannot be read", "Its body is not what its headers say."),
    "media_type_not_json": _problem(
        415,
        "The request is no JSON",
        "The content type is {content_type}: send JSON with `Content-Type: application/json`.",
    ),
    "conflict": _problem(
        409,
        "Somebody else was quicker",
        "Another request changed or made the same record at the same moment; read it again and repeat the "
        "change.",
    ),
    "busy": _problem(503, "The database cannot answer", "Try again in a moment."),
    "not_ready": _problem(503, "Not ready", "{reason}"),
    "unexpected": _problem(
        500, "Something went wrong here", "It is our fault and was logged; nothing was changed."
    ),
}

_ACCESS: Mapping[str, Problem] = {
    "sign_in_needed": _problem(
        401, "Sign in first", "There is no valid session and no API key on the request."
    ),
    "sign_in_failed": _problem(401, "Sign-in failed", "The e-mail address or the password is wrong."),
    "key_refused": _problem(
        401,
        "The API key is refused",
        "It is unknown, revoked or expired; send `Authorization: Bearer mk_...`.",
    ),
    "too_many_attempts": _problem(
        429, "Too many attempts", "Wait {retry_after_seconds} seconds before the next attempt."
    ),
    "cross_site_request": _problem(
        403,
        "Request from another site",
        "A page of another site sent this request with your cookie; it was refused.",
    ),
    "permission_missing": _problem(403, "Not allowed", "This needs the permission {permission}."),
    "outside_reach": _problem(
        403, "Not allowed here", "Your permission {permission} does not reach this location or person."
    ),
    "password_wrong": _problem(403, "The present password is wrong", "Nothing was changed."),
    "email_taken": _problem(
        409, "The address is taken", "An account with the address {email} exists already."
    ),
    "last_admin": _problem(
        409,
        "Nobody would be left to administer",
        "{account} is the last active admin; make another one first.",
    ),
}

_PEOPLE: Mapping[str, Problem] = {
    "organisation_exists": _problem(
        409, "The organisation exists", "There is an organisation {slug} already; choose another short name."
    ),
    "organisation_not_found": _problem(
        404, "Not found", "There is no organisation {slug}; `--new-organisation 'Full name'` makes it."
    ),
    "location_not_found": _problem(
        404,
        "Not found",
        "There is no location with the id {location_id}.",
        "There is no location {location}; there are {known}.",
    ),
    "employee_not_found": _problem(
        404,
        "Not found",
        "There is no employee with the id {employee_id}.",
        "There is no employee with the number {number}.",
    ),
    "import_refused": _problem(
        422, "The files cannot be imported", "Nothing was stored; every bad line is in `errors`."
    ),
    "code_taken": _problem(409, "The code is taken", "There is a {what} with the code {taken} already."),
    "number_taken": _problem(
        409, "The number is taken", "There is an employee with the number {number} already."
    ),
    "contract_not_found": _problem(404, "Not found", "There is no contract with the id {contract_id}."),
    "contract_starts_that_day": _problem(
        409,
        "A contract starts that day",
        "Employee {employee} has a contract from {valid_from} already; choose another day.",
    ),
    "agreement_not_found": _problem(404, "Not found", "There is no agreement with the id {agreement_id}."),
    "agreement_withdrawn": _problem(
        409, "It was withdrawn before", "It counts no longer since {withdrawn_at}; upload it again to use it."
    ),
    "consent_not_found": _problem(404, "Not found", "There is no consent with the id {consent_id}."),
    "consent_withdrawn": _problem(
        409, "It was taken back before", "The consent was withdrawn on {withdrawn_on}; give a new one."
    ),
}

_ROSTERS: Mapping[str, Problem] = {
    "roster_not_found": _problem(404, "Not found", "There is no roster with the id {roster_id}."),
    "template_not_found": _problem(404, "Not found", "There is no shift template with the id {template_id}."),
    "version_not_found": _problem(
        404,
        "Not found",
        "There is no roster version with the id {version_id}.",
        "It is none of the roster {roster_id}.",
    ),
    "shift_not_found": _problem(
        404, "Not found", "The draft of this roster has no shift {lineage_id}; it may have been removed."
    ),
    "roster_changed": _problem(
        409,
        "The roster changed meanwhile",
        "You saw revision {expected_revision}, it is now at {revision}.",
        "{changed_by} changed it at {changed_at}.",
    ),
    "breaks_hard_rules": _problem(
        409,
        "This would break a rule that always holds",
        "{violations}",
        "Every broken rule is in `facts.violations`.",
    ),
    "contradictory_pins": _problem(
        409, "Pinned shifts contradict each other", "{violations}", "Everything is in `facts.violations`."
    ),
    "nothing_to_undo": _problem(409, "Nothing to undo", "The draft has no edit that could be taken back."),
    "law_has_no_nominal_time": _problem(
        409,
        "The law pack lacks a value",
        "The pack of {jurisdiction} names no nominal working time on {on}.",
        "No value of {topic} is in force on {on}.",
    ),
    "pay_law_unknown": _problem(
        409,
        "The law of pay lacks a value",
        "No value of {topic} is known for {on}, so pay of that day cannot be worked out.",
        "Add it to a rule pack of your own, or wait for the next release of the packs.",
    ),
    "law_not_in_force": _problem(
        409,
        "The law has no value on that day",
        "{parameter} has no value on {on}: the first is in force from {in_force_from} on.",
        "The last ends on {in_force_until}.",
    ),
    "law_parameter_unknown": _problem(
        404, "Not found", "No rule pack has a parameter {parameter}; near it are: {near}."
    ),
    "law_holidays_unknown": _problem(
        409,
        "Holidays are not known",
        "The holidays of {calendar} in {year} are not known yet; those of these years are: {known}.",
    ),
    "run_not_found": _problem(404, "Not found", "There is no run with the id {run_id}."),
    "run_finished": _problem(409, "The run is over", "It is {state} and cannot be cancelled any more."),
    "run_in_progress": _problem(409, "A run is in progress", "It was asked for at {requested_at} ({state})."),
    "week_is_past": _problem(409, "The week is over", "It ended on {ends_on}."),
    "no_employees": _problem(409, "Nobody to plan", "Nobody is employed at {location} in this week."),
    "no_contracts": _problem(
        409, "Nobody has a contract", "At {location} these have none in this week: {employees}."
    ),
    "no_coverage": _problem(
        409, "Nothing to plan for", "It is not known how many people {location} needs in this week."
    ),
    "no_shift_templates": _problem(
        409, "No shifts to plan with", "{location} has no shift templates, so no shift can be made."
    ),
    "pin_left_out": _problem(
        409, "A pinned shift cannot be kept", "Every pinned shift concerned is in `facts.pins`."
    ),
    "invalid_problem": _problem(
        409, "The records contradict each other", "What is wrong with them is in `facts.faults`."
    ),
    "nothing_to_publish": _problem(409, "Nothing to publish", "The roster has no draft with shifts."),
    "already_published": _problem(
        409, "It is published already", "Version {version} was published at {published_at}."
    ),
    "overlapping_shifts": _problem(409, "Two shifts at the same time", "Nothing was published."),
    "roster_busy": _problem(409, "Somebody is publishing it", "Try again in a moment."),
    "feed_not_found": _problem(404, "Not found", "There is no calendar at this address."),
    "no_feed": _problem(404, "No calendar address", "This person has no calendar address that works."),
}

_TIME: Mapping[str, Problem] = {
    "kiosk_not_found": _problem(
        404, "Not found", "There is no kiosk at this address; ask your manager for a new one."
    ),
    "pin_refused": _problem(403, "Nothing was punched", "The employee number or the PIN is wrong."),
    "kiosk_code_refused": _problem(
        403,
        "The code is no longer good",
        "A kiosk shows a new one every half minute: scan it again.",
    ),
    "punch_outside": _problem(
        403,
        "Nothing was punched",
        "{location} takes punches only from the place itself, and this one is {decision}.",
        "You are {distance_metres} m from its centre; {radius_metres} m are allowed.",
    ),
    "punch_not_found": _problem(404, "Not found", "There is no punch with the id {punch_id}."),
    "punch_is_void": _problem(409, "A void stays", "The punch {punch_id} takes back another one."),
    "punch_already_voided": _problem(
        409, "It was taken back before", "{by} took the punch back, saying: {reason}."
    ),
    "punch_conflict": _problem(
        409,
        "Not the same punch",
        "Nothing was recorded.",
        "The external id {external_id} is known for a punch with other content; see `facts.differences`.",
    ),
    "timesheet_not_found": _problem(404, "Not found", "There is no timesheet with the id {timesheet_id}."),
    "timesheet_changed": _problem(
        409,
        "The timesheet changed meanwhile",
        "You saw revision {expected_revision}, it is now at {revision}.",
    ),
    "wrong_timesheet_state": _problem(
        409,
        "Not in this state",
        "The timesheet is {state}.",
        "This can be done while it is one of {allowed}.",
    ),
    "own_timesheet": _problem(403, "Not one's own", "Nobody approves the hours of his own timesheet."),
    "timesheet_disputed": _problem(409, "It is disputed", "The person says that hours are wrong."),
    "dispute_is_over": _problem(409, "The dispute is over", "It was {ended}; a new one can be raised."),
    "dispute_unanswered": _problem(
        409, "Nobody answered yet", "There is no answer to accept; the dispute can be taken back."
    ),
    "not_your_dispute": _problem(
        403, "Not your timesheet", "Only the person whose hours are disputed accepts or takes it back."
    ),
    "account_needed": _problem(403, "An account is needed", "An API key has no right of a person to lend."),
    "delegation_beyond_own_rights": _problem(
        403, "More than your own right", "You may not approve at {locations} by your own roles."
    ),
    "not_your_delegation": _problem(
        403, "Not yours to take back", "Only those whom it concerns take a lent right back."
    ),
    "delegation_is_over": _problem(409, "It is over", "The lent right ended or was taken back before."),
    "pay_fact_known": _problem(
        409,
        "Not the same fact",
        "The external id {external_id} is known for a pay fact with other content: {pay_fact_id}.",
        "Take that one back, and record the right one under another id.",
    ),
    "pay_fact_decided": _problem(
        409, "That was decided before", "The pay fact is {state}.", "Record another one instead."
    ),
    "pay_fact_own": _problem(
        403, "Not one's own", "Nobody approves what he recorded himself; somebody else has to."
    ),
    "allowance_ended": _problem(
        409, "It has an end", "It is paid until {ends_on}.", "Add another allowance from then on."
    ),
    "pay_period_not_found": _problem(404, "Not found", "There is no pay period with the id {pay_period_id}."),
    "pay_group_not_found": _problem(404, "Not found", "There is no pay group with the id {pay_group_id}."),
    "pay_days_taken": _problem(
        409,
        "Those days are paid together already",
        "It can begin on {possible_from}, not on {valid_from}.",
        "Time before {possible_from} is recorded, locked or paid as it was.",
    ),
    "period_locked": _problem(
        409,
        "The pay period is locked",
        "Payroll locked the time from {starts_on} on at {locked_at}.",
        "Ask payroll to change it, or to unlock the period.",
    ),
    "period_not_locked": _problem(
        409, "The pay period is not locked", "The period that starts on {starts_on} is open to everybody."
    ),
    "payroll_target_not_found": _problem(
        404,
        "Not found",
        "There is no payroll target with the id {target_id}.",
        "There is no payroll target {target}; there are {known}.",
    ),
    "payroll_target_exists": _problem(
        409, "The target exists", "There is a payroll target {target} already; choose another code."
    ),
    "payroll_profile_not_found": _problem(
        404, "Not found", "There is no profile {profile} of payroll files; there are {known}."
    ),
    "payroll_batch_not_found": _problem(
        404, "Not found", "There is no payroll batch with the id {batch_id}."
    ),
    "payroll_not_ready": _problem(
        409,
        "The file cannot be made yet",
        "Nothing was written.",
        "{count} things stand in the way: {problems}",
    ),
    "payroll_values": _problem(422, "Some values do not fit the file", "Nothing was written; see `errors`."),
    "batch_state_refused": _problem(
        409,
        "The batch cannot go there",
        "Batch {batch} is {state}; from there it can go to {can}, not {wanted}.",
    ),
    "period_already_closed": _problem(
        409, "The period is closed", "{closed_by} closed it at {closed_at}; what comes later is a correction."
    ),
    "period_not_closed": _problem(409, "The period is open", "There are lines once it is closed."),
    "period_not_over": _problem(
        409, "The period is not over", "Today is {today} there; it can be closed from {can_close_on} on."
    ),
    "period_not_ready": _problem(
        409,
        "The period cannot be closed yet",
        "What stands in the way is in `facts`: timesheets not approved, unclear hours, no contract.",
    ),
    "exception_not_found": _problem(
        404, "It is gone", "The timesheet has no {exception} at {at} any more; look at it again."
    ),
    "time_is_closed": _problem(
        409,
        "Time of these days is closed",
        "Timesheets with work of the location are closed on {starts_on} or later.",
        "It can hold from {open_from} on.",
    ),
    "time_setting_not_found": _problem(404, "Not found", "Nothing was chosen from {starts_on} on."),
    "rounding_not_allowed": _problem(
        409,
        "The law does not allow it",
        "On {starts_on} the law of {jurisdiction} asks for {allowed}: {article}.",
        "Choose a policy that it allows, or exact minutes.",
    ),
    "hours_unknown": _problem(
        409,
        "Nothing to accept",
        "The hours are not known before the punches are put right.",
        "It is in `facts.exception`.",
    ),
    "exception_still_open": _problem(
        409, "It is still open", "With these punches {exception} at {at} stays; nothing was changed."
    ),
    "timesheet_has_exceptions": _problem(
        409, "Hours are unclear", "{exceptions}", "Everything is in `facts.exceptions`."
    ),
}

PROBLEMS: Mapping[str, Problem] = {
    **_FRAME,
    **_ACCESS,
    **_PEOPLE,
    **LEAVE,
    **_ROSTERS,
    **_TIME,
    **WEBHOOKS,
}
"""Code -> answer. A code that is raised somewhere and missing here fails a test."""
