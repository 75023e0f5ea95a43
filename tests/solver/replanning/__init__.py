"""Re-planning a published roster."""
