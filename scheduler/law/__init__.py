"""Dated legal parameters with citations, and what they mean for a roster."""
