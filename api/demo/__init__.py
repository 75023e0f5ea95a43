"""Kometa, a made-up online shop: the files it is made of, and loading them."""
