"""The spellings of coded values that landing files use. Compared as upper-case letters and digits only."""

from welfare_pipeline.contracts.column import CodeList

PRESENCE = CodeList(
    "presence",
    {
        "AKTIF": ("ACTIVE", "HIDUP", "ADA", "TETAP", "1", "TINGGAL BERSAMA", "DITEMUKAN", "PADAN", "LAYAK"),
        "MD": ("MENINGGAL", "MENINGGAL DUNIA", "MATI", "WAFAT", "2"),
        "PD": ("PINDAH", "PINDAH DOMISILI", "PINDAH DALAM NEGERI", "PINDAH LUAR NEGERI", "PINDAH KELUAR", "3", "4"),
        "TT": ("TIDAK DITEMUKAN", "TDK DITEMUKAN", "TIDAK PADAN", "TDK PADAN", "HILANG", "6"),
        "MM": ("MENOLAK",),
        "DD": ("DATANG", "PENDATANG", "ANGGOTA BARU", "5"),
    },
)

DECISION = CodeList(
    "decision",
    {
        "LAYAK": ("ELIGIBLE", "MISKIN", "DITERIMA", "DISETUJUI", "SETUJU", "YA", "Y"),
        "TIDAK LAYAK": ("TDK LAYAK", "TL", "NON LAYAK", "TIDAKLAYAK", "DITOLAK", "TOLAK", "TIDAK DISETUJUI"),
        "SUDAH MAMPU": ("MAMPU", "SM", "GRADUASI", "MAMPU SECARA EKONOMI"),
        "MD": ("MENINGGAL", "MENINGGAL DUNIA", "WAFAT"),
        "PD": ("PINDAH", "PINDAH DOMISILI"),
        "TT": ("TIDAK DITEMUKAN", "TDK DITEMUKAN"),
        "MM": ("MENOLAK", "MENGUNDURKAN DIRI"),
    },
)

PROPOSAL_OUTCOME = CodeList(
    "proposal_outcome",
    {
        "LAYAK": ("DITERIMA", "DISETUJUI", "SETUJU", "DISAHKAN"),
        "TIDAK LAYAK": ("DITOLAK", "TOLAK", "TDK LAYAK", "TIDAK DISETUJUI", "SUDAH MAMPU", "MAMPU"),
        "DIUSULKAN": ("USUL", "USULAN", "PROSES", "MENUNGGU", "BARU", "DIAJUKAN", "PENDING"),
    },
)

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

MEASURE = CodeList(
    "measure",
    {
        "population": ("PENDUDUK", "JUMLAH PENDUDUK"),
        "registry_persons": ("DTKS", "DTSEN", "REGISTRY", "JIWA DTKS", "PENDUDUK DTKS"),
        # and the programmes of the policy: `sources.landing_sources`
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
        "SUKSES SALUR": ("SUKSES", "BERHASIL", "SUKSES SALUR", "SALUR", "TERSALUR", "BERHASIL SALUR"),
        "SALDO KOSONG": ("SALDO NOL", "SALDO 0", "KOSONG"),
        "KKS RUSAK/HILANG": ("KKS RUSAK", "KKS HILANG", "KARTU RUSAK", "KARTU HILANG"),
        "KPM MENINGGAL": ("MENINGGAL", "MENINGGAL DUNIA"),
        "PINDAH/TIDAK DITEMUKAN": ("PINDAH", "TIDAK DITEMUKAN"),
        "GAGAL SALUR": ("GAGAL", "RETUR", "BATAL"),
    },
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

ANSWER = CodeList(
    "answer",
    {
        "SAME": ("SAMA", "ORANG SAMA", "ORANG YANG SAMA", "SATU ORANG", "COCOK", "YA", "Y"),
        "DIFFERENT": ("BEDA", "BERBEDA", "ORANG LAIN", "BUKAN", "TIDAK SAMA", "TIDAK", "T"),
    },
)
