"""Where a printed number came from, now and in two years."""
