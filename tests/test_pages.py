"""Pages: self-contained, one heading, code folded away, nothing from a network."""

from __future__ import annotations

import base64
import copy
import re
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from nbformat import NotebookNode
from nbformat.v4 import new_output
from notebook_maker import code, notebook, text
from payloads import AS_HTML

from smartlib.run.execute.nodes import only_language
from smartlib.run.site import cleaning, pages
from smartlib.run.site.frame import Page, version
from smartlib.run.site.pages import page_of
from smartlib.vocabulary.errors import BuildError

PIXEL = base64.b64encode(b"a picture").decode()


def picture(alt: str | None, weight: str = PIXEL) -> NotebookNode:
    metadata = {"image/png": {"alt": alt}} if alt else {}
    return new_output("display_data", {"image/png": weight, "text/plain": "p"}, metadata=metadata)


def html(*cells: NotebookNode, **page: object) -> str:
    return page_of(notebook(*cells), Page(**page)).decode("utf-8")  # type: ignore[arg-type]


def body(page: str) -> str:
    """The page without its style."""
    return re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def forget() -> None:
    """As in a process that has made no page yet."""
    for kept in (pages._exporter, cleaning.cleaned, pages._in_colours):
        kept.cache_clear()


def awkward(language: str = "ipython3") -> NotebookNode:
    """A notebook of what a parser writes otherwise than it was written."""
    markdown = (
        '**a** "q" &nbsp;<b>open\n\n<https://example.org/a>\n\n![p](x.png)\n\n| a |\n|--|\n| 1 |'
    )
    outputs = [
        new_output("display_data", {"text/markdown": markdown}),
        new_output("display_data", {"text/html": "<table border=1><tr><td>a<td>b</table><br>"}),
        new_output("display_data", {"image/svg+xml": "<svg><circle r='1'/></svg>"}),
        new_output("display_data", {"application/javascript": "x()"}),
        picture('a "curve" it\'s <up> & down'),
        new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m <b>\n\n"),
        new_output("error", ename="E", evalue="v", traceback=['line <x> "y"']),
    ]
    cells = [code("%%bash\necho '1' & \"2\"\n"), text(markdown), code("f('<')", outputs=outputs)]
    node = notebook(text("# Own 'heading'"), *cells, code(""))
    node.metadata["language_info"] = {"name": "python", "pygments_lexer": language}
    return node


def committed() -> list[NotebookNode]:
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    return [only_language(nbformat.read(path, 4), "en") for path in paths]


def test_what_a_cell_leaves_open_ends_with_it() -> None:
    """Cells stand side by side in `main` and the footer below it, whatever they left open."""
    unclosed = new_output("display_data", {"text/html": "<div><table><tr><td><b>bold"})
    node = awkward()
    node.cells.insert(1, code("open()", outputs=[unclosed]))
    for one in [node, *committed()]:
        page = page_of(one, Page(parameters={"a": 'b "c" <d>'}, home="../x.html")).decode()
        soup = BeautifulSoup(page, features="html.parser")
        shown = list(soup.main.find_all(True, recursive=False))
        kinds = {(cell.name, *cell.get("class", ())) for cell in shown}
        assert kinds <= {("div", "cell"), ("div", "text"), ("input",), ("label",)}
        assert len(shown) > 3
        assert soup.footer.parent.name == "body"


def test_cleaning_twice_changes_nothing() -> None:
    """What has been cleaned reads the same again: no second parser sees other elements in it."""
    for html in (
        *AS_HTML.values(),
        "<b>a<p>b</b>c",
        "<svg><style>*{fill:red}</style><path/></svg>",
    ):
        once = cleaning.cleaned(html).html
        assert cleaning.cleaned(once).html == once


def test_pictures_stand_in_the_page_byte_for_byte() -> None:
    """The names that stand for them on the way are all replaced, each by its own picture."""
    weights = [base64.b64encode(bytes([n]) * 999).decode() for n in range(12)]
    page = html(code("f()", outputs=[picture("x", weight) for weight in weights]))
    assert re.findall(r'src="data:image/png;base64,(.*?)"', page) == weights


def test_code_is_whole_and_only_what_has_a_colour_is_marked() -> None:
    """What is black has no span of its own; the text is the cell's."""
    source = "def f(a):\n    return a < 1  # less"
    page = html(code(source))
    assert '<span class="c1"># less</span>' in page
    assert not re.search(r"<span></span>|<span class=.(n|p|o|w|nf).>", page)
    assert source in BeautifulSoup(page, "html.parser").get_text()


def test_a_page_is_the_same_bytes_twice() -> None:
    """What was kept of the first time gives the same page, and leaves the notebook alone."""
    for node in [awkward(), *committed()]:
        before = copy.deepcopy(node)
        forget()
        first = page_of(node, Page(lang="id"))
        assert page_of(node, Page(lang="id")) == first
        assert node == before


def test_threads_make_the_same_pages() -> None:
    """Four at once, of two languages of code: each gets its own notebook's page."""
    nodes = [awkward(), awkward("r"), *committed()] * 2
    alone = [page_of(node, Page()) for node in nodes]
    assert alone[0] != alone[1]
    forget()
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(page_of, nodes, [Page()] * len(nodes))) == alone


def test_a_page_has_one_heading_and_its_frame() -> None:
    """Title, language, parameters, way back and footer come from the page's record."""
    page = html(
        text("# Own heading\n\nWords."),
        text("# Another\n\n```\n# no heading\n```"),
        title="Laporan: <b>",
        lang="id",
        parameters={"region": "51.03", "list": ["a", "<i>"]},
        home="../index.html",
        years=(2024,),
    )
    assert page.startswith('<!DOCTYPE html>\n\n<html lang="id">') or '<html lang="id">' in page
    assert page.count("<h1") == 1
    assert "<h1>Laporan: &lt;b&gt;</h1>" in page
    assert "Own heading" not in page
    assert "<h2" in page
    assert "# no heading" in page
    assert "<code>list</code> = <code>a, &lt;i&gt;</code>" in page
    assert '<a href="../index.html">← Semua daerah</a>' in page
    assert f"smartlib {version()}" in page
    assert "2024" in page


def test_the_notebooks_own_heading_is_the_title_otherwise() -> None:
    """Without a title the first heading is taken, from a text cell or an output."""
    assert "<h1>Audit of *data*</h1>".replace("*", "") in html(text("# Audit of *data*"))
    said = code("show()", outputs=[new_output("display_data", {"text/markdown": "# Kab. A & B"})])
    page = html(said, lang="en")
    assert "<h1>Kab. A &amp; B</h1>" in page
    assert page.count("Kab. A &amp; B") == 2  # the heading and the window's title


def test_code_is_hidden_and_outputs_are_not() -> None:
    """Code stands where the style sheet hides it until the box is ticked; output does not."""
    cell = code("x = 1", outputs=[new_output("stream", name="stdout", text="<b>one</b>")])
    for lang, word in (("id", "Tampilkan kode"), ("en", "Show the code")):
        page = html(cell, lang=lang)
        hidden = re.search(r'<div class="code">(.*?)</pre></div>', page, re.DOTALL)
        assert hidden
        assert "one" not in hidden[1]
        assert f'<label for="show-code">{word}</label>' in page
        assert ".code { display: none;" in page
        assert "&lt;b&gt;one&lt;/b&gt;" in page


def test_cells_for_the_notebook_only_are_left_out() -> None:
    """The tag `notebook-only` keeps a cell from the page."""
    page = html(
        text("# T"), text("how to run this", "notebook-only"), code("z = 3", "notebook-only")
    )
    assert "how to run this" not in page
    assert 'class="code"' not in body(page)


def test_figures_have_alternative_text() -> None:
    """The alternative text of the output is escaped; a figure without one is named so."""
    page = html(code("f()", outputs=[picture('a "curve" <up>'), picture(None)]), lang="en")
    assert page.count("<figure>") == 2
    assert re.search(r'alt=(\'a "curve" &lt;up&gt;\'|"a &quot;curve&quot; &lt;up&gt;")', page)
    assert 'alt="Figure without description"' in page
    assert page.count("data:image/png;base64,") == 2


def test_addresses_become_text() -> None:
    """Links that would leave the page are words; a citation's address stays readable."""
    page = html(text("See [the letter](https://example.org/a) and https://example.org/b ."))
    assert "the letter (https://example.org/a)" in page
    assert "https://example.org/b" in page
    assert "href" not in body(page)


@pytest.mark.parametrize(
    "content",
    [
        '<img alt="" src="https://example.org/x.png">',
        '<div style="background: url(//example.org/x.png)">',
        "<img alt='' src='//example.org/x.png'>",
    ],
)
def test_a_page_that_would_load_something_is_refused(content: str) -> None:
    """A picture from a network stops the report: without it the page would lack something."""
    cell = code("f()", outputs=[new_output("display_data", {"text/html": content})])
    with pytest.raises(BuildError, match="from a network"):
        html(cell)


def test_a_heavy_page_is_refused() -> None:
    """More than 200,000 bytes is an error; the frame itself weighs little."""
    with pytest.raises(BuildError, match="at most 200,000"):
        html(code("f()", outputs=[picture("x", "A" * 200_000)]))
    assert len(html(text("# T"))) < 12_000
