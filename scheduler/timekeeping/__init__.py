"""Punches, pairing into time entries, timesheets, approval."""
