"""What a filled workbook says, under the names of the edition."""
