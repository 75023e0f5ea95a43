"""Public benchmark formats of rostering, read into problems of our own rules and written from them."""
