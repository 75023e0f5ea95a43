"""The only way in: HTTP API, web pages, command line."""
