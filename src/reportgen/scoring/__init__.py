"""What a goal earns: the verbs of formulas, and their translation for a sheet."""
