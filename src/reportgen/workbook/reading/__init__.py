"""A filled workbook, cell by cell, and what is wrong with it."""
