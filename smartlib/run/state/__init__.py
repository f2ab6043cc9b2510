"""What an earlier run left, and whether it still holds: manifest, lock, hashes."""
