"""The method page in each language, which every region's report links (floor 5)."""

from __future__ import annotations

from pathlib import Path

from smartlib.data.writing import write_whole
from smartlib.present.document.markup import Markup
from smartlib.run.plan.records import FIRST_LANG, INDEX
from smartlib.run.site.report_page import METHOD, WORDS, environment, style
from smartlib.vocabulary.policy import content_policy
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import LANGUAGES


def method_pages(scheme: Scheme) -> dict[str, bytes]:
    """The method page's files by name, one a language.

    Parameters
    ----------
    scheme : Scheme
        Of the year.
    """
    return {_name(lang): _page(scheme, lang) for lang in LANGUAGES}


def write_method(scheme: Scheme, reports: Path) -> list[Path]:
    """Write the method pages; their paths.

    Raises
    ------
    OSError
        The folder cannot be written to.
    """
    pages = method_pages(scheme)
    for name, content in pages.items():
        write_whole(reports / name, content)
    return [reports / name for name in pages]


def _name(lang: str) -> str:
    return f"{METHOD}.html" if lang == FIRST_LANG else f"{METHOD}.{lang}.html"


def _page(scheme: Scheme, lang: str) -> bytes:
    from smartlib.present.region.method import method  # noqa: PLC0415
    from smartlib.present.words.wording import Words  # noqa: PLC0415

    title, sections = method(Words(lang), scheme)
    other = next(one for one in LANGUAGES if one != lang)
    forms = Markup(lambda to: "")
    html = (
        environment()
        .get_template("method.html.j2")
        .render(
            lang=lang,
            title=title,
            w={**WORDS[lang], "other_lang": other},
            home=INDEX,
            other=_name(other),
            contents=sections,
            sections="\n".join(map(forms.section, sections)),
            policy=content_policy(),
            style=style(),
        )
    )
    return html.encode("utf-8")
