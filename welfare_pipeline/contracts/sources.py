"""Every landing source: its columns, their header aliases, and what is lost when it does not arrive.

A new source is one entry of `FIXED`; a new spelling of a header is one alias here. A source with a NIK names people:
its rows are in `person_rows` and are linked without a line elsewhere. A programme's list is no entry: the policy
declares the programme, and every programme's list has the columns `RECIPIENT`.
Origin of the aliases: exports of SIKS-NG, OpenSID, Dukcapil and BPS forms (contract section 2).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from welfare_pipeline.contracts import code_lists
from welfare_pipeline.contracts.column import CodeList, Kind, Source, SourceColumn
from welfare_pipeline.contracts.words import REASONS

NIK = SourceColumn(
    "nik", Kind.NIK, "National identity number as landed, cleaned of separators",
    ("no_nik", "nik_siks", "nomor_nik", "nomor_induk_kependudukan", "no_ktp"), identity=True,
)
FAMILY_CARD = SourceColumn(
    "family_card_number", Kind.CARD, "Family card number as landed, cleaned of separators",
    ("nokk", "no_kk", "nkk", "kkno", "kk", "nomor_kk", "no_kartu_keluarga", "nomor_kartu_keluarga"), identity=True,
    spans_rows=True,
)
NAME = SourceColumn(
    "name", Kind.NAME, "Name as landed",
    ("nama", "nama_lgkp", "nama_art", "nama_lengkap"), identity=True,
)
VILLAGE_CODE = SourceColumn(
    "village_code", Kind.VILLAGE_CODE, "10-digit Kemendagri village code, resolved against the population list",
    ("kode_desa", "kddesa", "kode_wilayah", "kode_kelurahan", "kode_desa_kelurahan"), spans_rows=True,
)
PROGRAMME = SourceColumn(
    "programme", Kind.CODE, "Programme the row is about; empty or SEMUA: all",
    ("program", "program_bansos", "jenis_bansos", "nama_program"), codes=code_lists.PROGRAMME, blank_means_all=True,
)
REASON = CodeList("reason", {code: code_lists.REASON_SPELLINGS.get(code, ()) for code in REASONS})
MINUTES = SourceColumn(
    "minutes_number", Kind.TEXT, "Number of the signed minutes (berita acara)", ("no_ba", "nomor_ba"),
)

PERSON: tuple[SourceColumn, ...] = (
    SourceColumn(
        "registry_id", Kind.TEXT, "Identifier in the social registry (DTKS / DTSEN)",
        ("id_dtks", "iddtks", "idbdt", "id_dtsen"), identity=True,
    ),
    FAMILY_CARD,
    replace(NIK, any_of=True),
    replace(NAME, required=True),
    SourceColumn(
        "birth_date", Kind.DATE, "Date of birth",
        ("tgl_lahir", "tgllhr", "tanggal_lahir", "tanggallahir", "tgl_lhr"), identity=True,
    ),
    SourceColumn(
        "birth_place", Kind.NAME, "Place of birth",
        ("tmp_lahir", "tmplhr", "tempat_lahir", "tempatlahir", "tmpt_lahir", "tpt_lahir"), identity=True,
    ),
    SourceColumn(
        "sex", Kind.CODE, "L man, P woman",
        ("jenkel", "jenkel_id", "jenis_kelamin", "jk", "lp", "kelamin", "jns_kelamin"), codes=code_lists.SEX,
    ),
    SourceColumn(
        "mother_name", Kind.NAME, "Mother's name",
        ("ibu_kandung", "nama_ibu", "nmibu", "nama_ibu_kandung"), identity=True,
    ),
    SourceColumn(
        "relationship", Kind.CODE, "Relationship to the head of the family (SHDK 1..11)",
        ("shdk", "shdk_id", "hubungan_keluarga", "kk_level", "status_hubungan_keluarga", "hub_keluarga", "hub_kel"),
        codes=code_lists.RELATIONSHIP,
    ),
    VILLAGE_CODE,
    SourceColumn(
        "village_name", Kind.NAME, "Village (desa / kelurahan) as landed",
        (
            "desa", "kelurahan", "village", "nmdesa", "nama_desa", "nama_kelurahan", "desa_kelurahan",
            "nama_desa_kelurahan",
        ),
        spans_rows=True,
    ),
    SourceColumn(
        "subdistrict_name", Kind.NAME, "Sub-district (kecamatan) as landed",
        ("kecamatan", "district", "nmkec", "nama_kec", "nama_kecamatan"), spans_rows=True,
    ),
    SourceColumn("address", Kind.TEXT, "Street address", ("alamat", "alamat_lengkap"), identity=True, spans_rows=True),
    SourceColumn("rt", Kind.TEXT, "Neighbourhood unit (RT)", identity=True, spans_rows=True),
    SourceColumn("rw", Kind.TEXT, "Group of neighbourhood units (RW)", identity=True, spans_rows=True),
    SourceColumn(
        "status", Kind.CODE, "Presence: AKTIF, MD died, PD moved, TT not found, MM refused, DD arrived",
        ("keberadaan", "status_individu", "status_dasar"), codes=code_lists.PRESENCE,
    ),
    SourceColumn("status_date", Kind.DATE, "When the status came about", ("tgl_kejadian", "tanggal_kejadian")),
    SourceColumn(
        "decile", Kind.DECILE, "National welfare decile, 1 poorest to 10; empty: unknown, a range, or not ranked",
        ("desil", "desil_nasional"), bounds=(1, 10),
    ),
    SourceColumn(
        "disability", Kind.CODE, "Kind of disability",
        ("kode_jenis_disabilitas", "disabilitas", "cacat_id"), codes=code_lists.DISABILITY,
    ),
    SourceColumn("pregnant", Kind.YES_NO, "Pregnant", ("status_hamil", "hamil")),
    SourceColumn("school_level", Kind.TEXT, "School attended", ("jenjang", "jenjang_sekolah")),
    SourceColumn("occupation", Kind.TEXT, "Occupation", ("pekerjaan", "jenis_pekerjaan")),
)


_Spellings = dict[str, tuple[str, ...]]


def _with_aliases(
    columns: tuple[SourceColumn, ...], more: _Spellings, stand_ins: _Spellings
) -> tuple[SourceColumn, ...]:
    return tuple(
        replace(column, aliases=column.aliases + more.get(column.name, ()), stand_ins=stand_ins.get(column.name, ()))
        for column in columns
    )


RECIPIENT: tuple[SourceColumn, ...] = (
    *_with_aliases(
        PERSON,
        {
            "name": ("nama_pengurus", "nama_kpm", "nama_penerima", "nama_peserta"),
            "nik": ("nik_kpm", "nik_pengurus", "nik_penerima", "nik_peserta"),
        },
        {"name": ("peserta",), "nik": ("peserta",)},
    ),
    SourceColumn(
        "member_id", Kind.TEXT, "Card, member or account number in the programme",
        ("noka", "noka_jkn", "ps_noka", "no_kks", "nomor_kks", "no_peserta", "no_kartu_peserta"), identity=True,
    ),
    SourceColumn(
        "stage", Kind.STAGE, "Payment stage: its number, else what landed in capitals", ("tahap", "tahap_salur"),
    ),
    SourceColumn("amount", Kind.MONEY, "Amount in rupiah", ("nominal", "nominal_cair"), bounds=(0, 10**12)),
    SourceColumn("paid_on", Kind.DATE, "When it was paid", ("tgl_salur", "tanggal_salur")),
    SourceColumn("component", Kind.TEXT, "PKH component", ("komponen",)),
    SourceColumn("segment", Kind.TEXT, "PBI segment", ("segmen",)),
)

_PEOPLE = (0, 10**9)
TOTALS = ("jumlah", "jml", "total", "l_p", "lk_pr", "laki_laki_perempuan", "jiwa", "orang")  # below another heading

# The numbers of sources, from which those of their rows follow. Given once and kept: months in the lake use them.
FIRST_PROGRAMME = 3
ROOM_FOR_PROGRAMMES = 1_000_000_000
_AFTER_PROGRAMMES = FIRST_PROGRAMME + ROOM_FOR_PROGRAMMES

POPULATION = Source(
    "population",
    "village",
    (
        SourceColumn(
            "village_code", Kind.VILLAGE_CODE, "10-digit Kemendagri village code",
            ("kode", "kode_desa", "kode_wilayah", "kddesa", "kode_kelurahan", "kode_desa_kelurahan"), required=True,
        ),
        SourceColumn(
            "village_name", Kind.NAME, "Village (desa / kelurahan)",
            ("nama", "desa", "kelurahan", "nama_desa", "nmdesa", "desa_kelurahan", "nama_desa_kelurahan"),
        ),
        SourceColumn(
            "subdistrict_name", Kind.NAME, "Sub-district",
            ("kecamatan", "nama_kec", "nmkec", "nama_kecamatan"), spans_rows=True,
        ),
        SourceColumn(
            "male", Kind.INTEGER, "Men",
            (
                "pria", "laki_laki", "laki", "lk", "l", "jumlah_laki_laki", "jml_lk", "penduduk_laki_laki",
                "jumlah_penduduk_laki_laki", "jumlah_penduduk_lk",
            ),
            bounds=_PEOPLE,
        ),
        SourceColumn(
            "female", Kind.INTEGER, "Women",
            (
                "wanita", "perempuan", "pr", "p", "jumlah_perempuan", "jml_pr", "penduduk_perempuan",
                "jumlah_penduduk_perempuan", "jumlah_penduduk_pr",
            ),
            bounds=_PEOPLE,
        ),
        SourceColumn(
            "total", Kind.INTEGER, "Population",
            (
                "jumlah", "jumlah_penduduk", "jml_penduduk", "jml", "penduduk", "total_penduduk", "jiwa", "jumlah_jiwa",
                "l_p", "lk_pr", "laki_laki_perempuan",
            ),
            required=True, bounds=_PEOPLE, parts=("male", "female"),
        ),
        SourceColumn(
            "families", Kind.INTEGER, "Family cards",
            (
                "kk", "jumlah_kk", "jml_kk", "kepala_keluarga", "jumlah_kepala_keluarga", "kartu_keluarga",
                "jumlah_kartu_keluarga", "keluarga", "jumlah_keluarga",
            ),
            bounds=_PEOPLE,
        ),
        SourceColumn("ktp_eligible", Kind.INTEGER, "People who must hold an e-KTP", ("wajib_ktp",), bounds=_PEOPLE),
        SourceColumn(
            "ktp_recorded", Kind.INTEGER, "People recorded for an e-KTP", ("sudah_rekam", "rekam_ktp"), bounds=_PEOPLE,
        ),
        SourceColumn("as_of", Kind.SEMESTER, "Last day of the semester counted", ("tanggal", "semester")),
    ),
    table="population",
    number=1,
    required=True,
)

REGISTRY = Source(
    "registry",
    "person",
    (
        *PERSON,
        SourceColumn(
            "snapshot", Kind.SNAPSHOT, "Quarter whose ranking the decile is of, as 2025-Q3",
            (
                "triwulan", "periode_data", "triwulan_data", "periode_triwulan", "periode_desil", "triwulan_desil",
                "periode_dtsen", "versi_data", "kuartal",
            ),
            spans_rows=True,
        ),
        SourceColumn(
            "updated_on", Kind.DATE, "When the registry last took in something of the person",
            (
                "tgl_update", "tanggal_pemutakhiran", "tanggal_update", "tgl_pemutakhiran", "pemutakhiran_terakhir",
                "update_terakhir",
            ),
        ),
    ),
    table="registry",
    number=2,
    required=True,
    about_people=True,
)

RECIPIENT_LIST = Source(
    "recipient_rows", "recipient", RECIPIENT, table="recipient_rows", number=FIRST_PROGRAMME, about_people=True
)

CIVIL_STATUS = Source(
    "civil_status",
    "NIK looked up at the civil registry",
    (
        replace(NIK, required=True),
        replace(NAME, required=False),
        SourceColumn(
            "status", Kind.CODE, "AKTIF, MD died, PD moved, TT not found", ("keterangan", "hasil_padan"),
            required=True, codes=code_lists.PRESENCE,
        ),
        SourceColumn("status_date", Kind.DATE, "When it came about", ("tgl_kejadian", "tanggal", "tanggal_kejadian")),
        SourceColumn("ktp_recorded", Kind.YES_NO, "Recorded for an e-KTP", ("rekam_ktp", "status_rekam")),
    ),
    table="civil_status",
    number=_AFTER_PROGRAMMES + 0,
    may_repeat=True,
    without_it="deaths and moves known to the civil registry cannot be found",
    without_it_id="kematian dan kepindahan menurut Dukcapil tidak dapat ditemukan",
)

VILLAGE_MEETINGS = Source(
    "village_meetings",
    "village",
    (
        replace(VILLAGE_CODE, required=True, aliases=(*VILLAGE_CODE.aliases, "kode")),
        SourceColumn(
            "held_on", Kind.DATE, "When the meeting was held; empty: not held",
            ("tanggal_musdes", "tgl_musdes"),
        ),
        MINUTES,
        SourceColumn("registry_list_received", Kind.YES_NO, "The village has the registry list", ("terima_dtks",)),
        SourceColumn(
            "recipient_list_received", Kind.YES_NO, "The village has the recipient lists",
            ("terima_penerima",),
        ),
    ),
    table="village_meetings",
    number=_AFTER_PROGRAMMES + 1,
    without_it="it is not known which villages held their meeting",
    without_it_id="tidak diketahui desa mana yang sudah bermusyawarah",
)

ELIGIBILITY_DECISIONS = Source(
    "eligibility_decisions",
    "person or family judged",
    (
        replace(NIK, any_of=True),
        replace(FAMILY_CARD, any_of=True),
        *(c for c in PERSON if c.name in {"name", "birth_date", "sex", "mother_name"} and not c.required),
        replace(NAME, required=False),
        VILLAGE_CODE,
        *(c for c in PERSON if c.name in {"village_name", "subdistrict_name"}),
        PROGRAMME,
        SourceColumn(
            "outcome", Kind.CODE, "LAYAK, TIDAK LAYAK, SUDAH MAMPU, MD, PD, TT, MM, DD",
            ("hasil", "kelayakan", "verivali", "keputusan"), one_of="judgement", codes=code_lists.DECISION,
        ),
        SourceColumn(
            "disposition", Kind.CODE, "What the field found of a finding: TERBUKTI, TIDAK TERBUKTI, BELUM JELAS",
            ("temuan", "hasil_temuan", "status_temuan"), one_of="judgement", codes=code_lists.DISPOSITION,
        ),
        SourceColumn(
            "reason", Kind.CODE, "The finding that the disposition answers; empty: the row's primary reason",
            ("alasan", "kode_alasan", "alasan_temuan"), codes=REASON, blank_means_all=True,
        ),
        SourceColumn("decided_on", Kind.DATE, "When it was decided", ("tanggal", "tgl_ba", "tanggal_ba")),
        MINUTES,
    ),
    table="eligibility_decisions",
    number=_AFTER_PROGRAMMES + 2,
    about_people=True,
    may_repeat=True,
    without_it="what village meetings decided is not applied",
    without_it_id="hasil musyawarah desa tidak diterapkan",
)

PROPOSALS = Source(
    "proposals",
    "person proposed for the registry",
    (
        *PERSON,
        PROGRAMME,
        SourceColumn(
            "outcome", Kind.CODE, "LAYAK accepted, TIDAK LAYAK refused, DIUSULKAN waiting, DITARIK withdrawn",
            ("hasil",), codes=code_lists.PROPOSAL_OUTCOME,
        ),
        SourceColumn("proposed_on", Kind.DATE, "When it was proposed", ("tanggal_usulan", "tgl_usulan")),
    ),
    table="proposals",
    number=_AFTER_PROGRAMMES + 3,
    about_people=True,
    without_it="families that villages proposed are not seen",
    without_it_id="keluarga yang diusulkan desa tidak terlihat",
)

CONTROL_TOTALS = Source(
    "control_totals",
    "published figure",
    (
        SourceColumn(
            "measure", Kind.CODE, "population, registry_persons, susenas_poverty_rate (percent), or a programme",
            ("ukuran", "program", "indikator"), required=True, codes=code_lists.MEASURE,
        ),
        SourceColumn("value", Kind.DECIMAL, "The published figure", ("nilai", "jumlah", "angka"), required=True),
        SourceColumn("unit", Kind.TEXT, "What is counted", ("satuan",)),
        SourceColumn("source", Kind.TEXT, "Who published it", ("sumber",)),
        SourceColumn("published_on", Kind.DATE, "When it was published", ("tanggal", "tanggal_terbit")),
    ),
    table="published_figures",
    number=_AFTER_PROGRAMMES + 4,
    without_it="published totals are not compared with counted ones",
    without_it_id="angka terbitan tidak dibandingkan dengan hitungan",
)

PUBLIC_EMPLOYEES = Source(
    "public_employees",
    "listed person",
    (
        replace(NIK, required=True),
        replace(NAME, required=False),
        SourceColumn(
            "category",
            Kind.TEXT,
            "ASN, TNI, POLRI, PENSIUNAN, BUMN, PERANGKAT DESA, SDM PKH ...",
            ("kategori", "jenis_pegawai"),
            required=True,
        ),
    ),
    table="public_employees",
    number=_AFTER_PROGRAMMES + 5,
    may_repeat=True,
    without_it="public employees among the recipients cannot be found",
    without_it_id="pegawai pemerintah di antara penerima tidak dapat ditemukan",
)

FORMAL_WORKERS = Source(
    "formal_workers",
    "listed person",
    (
        replace(NIK, required=True),
        replace(NAME, required=False),
        SourceColumn(
            "monthly_wage",
            Kind.MONEY,
            "Monthly wage in rupiah",
            ("upah", "gaji", "upah_bulanan"),
            required=True,
            bounds=(0, 10**12),
        ),
    ),
    table="formal_workers",
    number=_AFTER_PROGRAMMES + 6,
    may_repeat=True,
    without_it="recipients who earn more than the minimum wage cannot be found",
    without_it_id="penerima yang berupah di atas upah minimum tidak dapat ditemukan",
)

COMPANY_OFFICERS = Source(
    "company_officers",
    "listed person",
    (
        replace(NIK, required=True),
        replace(NAME, required=False),
        SourceColumn("company", Kind.TEXT, "Company the person is an officer of", ("perusahaan", "nama_pt")),
    ),
    table="company_officers",
    number=_AFTER_PROGRAMMES + 7,
    may_repeat=True,
    without_it="company officers among the recipients cannot be found",
    without_it_id="pengurus perusahaan di antara penerima tidak dapat ditemukan",
)

DISBURSEMENTS = Source(
    "disbursements",
    "payment",
    (
        *(
            replace(c, required=False, any_of=False)
            for c in RECIPIENT
            if c.name
            in {
                "nik",
                "name",
                "family_card_number",
                "birth_date",
                "village_code",
                "village_name",
                "subdistrict_name",
                "member_id",
                "stage",
                "amount",
                "paid_on",
            }
        ),
        replace(PROGRAMME, required=True, blank_means_all=False),
        SourceColumn(
            "status",
            Kind.CODE,
            "What became of the payment",
            ("status_salur", "status_transaksi", "keterangan"),
            required=True,
            codes=code_lists.PAYMENT_STATUS,
        ),
        SourceColumn("transacted_on", Kind.DATE, "When the family used it", ("tgl_transaksi", "tanggal_transaksi")),
        SourceColumn(
            "received_confirmed",
            Kind.CODE,
            "Who confirmed the receipt",
            ("konfirmasi_kpm",),
            codes=code_lists.RECEIPT_CONFIRMATION,
        ),
        SourceColumn("card_holder", Kind.CODE, "Who holds the card", ("pemegang_kks",), codes=code_lists.CARD_HOLDER),
        SourceColumn("facilitator_id", Kind.TEXT, "Facilitator of the family", ("id_pendamping",)),
    ),
    table="disbursements",
    number=_AFTER_PROGRAMMES + 8,
    about_people=True,
    may_repeat=True,
    without_it="payments are not reconciled with the lists",
    without_it_id="penyaluran tidak dicocokkan dengan daftar penerima",
)

OUTLET_PRICES = Source(
    "outlet_prices",
    "price seen",
    (
        SourceColumn("outlet_id", Kind.TEXT, "Outlet (e-Warong)", ("id_ewarong",), required=True),
        SourceColumn("outlet_name", Kind.TEXT, "Name of the outlet", ("nama_ewarong",), identity=True),
        VILLAGE_CODE,
        *(c for c in PERSON if c.name in {"village_name", "subdistrict_name"}),
        SourceColumn("commodity", Kind.TEXT, "Commodity sold", ("komoditas",), required=True),
        SourceColumn("unit", Kind.TEXT, "Unit of the price", ("satuan",)),
        SourceColumn("price", Kind.MONEY, "Price asked, in rupiah", ("harga",), required=True, bounds=(0, 10**9)),
        SourceColumn(
            "reference_price",
            Kind.MONEY,
            "Reference price in rupiah",
            ("harga_acuan", "het", "harga_pasar"),
            required=True,
            bounds=(0, 10**9),
        ),
        SourceColumn("reason", Kind.TEXT, "Reason stated for the price", ("alasan",)),
        SourceColumn("inspected_on", Kind.DATE, "When it was seen", ("tanggal", "tgl_periksa", "tanggal_periksa")),
        SourceColumn("families_served", Kind.INTEGER, "Families the outlet serves", ("jumlah_kpm",), bounds=(0, 10**6)),
    ),
    table="outlet_prices",
    number=_AFTER_PROGRAMMES + 9,
    without_it="prices of the outlets are not compared",
    without_it_id="harga di e-warong tidak dibandingkan",
)

_REPORTS = (0, 10**4)
FACILITATOR_REPORTS = Source(
    "facilitator_reports",
    "facilitator and month",
    (
        SourceColumn("facilitator_id", Kind.TEXT, "Facilitator (pendamping)", ("id_pendamping",), required=True),
        replace(NAME, required=False),
        SourceColumn("families_assisted", Kind.INTEGER, "Families accompanied", ("jumlah_kpm",), bounds=(0, 10**5)),
        SourceColumn(
            "daily_reports_due", Kind.INTEGER, "Daily reports due", ("laporan_harian_wajib",), bounds=_REPORTS
        ),
        SourceColumn("daily_reports_filed", Kind.INTEGER, "Daily reports filed", ("laporan_harian",), bounds=_REPORTS),
        SourceColumn("monthly_report_filed", Kind.YES_NO, "Monthly report filed", ("laporan_bulanan",)),
        SourceColumn("p2k2_planned", Kind.INTEGER, "P2K2 meetings planned", ("p2k2_rencana",), bounds=_REPORTS),
        SourceColumn("p2k2_held", Kind.INTEGER, "P2K2 meetings held", ("p2k2_terlaksana",), bounds=_REPORTS),
        SourceColumn(
            "families_cross_checked",
            Kind.INTEGER,
            "Families whose payment was checked in person",
            ("kpm_dicek",),
            bounds=(0, 10**5),
        ),
        SourceColumn(
            "families_vaccinated", Kind.INTEGER, "Families helped to vaccination", ("kpm_vaksin",), bounds=(0, 10**5)
        ),
    ),
    table="facilitator_reports",
    number=_AFTER_PROGRAMMES + 10,
    without_it="the work of the facilitators is not shown",
    without_it_id="kerja pendamping tidak ditampilkan",
)

COMPLAINTS = Source(
    "complaints",
    "complaint",
    (
        SourceColumn("received_on", Kind.DATE, "When it came in", ("tanggal", "tgl_terima", "tanggal_terima")),
        VILLAGE_CODE,
        *(c for c in PERSON if c.name in {"village_name", "subdistrict_name"}),
        NIK,
        FAMILY_CARD,
        replace(NAME, required=False),
        SourceColumn(
            "kind",
            Kind.CODE,
            "EXCLUDED, INCLUDED, PRICE, OTHER",
            ("jenis", "jenis_pengaduan"),
            required=True,
            codes=code_lists.COMPLAINT_KIND,
        ),
        SourceColumn("text", Kind.TEXT, "What was said", ("isi", "uraian", "isi_pengaduan"), identity=True),
    ),
    table="complaints",
    number=_AFTER_PROGRAMMES + 11,
    may_repeat=True,
    without_it="complaints are not weighed",
    without_it_id="pengaduan tidak ditimbang",
)

REVIEW_ANSWERS = Source(
    "review_answers",
    "pair settled in the field",
    (
        SourceColumn(
            "pair_id", Kind.TEXT, "The pair, from review_pairs or its worklist", ("id_pasangan",), required=True,
        ),
        SourceColumn(
            "answer", Kind.CODE, "SAME person or DIFFERENT persons", ("jawaban", "hasil"),
            required=True, codes=code_lists.ANSWER,
        ),
        SourceColumn("decided_on", Kind.DATE, "When it was settled", ("tanggal", "tanggal_jawaban")),
        SourceColumn("decided_by_role", Kind.TEXT, "Who settled it: the office, not the name", ("jabatan",)),
    ),
    table="review_answers",
    number=_AFTER_PROGRAMMES + 12,
    without_it="pairs that people have to settle stay open",
    without_it_id="pasangan data yang harus dipastikan tetap terbuka",
)

REACTIVATION_REQUESTS = Source(
    "reactivation_requests",
    "PBI member who asks to come back",
    (
        replace(NIK, any_of=True),
        replace(NAME, required=False),
        SourceColumn(
            "reason", Kind.CODE, "Why it cannot wait: KRONIS, KATASTROPIK or DARURAT",
            ("alasan", "alasan_reaktivasi", "alasan_permohonan", "jenis_penyakit"),
            required=True, codes=code_lists.ILLNESS,
        ),
        SourceColumn(
            "requested_on", Kind.DATE, "When it was asked for",
            ("tanggal", "tgl_permohonan", "tanggal_permohonan", "tanggal_pengajuan", "tgl_pengajuan"),
        ),
        SourceColumn(
            "facility_letter", Kind.TEXT, "Letter of the health facility",
            ("surat_faskes", "nomor_surat_faskes", "no_surat_faskes", "surat_keterangan_faskes"), identity=True,
        ),
    ),
    table="reactivation_requests",
    number=_AFTER_PROGRAMMES + 13,
    about_people=True,
    may_repeat=True,
    without_it="who among the people that left the PBI list is ill is not known",
    without_it_id="tidak diketahui siapa dari yang keluar dari daftar PBI yang sakit",
)

OBJECTIONS = Source(
    "objections",
    "objection (usul sanggah)",
    (
        replace(NIK, any_of=True),
        replace(FAMILY_CARD, any_of=True),
        replace(NAME, required=False),
        VILLAGE_CODE,
        *(c for c in PERSON if c.name in {"village_name", "subdistrict_name"}),
        PROGRAMME,
        SourceColumn(
            "reason", Kind.CODE, "The finding objected to; empty: all", ("alasan", "kode_alasan", "temuan"),
            codes=REASON,
        ),
        SourceColumn(
            "received_on", Kind.DATE, "When it came in",
            ("tgl_sanggah", "tanggal_sanggah", "tanggal", "tgl_terima", "tanggal_terima"), required=True,
        ),
        SourceColumn(
            "outcome", Kind.CODE, "DITERIMA, DITOLAK; empty: open", ("hasil", "keputusan", "hasil_sanggah"),
            codes=code_lists.OBJECTION_OUTCOME,
        ),
        SourceColumn(
            "decided_on", Kind.DATE, "When it was decided", ("tgl_keputusan", "tanggal_keputusan", "tgl_hasil"),
        ),
    ),
    table="objections",
    number=_AFTER_PROGRAMMES + 14,
    about_people=True,
    may_repeat=True,
    without_it="what recipients object to is not weighed",
    without_it_id="sanggahan penerima tidak ditimbang",
)

AUDIT_ANSWERS = Source(
    "audit_answers",
    "sampled row or household visited",
    (
        SourceColumn(
            "sample_id", Kind.TEXT, "Number of the case, from the workbook of the audit",
            ("id_sampel", "id_contoh", "nomor_sampel", "no_sampel"), required=True,
        ),
        SourceColumn(
            "finding", Kind.CODE, "LAYAK, TIDAK LAYAK, TIDAK DITEMUKAN, MENOLAK",
            ("hasil", "hasil_kunjungan", "temuan"), required=True, codes=code_lists.AUDIT_FINDING,
        ),
        SourceColumn(
            "visited_on", Kind.DATE, "When the family was visited",
            ("tgl_kunjungan", "tanggal_kunjungan", "tanggal", "tgl_visit"),
        ),
    ),
    table="audit_answers",
    number=_AFTER_PROGRAMMES + 15,
    without_it="how many are really wrong is not estimated from a sample",
    without_it_id="berapa yang benar-benar keliru tidak ditaksir dari contoh",
)

FIXED: tuple[Source, ...] = (
    POPULATION,
    REGISTRY,
    CIVIL_STATUS,
    VILLAGE_MEETINGS,
    ELIGIBILITY_DECISIONS,
    PROPOSALS,
    CONTROL_TOTALS,
    PUBLIC_EMPLOYEES,
    FORMAL_WORKERS,
    COMPANY_OFFICERS,
    DISBURSEMENTS,
    OUTLET_PRICES,
    FACILITATOR_REPORTS,
    COMPLAINTS,
    REVIEW_ANSWERS,
    REACTIVATION_REQUESTS,
    OBJECTIONS,
    AUDIT_ANSWERS,
)
FIXED_BY_NAME: dict[str, Source] = {source.name: source for source in FIXED}
_BEFORE_PROGRAMMES = 2  # population and registry


@dataclass(frozen=True)
class Sources:
    """The lists that a deployment may land: those of `FIXED`, and one for each programme of its policy.

    `spellings`: by programme, the words that mean it.
    """

    lists: tuple[Source, ...]
    programmes: tuple[Source, ...]
    spellings: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> Source:
        """The source of that name; `KeyError` if there is none."""
        return self._by_name()[name]

    def __contains__(self, name: str) -> bool:
        """Whether there is a source of that name."""
        return name in self._by_name()

    def _by_name(self) -> dict[str, Source]:
        return {source.name: source for source in self.lists}


def landing_sources(programmes: Mapping[str, Sequence[str]]) -> Sources:
    """The sources of a deployment whose policy declares these programmes, each with the spellings of its name."""
    spellings = CodeList("programme", {name: tuple(words) for name, words in programmes.items()})
    measures = CodeList("measure", code_lists.MEASURE.values | spellings.values)
    codes = {code_lists.PROGRAMME.name: spellings, code_lists.MEASURE.name: measures}
    fixed = [_with_codes(source, codes) for source in FIXED]
    lists = tuple(_programme_list(name) for name in programmes)
    before, after = fixed[:_BEFORE_PROGRAMMES], fixed[_BEFORE_PROGRAMMES:]
    return Sources((*before, *lists, *after), lists, spellings.values)


def _with_codes(source: Source, codes: Mapping[str, CodeList]) -> Source:
    """The source with the code lists of this deployment in place of those of the same name."""
    columns = (replace(c, codes=codes.get(c.codes.name, c.codes)) if c.codes else c for c in source.columns)
    return replace(source, columns=tuple(columns))


def _programme_list(name: str) -> Source:
    """Its number follows from the name alone, so that no other programme changes it."""
    number = FIRST_PROGRAMME + int(hashlib.sha256(name.encode()).hexdigest()[:12], 16) % ROOM_FOR_PROGRAMMES
    lost = f"recipients of {name} are not judged this month"
    lost_id = "penerima program itu tidak dinilai bulan ini"
    return replace(RECIPIENT_LIST, name=name, number=number, is_programme=True, without_it=lost, without_it_id=lost_id)
