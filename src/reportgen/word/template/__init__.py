"""Section files compiled to templates."""
