"""Whole personal rosters as columns: pricing, the best mix with its bound, dives and parts."""
