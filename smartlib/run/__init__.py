"""Floor 5: parameters, engine, batch, pages, site."""

import sys

# jsonschema, which nbformat imports, compiles a grammar of international web addresses for well
# over a second. No notebook has such an address to check, and without the grammar it checks none.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
