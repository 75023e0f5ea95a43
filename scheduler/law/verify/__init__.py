"""Worked examples of the law, checked against the packs."""
