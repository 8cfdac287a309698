"""For those who own the wording: faults, marks, previews, handbook."""
