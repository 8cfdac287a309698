"""Rules and scores as Excel formulas."""
