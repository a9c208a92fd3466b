"""The layout of the worklists that villages fill in: sheets, columns, answers. Written by `publish`, read by `ingest`.

A sheet says by the heading of a hidden column which landing source its answers are rows of. Hidden columns stand
between the first printed ones, so that sorting takes them along; a row's seal says what was printed beside its key.
"""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from enum import StrEnum

from welfare_pipeline.contracts.code_lists import DISPOSITION
from welfare_pipeline.contracts.vocabulary import Decision, Presence

LANDED_AS = "worklist"  # landing/<period>/<district>/worklist.<village>.xlsx
KEY_HEADING = "KUNCI DAFTAR KERJA"
SEAL_HEADING = "SEGEL DAFTAR KERJA"
ANSWERS: dict[str, str] = {"eligibility_decisions": "outcome", "review_answers": "answer"}
FURTHER_ANSWERS: dict[str, str] = {"eligibility_decisions": "disposition"}  # beside the answer, or without it
DISPOSITIONS: tuple[str, ...] = tuple(DISPOSITION.values)
DECISIONS: tuple[str, ...] = (*Decision, Presence.DIED, Presence.MOVED, Presence.NOT_FOUND, Presence.REFUSED)
PRESENCES: tuple[str, ...] = (Presence.DIED, Presence.MOVED, Presence.NOT_FOUND)
OF_REGISTRY = "registry_"  # a field of the registry person that a row is compared with
PAIR_ANSWERS: tuple[str, ...] = ("SAMA", "BEDA")


class Use(StrEnum):
    """What a column of a worklist is for."""

    READ = "read"
    ANSWER = "answer"
    DATE = "date"
    FREE = "free"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class WorklistColumn:
    """A column: the field it shows, its heading, its width in characters, what it is for.

    `choices`: what may be chosen in it; none: what its sheet says.
    """

    field: str
    heading: str
    width: float
    use: Use = Use.READ
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorklistSheet:
    """A sheet: its name (and that of its query), its title, what to do with it, its columns, and what may be chosen.

    `source`: the landing list that its answers are rows of; empty, if there is nothing to answer.
    """

    name: str
    title: str
    query: str
    source: str
    instruction: str
    choices: tuple[str, ...]
    columns: tuple[WorklistColumn, ...]

    @property
    def laid_out(self) -> tuple[WorklistColumn, ...]:
        """Every column as it stands in the sheet: the hidden ones, key and seal among them, behind the name."""
        if self.is_read_only:
            return self.columns
        shown = [column for column in self.columns if column.use is not Use.HIDDEN]
        hidden = [column for column in self.columns if column.use is Use.HIDDEN]
        key = WorklistColumn("key", self.key_heading, 10, Use.HIDDEN)
        seal = WorklistColumn("seal", SEAL_HEADING, 10, Use.HIDDEN)
        return (*shown[:_FIRST], *hidden, seal, key, *shown[_FIRST:])

    @property
    def is_read_only(self) -> bool:
        """Whether nothing on it is answered, and nothing is read back."""
        return not self.source

    @property
    def side_by_side(self) -> tuple[tuple[int, int], ...]:
        """The places of columns that hold the same field of two rows: a list's, and the registry's."""
        places = {column.field: place for place, column in enumerate(self.laid_out)}
        of_registry = {field: place for field, place in places.items() if field.startswith(OF_REGISTRY)}
        return tuple((places[field.removeprefix(OF_REGISTRY)], place) for field, place in of_registry.items())

    @property
    def sealed(self) -> tuple[str, ...]:
        """The fields whose printed text the seal of a row stands for: all but its number."""
        return tuple(column.field for column in self.columns if column.use is Use.READ and column is not _NUMBER)

    @property
    def key_heading(self) -> str:
        """The heading of the hidden key column, which names the source."""
        return f"{KEY_HEADING} {self.source}"


def source_of(heading: str | None) -> str | None:
    """The source a heading marks a sheet for; `None` for any other heading."""
    words = (heading or "").strip().upper()
    return next((source for source in ANSWERS if words == f"{KEY_HEADING} {source}".upper()), None)


def plain(text: str | None) -> str:
    """What two spellings of a printed text have in common, whatever a spreadsheet program did to it."""
    composed = unicodedata.normalize("NFKC", text or "").strip().removesuffix(".0")
    written = _YEAR_FIRST.sub(r"\3\2\1", composed) if composed[4:5] == "-" else composed
    if written.isascii():
        return written.upper().translate(_NO_SIGNS)
    return "".join(letter for letter in written.upper() if letter.isalnum())


_YEAR_FIRST = re.compile(r"^(\d{4})-(\d\d)-(\d\d)( 00:00:00)?$")
_NO_SIGNS = {number: None for number in range(128) if not chr(number).isalnum()}


def mark_of(text: str | None) -> str:
    """A short mark of a printed text. Against mistakes only: whoever wants to forge one can."""
    return f"{zlib.crc32(plain(text).encode()):08x}"


_FIRST = 2  # the number and the name
_NUMBER = WorklistColumn("number", "No", 4)
_NAME = WorklistColumn("name", "Nama", 13)
_NIK = WorklistColumn("nik", "NIK", 9.5)
_CARD = WorklistColumn("family_card_number", "No KK", 9.5)
_BIRTH = WorklistColumn("birth_date", "Tgl Lahir", 10.7)
_ADDRESS = WorklistColumn("address", "Alamat", 10)
_SOURCES = WorklistColumn("sources", "Sumber", 9)
_ACTION = WorklistColumn("action", "Tindak Lanjut", 15)
_DECISION = (
    WorklistColumn("outcome", "Hasil", 9, Use.ANSWER),
    WorklistColumn("decided_on", "Tanggal", 10.7, Use.DATE),
    WorklistColumn("minutes_number", "No BA", 8, Use.FREE),
)
_DISPOSITION = WorklistColumn("disposition", "Temuan", 9.5, Use.ANSWER, DISPOSITIONS)
_REASON = WorklistColumn("reason", "Kode Alasan", 10, Use.HIDDEN)
_HIDDEN = (
    WorklistColumn("sex", "Jenkel", 4, Use.HIDDEN),
    WorklistColumn("mother_name", "Nama Ibu", 10, Use.HIDDEN),
    WorklistColumn("village_code", "Kode Desa", 12, Use.HIDDEN),
)
_DECIDES = "eligibility_decisions"

RECIPIENTS = WorklistSheet(
    "Penerima",
    "Penerima yang perlu diverifikasi atau dikeluarkan",
    "recipients",
    _DECIDES,
    "Pilih hasil musyawarah per baris, dan pada Temuan apakah alasan pertamanya terbukti; isi tanggal dan nomor berita "
    "acara. Yang belum diputuskan dibiarkan kosong.",
    DECISIONS,
    (
        _NUMBER, _NAME, _NIK, _CARD, _BIRTH, _ADDRESS,
        WorklistColumn("programme", "Program", 8),
        WorklistColumn("standing", "Status", 9),
        WorklistColumn("evidence", "Alasan dan Bukti", 26),
        WorklistColumn("complaints", "Pengaduan", 10),
        _ACTION, _SOURCES, *_DECISION, _DISPOSITION, _REASON, *_HIDDEN,
    ),
)  # fmt: skip
FURTHER_FINDINGS = WorklistSheet(
    "Temuan Lain",
    "Alasan lain dari penerima pada lembar Penerima: apakah terbukti",
    "further_findings",
    _DECIDES,
    "Pilih per alasan: TERBUKTI, TIDAK TERBUKTI, atau BELUM JELAS. Hasil untuk orangnya diisi pada lembar Penerima.",
    DISPOSITIONS,
    (
        _NUMBER, _NAME, _NIK, _CARD,
        WorklistColumn("programme", "Program", 8),
        WorklistColumn("evidence", "Alasan dan Bukti", 50),
        _SOURCES, _DISPOSITION,
        WorklistColumn("decided_on", "Tanggal", 10.7, Use.DATE),
        WorklistColumn("minutes_number", "No BA", 8, Use.FREE),
        _REASON, *_HIDDEN,
    ),
)  # fmt: skip
HOUSEHOLDS = WorklistSheet(
    "Usulan",
    "Rumah tangga miskin yang belum terdata, atau desilnya tidak sesuai, dan perlu diusulkan",
    "households",
    _DECIDES,
    "Nilai rumah tangga dalam musyawarah. LAYAK: usulkan lewat SIKS-NG setelah hambatannya diselesaikan.",
    DECISIONS,
    (
        _NUMBER, _NAME, _NIK, _CARD, _BIRTH, _ADDRESS,
        WorklistColumn("others", "Anggota Lain", 13),
        WorklistColumn("evidence", "Alasan dan Bukti", 26),
        WorklistColumn("blockers", "Hambatan", 13),
        _ACTION, _SOURCES, *_DECISION, *_HIDDEN,
    ),
)  # fmt: skip
IDENTITIES = WorklistSheet(
    "Identitas",
    "Identitas yang perlu diperbaiki dari KTP atau kartu keluarga",
    "identities",
    _DECIDES,
    "Catat NIK yang benar; operator memperbaikinya di SIKS-NG (tidak dibaca kembali). Hasil hanya bila MD, PD, TT.",
    PRESENCES,
    (
        _NUMBER, _NAME, _NIK, _CARD, _BIRTH, _ADDRESS,
        WorklistColumn("evidence", "Masalah", 36),
        _SOURCES,
        WorklistColumn("right_number", "NIK yang Benar", 20, Use.FREE),
        *_DECISION, *_HIDDEN,
    ),
)  # fmt: skip
PAIRS = WorklistSheet(
    "Pasangan",
    "Pasangan data yang perlu dipastikan: orang yang sama atau bukan",
    "pairs",
    "review_answers",
    "SAMA: keduanya satu orang. BEDA: dua orang yang berbeda. Isi tanggal dan jabatan pemutus, bukan namanya.",
    PAIR_ANSWERS,
    (
        _NUMBER,
        WorklistColumn("name", "Nama pada Daftar", 13),
        WorklistColumn("registry_name", "Nama pada Data Terpadu", 13),
        WorklistColumn("nik", "NIK pada Daftar", 9.5),
        WorklistColumn("registry_nik", "NIK pada Data Terpadu", 9.5),
        WorklistColumn("family_card_number", "No KK pada Daftar", 9.5),
        WorklistColumn("registry_family_card_number", "No KK pada Data Terpadu", 9.5),
        WorklistColumn("birth_date", "Tgl Lahir pada Daftar", 10.7),
        WorklistColumn("registry_birth_date", "Tgl Lahir pada Data Terpadu", 10.7),
        _ADDRESS,
        WorklistColumn("evidence", "Perbandingan", 26),
        _SOURCES,
        WorklistColumn("answer", "Jawaban", 9, Use.ANSWER),
        WorklistColumn("decided_on", "Tanggal", 10.7, Use.DATE),
        WorklistColumn("decided_by_role", "Jabatan", 11, Use.FREE),
        WorklistColumn("pair_id", "ID Pasangan", 10, Use.HIDDEN),
    ),
)  # fmt: skip
ELECTRONIC_CARDS = WorklistSheet(
    "Rekam e-KTP",
    "Orang yang perlu direkam e-KTP",
    "electronic_cards",
    _DECIDES,
    "Ajak ke perekaman; Dukcapil melaporkan hasilnya. Hasil hanya diisi bila MD, PD, atau TT.",
    PRESENCES,
    (
        _NUMBER, _NAME, _NIK, _CARD, _BIRTH, _ADDRESS,
        WorklistColumn("evidence", "Keterangan", 40),
        _SOURCES, *_DECISION, *_HIDDEN,
    ),
)  # fmt: skip
RETURNED = WorklistSheet(
    "Dikembalikan",
    "Baris yang tidak diterima DTSEN dan dikembalikan kepada pengirim daftar",
    "returned",
    "",
    "Untuk pengirim daftar: perbaiki NIK atau No KK menurut KTP dan KK, lalu kirim lagi. Tidak diisi di sini.",
    (),
    (
        _NUMBER, _NAME, _NIK, _CARD, _BIRTH, _ADDRESS,
        WorklistColumn("list", "Daftar", 16),
        WorklistColumn("because", "Sebab Dikembalikan", 24),
        WorklistColumn("evidence", "Masalah", 36),
        _ACTION, _SOURCES,
    ),
)  # fmt: skip
DEPARTURES = WorklistSheet(
    "PBI",
    "Peserta PBI JKN yang keluar dari daftar, atau kembali",
    "departures",
    "",
    "Beri tahu keluarganya; yang mendesak didahulukan. Tidak diisi di sini: usulan dikirim lewat SIKS-NG.",
    (),
    (
        _NUMBER, _NAME, _NIK, _CARD, _ADDRESS,
        WorklistColumn("movement", "Perubahan", 18),
        WorklistColumn("urgency", "Urgensi", 22),
        WorklistColumn("evidence", "Sebab dan Desil", 30),
        _ACTION,
    ),
)  # fmt: skip
# What says whom an answer is about: it may not differ from what the seal says.
IDENTIFYING: tuple[str, ...] = (
    "name", "nik", "family_card_number", "programme", "registry_name", "registry_nik", "registry_family_card_number",
)  # fmt: skip
SHEETS: tuple[WorklistSheet, ...] = (
    RECIPIENTS, HOUSEHOLDS, IDENTITIES, RETURNED, PAIRS, ELECTRONIC_CARDS, DEPARTURES, FURTHER_FINDINGS,
)  # fmt: skip
WITHOUT_VILLAGE = "tanpa-desa"
