"""Word in and out: the only package that knows docxtpl, lxml and WordprocessingML."""
