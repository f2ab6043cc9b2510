"""Floor 5: parameters, engine, batch, pages, site."""

import sys

# jsonschema, which nbformat imports, compiles a grammar of international web addresses for well
# over a second. No notebook has such an address to check, and without the grammar it checks none.
# Done on import, since no call comes early enough: papermill and Jupyter enter this room through
# its modules, and each of these imports nbformat, or what imports it, before its first function.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
