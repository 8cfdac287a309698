"""What must hold, and how a fault is told."""
