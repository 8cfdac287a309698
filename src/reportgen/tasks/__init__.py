"""What people ask for, strung together; nothing else may."""
