"""What other systems read of us."""
