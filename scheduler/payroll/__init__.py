"""Handing pay lines to payroll systems: profiles of files, targets, mappings, batches."""
