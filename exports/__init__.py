"""Rows in, bytes out: calendars and payroll files."""
