"""What goes in and out of the routes, one file per noun."""
