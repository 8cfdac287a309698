"""`python -m reportgen`."""

from reportgen.cli import app

app()
