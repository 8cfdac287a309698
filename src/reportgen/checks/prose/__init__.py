"""What people wrote, read for what is wrong with it."""
