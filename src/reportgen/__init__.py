"""reportgen: from a filled workbook to the yearly final accounts report."""

__version__ = "0.1.0"
