"""Files in: CSV and Excel read, checked line by line, and stored all or nothing."""
