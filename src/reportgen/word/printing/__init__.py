"""Templates and facts become documents."""
