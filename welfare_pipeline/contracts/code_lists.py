"""The spellings of coded values that landing files use. Compared as upper-case letters and digits only.

How a text is held against them stands in `ingest/codes.py`; what is in no list stays unread, and is counted.
"""

from welfare_pipeline.contracts.column import CodeList
from welfare_pipeline.contracts.vocabulary import Decision, Presence

# Ways of writing single words, in every list.
ABBREVIATIONS: dict[str, str] = {
    **dict.fromkeys(("TDK", "TIDK", "TAK", "TIDAKK", "NON", "NOT"), "TIDAK"),
    **dict.fromkeys(("BLM", "BLUM"), "BELUM"),
    **dict.fromkeys(("SDH", "UDAH"), "SUDAH"),
    **dict.fromkeys(("TLH",), "TELAH"),
    **dict.fromkeys(("KRN", "KRNA"), "KARENA"),
    **dict.fromkeys(("AKTIV", "ACTIVE"), "AKTIF"),
}

_DEAD = (
    "MENINGGAL", "MENINGGAL DUNIA", "MENINGAL", "MENINGAL DUNIA", "MD", "MATI", "WAFAT", "TUTUP USIA", "ALM", "ALMH",
    "ALMARHUM", "ALMARHUMAH", "DECEASED",
)  # fmt: skip
_MOVED = (
    "PINDAH", "PD", "PINDAH DOMISILI", "PINDAH DALAM NEGERI", "PINDAH LUAR NEGERI", "PINDAH KE LUAR NEGERI",
    "PINDAH KELUAR", "PINDAH KE LUAR", "PINDAH TEMPAT TINGGAL", "PINDAH LUAR DAERAH", "PINDAH KE LUAR DAERAH",
    "PINDAH LUAR KOTA", "PINDAH KE LUAR KOTA", "PINDAH LUAR KABUPATEN", "PINDAH KE LUAR KABUPATEN", "MOVED",
)  # fmt: skip
_NOT_FOUND = (
    "TIDAK DITEMUKAN", "TT", "TIDAK KETEMU", "TIDAK DIKETAHUI KEBERADAANNYA", "KEBERADAAN TIDAK DIKETAHUI",
    "TIDAK DITEMUKAN DI ALAMAT", "TIDAK DITEMUKAN DI LOKASI", "TIDAK DITEMUKAN ALAMATNYA", "HILANG",
    "NOT FOUND",
)  # fmt: skip
_INACTIVE = ("TIDAK AKTIF", "NONAKTIF", "NONACTIVE", "INAKTIF", "INACTIVE", "DINONAKTIFKAN", "TIDAKAKTIF", "TDKAKTIF")
_FAILED = ("GAGAL", "GAGAL SALUR")


def _because(facts: tuple[str, ...], causes: tuple[str, ...]) -> tuple[str, ...]:
    """The causes, and what is the case with its cause beside it: TIDAK AKTIF (MENINGGAL)."""
    joined = [both for fact in facts for cause in causes for both in (f"{fact} {cause}", f"{cause} {fact}")]
    return (*causes, *joined)


PRESENCE = CodeList(
    "presence",
    {
        Presence.ACTIVE: ("HIDUP", "ADA", "TETAP", "MENETAP", "1", "TINGGAL BERSAMA", "TINGGAL BERSAMA KELUARGA",
                          "DITEMUKAN", "PADAN", "NIK AKTIF", "NIK PADAN", "DATA DITEMUKAN", "LAYAK"),
        Presence.DIED: (*_because(_INACTIVE, _DEAD), "2"),
        Presence.MOVED: (*_because(_INACTIVE, _MOVED), "3", "4"),
        Presence.NOT_FOUND: (*_because(_INACTIVE, _NOT_FOUND), *_INACTIVE, "NIK TIDAK AKTIF", "TIDAK PADAN",
                             "NIK TIDAK PADAN", "NIK TIDAK DITEMUKAN", "DATA TIDAK DITEMUKAN", "6"),
        Presence.REFUSED: ("MENOLAK",),
        Presence.ARRIVED: ("DATANG", "PENDATANG", "PINDAH DATANG", "PINDAH MASUK", "ANGGOTA BARU", "5"),
    },
    fillers=("SUDAH", "TELAH", "MASIH", "DUNIA", "LAGI", "YBS", "STATUS", "KARENA", "ANGGOTA", "PENDUDUK"),
)  # fmt: skip

DECISION = CodeList(
    "decision",
    {
        Decision.ELIGIBLE: ("ELIGIBLE", "MISKIN", "DITERIMA", "DISETUJUI", "SETUJU", "YA", "Y"),
        Decision.INELIGIBLE: (
            "TL",
            "TIDAKLAYAK",
            "DITOLAK",
            "TOLAK",
            "TIDAK DISETUJUI",
            "TIDAK DITERIMA",
            "NOT ELIGIBLE",
        ),
        Decision.WELL_OFF: ("MAMPU", "SM", "GRADUASI", "MAMPU SECARA EKONOMI"),
        Presence.DIED: _DEAD,
        Presence.MOVED: _MOVED,
        Presence.NOT_FOUND: _NOT_FOUND,
        Presence.REFUSED: ("MENOLAK", "MENGUNDURKAN DIRI"),
        Presence.ARRIVED: ("DATANG", "PENDATANG", "PINDAH DATANG", "PINDAH MASUK"),
    },
    fillers=("SUDAH", "TELAH", "DUNIA"),
)

PROPOSAL_OUTCOME = CodeList(
    "proposal_outcome",
    {
        Decision.ELIGIBLE: ("DITERIMA", "DISETUJUI", "SETUJU", "DISAHKAN"),
        Decision.INELIGIBLE: (
            "DITOLAK", "TOLAK", "TL", "TIDAKLAYAK", "TIDAK DISETUJUI", "TIDAK DITERIMA", "TIDAK DISAHKAN",
            "TIDAK MEMENUHI SYARAT", "TIDAK MEMENUHI KRITERIA", "SUDAH MAMPU", "MAMPU", "REJECTED",
            *(f"DITOLAK {by}" for by in ("DESA", "KELURAHAN", "MUSDES", "MUSKEL", "DINSOS", "DINAS SOSIAL", "PUSAT")),
        ),
        "DIUSULKAN": ("USUL", "USULAN", "PROSES", "MENUNGGU", "BARU", "DIAJUKAN", "PENDING"),
        "DITARIK": ("DITARIK KEMBALI", "TARIK", "DIBATALKAN", "BATAL", "DICABUT", "CABUT", "WITHDRAWN"),
    },
    fillers=("USULAN", "SUDAH", "TELAH", "OLEH", "STATUS"),
)  # fmt: skip

SEX = CodeList(
    "sex",
    {
        "L": ("1", "LK", "LAKI", "LAKI LAKI", "LAKILAKI", "PRIA", "M", "MALE"),
        "P": ("2", "PR", "PEREMPUAN", "WANITA", "F", "FEMALE", "W"),
    },
)

RELATIONSHIP = CodeList(
    "relationship",
    {
        "1": ("01", "KEPALA KELUARGA", "KK", "KRT", "KEPALA RUMAH TANGGA"),
        "2": ("02", "SUAMI"),
        "3": ("03", "ISTRI", "ISTERI"),
        "4": ("04", "ANAK", "ANAK KANDUNG", "ANAK ANGKAT", "ANAK TIRI"),
        "5": ("05", "MENANTU"),
        "6": ("06", "CUCU"),
        "7": ("07", "ORANG TUA", "ORANGTUA", "AYAH", "IBU"),
        "8": ("08", "MERTUA"),
        "9": ("09", "FAMILI LAIN", "FAMILI", "KELUARGA LAIN"),
        "10": ("PEMBANTU", "PEMBANTU RUMAH TANGGA", "ART"),
        "11": ("LAINNYA", "LAIN LAIN"),
    },
)

PROGRAMME = CodeList("programme", {})  # those of the policy: `sources.landing_sources`

# What people write where the programme may be left blank, and mean the same.
ALL_PROGRAMMES = CodeList(
    "all_programmes",
    {"ALL": ("SEMUA", "SELURUHNYA", "ALL PROGRAMMES", "SEMUA PROGRAM", "SELURUH PROGRAM", "SEMUA BANTUAN")},
    fillers=("BANSOS", "SOSIAL"),
)

MEASURE = CodeList(
    "measure",
    {
        "population": ("PENDUDUK", "JUMLAH PENDUDUK"),
        "registry_persons": ("DTKS", "DTSEN", "REGISTRY", "JIWA DTKS", "PENDUDUK DTKS"),
        "susenas_poverty_rate": (
            "SUSENAS",
            "ANGKA KEMISKINAN",
            "TINGKAT KEMISKINAN",
            "PERSENTASE PENDUDUK MISKIN",
            "PERSENTASE KEMISKINAN",
            "PENDUDUK MISKIN",
            "KEMISKINAN",
            "P0",
        ),
        # and the programmes of the policy: `sources.landing_sources`
    },
)

ILLNESS = CodeList(
    "illness",
    {
        "KRONIS": ("PENYAKIT KRONIS", "SAKIT KRONIS", "KRONIK", "CHRONIC", "MENAHUN"),
        "KATASTROPIK": ("PENYAKIT KATASTROPIK", "KATASTROFIK", "PENYAKIT KATASTROFIK", "KATASTROPIS", "CATASTROPHIC"),
        "DARURAT": ("GAWAT DARURAT", "DARURAT MEDIS", "KEADAAN DARURAT", "KEDARURATAN", "EMERGENCY", "IGD", "UGD"),
    },
)

DISABILITY = CodeList(
    "disability",
    {
        "PDFSK": ("FISIK", "DAKSA", "DISABILITAS FISIK"),
        "PDINT": ("INTELEKTUAL", "GRAHITA", "DISABILITAS INTELEKTUAL"),
        "PDMTL": ("MENTAL", "DISABILITAS MENTAL"),
        "PDSNS": ("SENSORIK", "NETRA", "RUNGU", "WICARA", "DISABILITAS SENSORIK"),
        "NONE": ("TIDAK", "TIDAK ADA", "0", "BUKAN DISABILITAS"),
    },
)

YES_NO = CodeList(
    "yes_no",
    {
        "1": ("Y", "YA", "YES", "SUDAH", "TRUE", "ADA", "BENAR", "HAMIL", "SUDAH REKAM", "SUDAH PEREKAMAN"),
        "0": ("T", "TIDAK", "NO", "N", "BELUM", "FALSE", "TDK", "TIDAK ADA", "TIDAK HAMIL", "BELUM REKAM"),
    },
)

PAYMENT_STATUS = CodeList(
    "payment_status",
    {
        "SUKSES SALUR": ("SUKSES", "BERHASIL", "SALUR", "TERSALUR", "BERHASIL SALUR"),
        "SALDO KOSONG": ("SALDO NOL", "SALDO 0", "KOSONG"),
        "KKS RUSAK/HILANG": ("KKS RUSAK", "KKS HILANG", "KARTU RUSAK", "KARTU HILANG", "KARTU RUSAK/HILANG"),
        "KPM MENINGGAL": _because(_FAILED, _DEAD),
        "PINDAH/TIDAK DITEMUKAN": _because(
            _FAILED,
            (
                *_MOVED,
                *_NOT_FOUND[:-2],  # HILANG is said of a card
                *(f"{moved} TIDAK DITEMUKAN" for moved in _MOVED),
                *(f"TIDAK DITEMUKAN {moved}" for moved in _MOVED),
                "PD TT",
            ),
        ),
        "GAGAL SALUR": ("GAGAL", "RETUR", "BATAL"),
    },
    fillers=("KPM", "PENERIMA", "PENGURUS", "SUDAH", "TELAH", "DUNIA", "ATAU", "DAN", "KARENA", "ALAMAT"),
)

RECEIPT_CONFIRMATION = CodeList(
    "receipt_confirmation",
    {
        "KPM": ("LANGSUNG", "KPM LANGSUNG", "YA", "Y", "1", "SUDAH", "TATAP MUKA"),
        "KETUA KELOMPOK": ("KETUA", "KELOMPOK", "MELALUI KETUA KELOMPOK"),
        "PERANGKAT DESA": ("KEPALA DESA", "DESA", "APARAT DESA"),
        "BELUM": ("TIDAK", "T", "0", "BELUM DIKONFIRMASI"),
    },
)

CARD_HOLDER = CodeList(
    "card_holder",
    {
        "KPM": ("KELUARGA", "SENDIRI", "PENERIMA"),
        "KETUA KELOMPOK": ("KETUA",),
        "PERANGKAT DESA": ("APARAT DESA", "KEPALA DESA", "DESA"),
        "E-WARONG": ("EWARONG", "AGEN", "WARUNG"),
        "PENDAMPING": ("PENDAMPING PKH", "TKSK"),
        "LAINNYA": ("LAIN LAIN", "LAIN"),
    },
)

COMPLAINT_KIND = CodeList(
    "complaint_kind",
    {
        "EXCLUDED": ("MISKIN TIDAK DAPAT", "TIDAK DAPAT", "LAYAK TIDAK DAPAT", "EXCLUSION"),
        "INCLUDED": ("TIDAK LAYAK DAPAT", "MAMPU DAPAT", "INCLUSION"),
        "PRICE": ("HARGA", "HARGA MAHAL"),
        "OTHER": ("LAINNYA", "LAIN LAIN", "LAIN"),
    },
)

DISPOSITION = CodeList(
    "disposition",
    {
        "TERBUKTI": ("BENAR", "SESUAI", "CONFIRMED"),
        "TIDAK TERBUKTI": ("TDK TERBUKTI", "TIDAK BENAR", "TIDAK SESUAI", "SALAH", "NOT CONFIRMED"),
        "BELUM JELAS": ("TIDAK JELAS", "BELUM PASTI", "RAGU", "UNSETTLED"),
    },
)

OBJECTION_OUTCOME = CodeList(
    "objection_outcome",
    {
        "DITERIMA": ("TERIMA", "DIKABULKAN", "DISETUJUI", "ACCEPTED"),
        "DITOLAK": ("TOLAK", "TIDAK DITERIMA", "TIDAK DIKABULKAN", "REFUSED"),
    },
)

AUDIT_FINDING = CodeList(
    "audit_finding",
    {
        "LAYAK": ("ELIGIBLE", "BERHAK", "MISKIN"),
        "TIDAK LAYAK": ("TDK LAYAK", "TIDAK BERHAK", "MAMPU", "SUDAH MAMPU", "NOT ELIGIBLE"),
        "TIDAK DITEMUKAN": ("TT", "TDK DITEMUKAN", "TIDAK KETEMU", "NOT FOUND"),
        "MENOLAK": ("MM", "MENOLAK DIKUNJUNGI", "TOLAK", "REFUSED"),
    },
)

# Words for reasons beside their codes, as people write them.
REASON_SPELLINGS: dict[str, tuple[str, ...]] = {
    "DECEASED": ("MENINGGAL", "MENINGGAL DUNIA", "MD"),
    "MOVED_AWAY": ("PINDAH", "PD"),
    "NOT_FOUND": ("TIDAK DITEMUKAN", "TT"),
    "JUDGED_INELIGIBLE": ("TIDAK LAYAK", "SUDAH MAMPU"),
    "DUPLICATE_PERSON": ("GANDA", "DATA GANDA", "ORANG GANDA"),
    "DUPLICATE_FAMILY": ("KELUARGA GANDA", "KK GANDA"),
    "NOT_IN_REGISTRY": ("TIDAK TERDATA", "TIDAK TERDAFTAR", "DI LUAR DTKS", "NON DTKS"),
    "DECILE_ABOVE_LIMIT": ("DESIL", "DESIL DI ATAS BATAS"),
    "PUBLIC_EMPLOYEE": ("ASN", "PNS", "PEGAWAI NEGERI"),
}

ANSWER = CodeList(
    "answer",
    {
        "SAME": ("SAMA", "ORANG SAMA", "ORANG YANG SAMA", "SATU ORANG", "COCOK", "YA", "Y"),
        "DIFFERENT": ("BEDA", "BERBEDA", "ORANG LAIN", "BUKAN", "TIDAK SAMA", "TIDAK", "T"),
    },
)

# What stands in the unit (upper case) of a published figure that counts families; KPM is keluarga penerima manfaat.
FAMILY_UNIT = r"\b(KPM|KELUARGA|KK|RUMAH TANGGA|RUTA|FAMIL(Y|IES)|HOUSEHOLDS?)\b"

# What the lists of public employees call them; another word there is not shown outside, as it may be anything.
EMPLOYEE_CATEGORIES = (
    "ASN", "PNS", "CPNS", "PPPK", "P3K", "HONORER", "TNI", "TNI AD", "TNI AL", "TNI AU", "POLRI", "PENSIUNAN",
    "PENSIUNAN ASN", "PENSIUNAN PNS", "PENSIUNAN TNI", "PENSIUNAN POLRI", "PENSIUNAN BUMN", "BUMN", "BUMD",
    "PEGAWAI BUMN", "PEGAWAI BUMD", "KEPALA DESA", "PERANGKAT DESA", "APARAT DESA", "BPD", "DPR", "DPRD", "SDM PKH",
    "PENDAMPING PKH", "PENDAMPING DESA", "TKSK", "GURU", "DOSEN", "HAKIM", "LAINNYA",
)  # fmt: skip

# The lists of `sources.py`, for which there have to be words.
LISTS = (
    "population",
    "registry",
    "civil_status",
    "village_meetings",
    "eligibility_decisions",
    "proposals",
    "control_totals",
    "public_employees",
    "formal_workers",
    "company_officers",
    "disbursements",
    "outlet_prices",
    "facilitator_reports",
    "complaints",
    "review_answers",
    "reactivation_requests",
    "objections",
    "audit_answers",
)
