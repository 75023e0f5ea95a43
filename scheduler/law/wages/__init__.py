"""From worked time to pay by the law and agreements of a place: pure, exact, rounded once per line."""
