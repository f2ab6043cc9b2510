"""How far ranks are known: confidence sets, other methods, what a weight is worth."""
