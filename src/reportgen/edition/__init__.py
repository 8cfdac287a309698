"""What a year or a province declares, and what is wrong with it."""
