"""How far an index can be trusted: reliability, dimensions behind it, change against noise."""
