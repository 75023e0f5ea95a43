"""Finding good rosters of any size: a greedy start, then parts decided anew by the exact model."""
