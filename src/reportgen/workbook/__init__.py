"""Excel in and out: the only package that knows openpyxl."""
