"""The tables that analysts can have."""

from __future__ import annotations

from enum import StrEnum


class AnalysisTable(StrEnum):
    """What can be had as a frame."""

    TIME_ENTRIES = "time_entries"
    PAY_LINES = "pay_lines"
    WORKED_HOURS = "worked_hours"
    LEAVE = "leave"
    LEAVE_BALANCES = "leave_balances"
    OVERTIME_ACCOUNTS = "overtime_accounts"
