"""Why a roster is as it is, in values that can be checked by applying them."""
