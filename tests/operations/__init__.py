"""Makina run as an operator runs it: several processes, PostgreSQL, backup and restore, logs."""
