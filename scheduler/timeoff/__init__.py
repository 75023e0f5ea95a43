"""Leave requests."""
