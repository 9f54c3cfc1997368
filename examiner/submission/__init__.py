"""What was handed in becomes a clean notebook with every cell in its place. Nothing of it is run here."""
