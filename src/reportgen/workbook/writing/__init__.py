"""Workbooks written: blank ones, their styles and verdicts."""
