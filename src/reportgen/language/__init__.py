"""What can be said of numbers: words, numbers, values, expressions and functions. No edition, no
file."""
