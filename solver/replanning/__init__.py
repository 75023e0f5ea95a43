"""Re-planning: a published roster meets a sick call, a late change of demand or a new colleague."""
