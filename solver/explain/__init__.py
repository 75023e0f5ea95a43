"""Why a shift is open, why not this person, what would have to give."""
