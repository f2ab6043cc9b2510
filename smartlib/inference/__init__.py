"""Floor 3: factors, fits, nearest regions."""
