"""What other systems read of us: records for human resources."""
