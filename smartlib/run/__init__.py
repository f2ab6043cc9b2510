"""Floor 5: parameters, engine, batch, pages, site."""
