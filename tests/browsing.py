"""What tests ask of pages in a browser: axe's findings, and how far printed sheets are filled."""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2
from axe_playwright_python.sync_playwright import Axe

# Words of cells that stand on more than one line; a hyphen, dash or slash may end one.
BROKEN = r"""() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    if (!text.parentElement.closest("td, th")) continue;
    for (const word of text.data.matchAll(/[^\s\-\u2013\/]+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const drawn = [...range.getClientRects()].filter((box) => box.width > 0);
      if (new Set(drawn.map((box) => Math.round(box.top))).size > 1) found.push(word[0]);
    }
  }
  return found;
}"""
HEAD = 0.08  # of a sheet's height: the running head


def violations(page: Any) -> list[tuple[str, str]]:
    """Rule and first offender of each violation of axe's rules on an open page."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


def broken_words(page: Any) -> list[str]:
    """Words of an open page's tables that break in mid-word."""
    found: list[str] = page.evaluate(BROKEN)
    return found


def filled(pdf: bytes) -> list[float]:
    """How far down each sheet there is ink, as a share of its height."""
    document = pypdfium2.PdfDocument(pdf)
    shares = []
    for sheet in document:
        grey = np.asarray(sheet.render(scale=0.5, grayscale=True).to_pil())
        inked = np.flatnonzero((grey < 200).any(axis=1)) / len(grey)
        below = inked[(inked > HEAD) & (inked < 1 - HEAD / 2)]
        shares.append(float(below.max(initial=0.0)))
    return shares
