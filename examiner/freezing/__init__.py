"""Solutions and misconceptions in, checks.json and hidden.json out. Only trusted code is run here."""
