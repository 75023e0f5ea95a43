"""What every room needs: clock and zones, ids, money, dated values, errors, settings."""
