"""Demand history and coverage requirements."""
