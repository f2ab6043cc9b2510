"""What stands around a notebook on its page (floor 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from smartlib.run.plan.values import Value

TEMPLATES = Path(__file__).parent / "templates"
WORDS = {
    "en": {
        "show": "Show the code",
        "parameters": "Parameters",
        "back": "All regions",
        "ways": "Other reports",
        "other": "Bahasa Indonesia",
        "left_out": "Left out here, as pages run and load nothing: {names}. The notebook beside "
        "this page has it.",
        "figure": "Figure without description",
        "made": "Made by smartlib {version} from the evaluation data of {years}.",
        "licence": "Code: MIT. Figures are cited as facts from the letters and publications named "
        "under sources; the publishers state no licence for most of them.",
    },
    "id": {
        "show": "Tampilkan kode",
        "parameters": "Parameter",
        "back": "Semua daerah",
        "ways": "Laporan lain",
        "other": "English",
        "left_out": "Tidak dimuat di sini, karena halaman tidak menjalankan atau mengambil apa "
        "pun: {names}. Lihat notebook di samping halaman ini.",
        "figure": "Gambar tanpa keterangan",
        "made": "Dibuat oleh smartlib {version} dari data evaluasi {years}.",
        "licence": "Kode: MIT. Angka dikutip sebagai fakta dari surat dan publikasi yang disebut "
        "pada sumber; sebagian besar penerbit tidak menyatakan lisensi.",
    },
}


@dataclass(frozen=True)
class Page:
    """What a page says around its notebook.

    Attributes
    ----------
    title : str
        The one heading of first rank; nothing takes the notebook's own.
    lang : str
        Language of the page, `id` or `en`.
    parameters : mapping of str to Value
        Shown at the head.
    home : str
        Relative address of the index page; nothing leaves the link out.
    years : tuple of int
        Years of the data, for the footer.
    formats : tuple of str
        Other forms that stand beside the page: `pdf`, `xlsx`.
    name : str
        What the index calls a national report; nothing for a region's.
    """

    title: str = ""
    lang: str = "en"
    parameters: Mapping[str, Value] = field(default_factory=dict)
    home: str = ""
    years: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()
    name: str = ""

    @property
    def other_lang(self) -> str:
        """The language that the page is not in."""
        return next(lang for lang in WORDS if lang != self.lang)

    @property
    def other(self) -> str:
        """Address of the same in the other language, by way of the index, which knows of it."""
        spoken = self.home and self.name and "lang" in self.parameters
        return f"{self.home}#{self.name}.{self.other_lang}" if spoken else ""

    @property
    def words(self) -> dict[str, str]:
        """Fixed wording in the page's language."""
        return WORDS[self.lang]

    @property
    def made(self) -> str:
        """Footer: version and years."""
        years = ", ".join(map(str, self.years)) or "-"
        return self.words["made"].format(version=version(), years=years)

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Parameters as text."""
        return [(name, _shown(value)) for name, value in self.parameters.items()]


def version() -> str:
    """Installed version of smartlib."""
    return metadata.version("smartlib")


def _shown(value: Value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
