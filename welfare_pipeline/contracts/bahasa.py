"""The vocabulary in Bahasa Indonesia, for worklists and reports: one sentence a word, declared once.

What a word means to the pipeline stands in `vocabulary.py`; the layout of worklists in `worklists.py`.
"""

from dataclasses import dataclass

from welfare_pipeline.contracts.vocabulary import (
    Blocker,
    Doubt,
    HouseholdCertainty,
    NikStatus,
    NikWarning,
    Outcome,
    PovertyEvidence,
    Reason,
    Registration,
    Support,
)


@dataclass(frozen=True)
class ReasonWords:
    """A reason as a village reads it: what was found, and what to do about it."""

    finding: str
    action: str


REASONS: dict[Reason, ReasonWords] = {
    Reason.DECEASED: ReasonWords(
        "Yang bersangkutan telah meninggal dunia.",
        "Pastikan kematiannya dan catat aktanya; ganti pengurus bila keluarga masih berhak.",
    ),
    Reason.MOVED_AWAY: ReasonWords(
        "Yang bersangkutan telah pindah keluar.",
        "Pastikan kepindahannya dan tanggalnya; bantuan dialihkan ke daerah tujuan.",
    ),
    Reason.NOT_FOUND: ReasonWords(
        "Keputusan musyawarah terakhir: tidak ditemukan.",
        "Cari sekali lagi di alamat; tetapkan dalam musyawarah berikutnya.",
    ),
    Reason.JUDGED_INELIGIBLE: ReasonWords(
        "Keputusan musyawarah terakhir: tidak layak, sudah mampu, atau menolak.",
        "Pastikan keputusan masih berlaku; lampirkan berita acara.",
    ),
    Reason.DUPLICATE_PERSON: ReasonWords(
        "Orang yang sama tercatat lebih dari satu kali dalam program dan tahap ini.",
        "Baris pertama tetap; coret baris ini dan periksa apakah dibayar dua kali.",
    ),
    Reason.DUPLICATE_FAMILY: ReasonWords(
        "Anggota lain dari kartu keluarga yang sama sudah menerima program ini.",
        "Baris pertama tetap; coret baris ini dan periksa apakah dibayar dua kali.",
    ),
    Reason.EXCLUSIVE_PROGRAMMES: ReasonWords(
        "Keluarga juga menerima program lain yang tidak boleh dirangkap.",
        "Hentikan program ini bagi keluarga; program yang lain tetap.",
    ),
    Reason.NOT_IN_REGISTRY: ReasonWords(
        "Tidak seorang pun (penerima maupun anggota keluarganya) tercatat aktif dalam data terpadu.",
        "Nilai dalam musyawarah: bila layak, usulkan ke data terpadu; bila tidak, hentikan bantuannya.",
    ),
    Reason.DECILE_ABOVE_LIMIT: ReasonWords(
        "Desil kesejahteraan melebihi batas program.",
        "Hentikan bantuan, kecuali keluarga menyanggah desilnya.",
    ),
    Reason.AGE_OUT_OF_RANGE: ReasonWords(
        "Umur di luar rentang program.",
        "Periksa tanggal lahir pada KTP; bila benar, hentikan dan periksa hak atas program lain.",
    ),
    Reason.PBI_OUTSIDE_REGISTRY: ReasonWords(
        "Iuran JKN dibayari negara, tetapi yang bersangkutan tidak aktif dalam data terpadu dan belum diputuskan.",
        "Verifikasi: bila layak, usulkan ke data terpadu; bila tidak, nonaktifkan.",
    ),
    Reason.NOT_RANKED: ReasonWords(
        "Keluarga belum diperingkat (belum ada desil), padahal program berbatas desil.",
        "Lengkapi datanya melalui usulan pembaruan data, agar keluarga dapat diperingkat.",
    ),
    Reason.PUBLIC_EMPLOYEE: ReasonWords(
        "NIK dan nama yang sama (program keluarga: dalam satu KK) ada pada daftar aparatur negara.",
        "Tanyakan kepada instansinya; kecocokan daftar baru dugaan.",
    ),
    Reason.WAGE_ABOVE_MINIMUM: ReasonWords(
        "NIK dan nama yang sama (program keluarga: dalam satu KK) berupah di atas upah minimum.",
        "Pastikan upahnya kepada keluarga dan pemberi kerja sebelum dihentikan.",
    ),
    Reason.COMPANY_OFFICER: ReasonWords(
        "NIK dan nama yang sama (program keluarga: dalam satu KK) terdaftar sebagai pengurus perusahaan.",
        "Tanyakan kepada keluarga; banyak yang tidak tahu namanya dipakai.",
    ),
    Reason.UNDERAGE_HOLDER: ReasonWords(
        "Pengurus bantuan keluarga berumur di bawah 18 tahun dan tidak diketahui sudah kawin.",
        "Minta keluarga menunjuk pengurus dewasa; hak keluarga tetap.",
    ),
    Reason.NO_PKH_COMPONENT: ReasonWords(
        "Tidak ada anggota keluarga yang memenuhi komponen PKH (hamil, anak, sekolah, lansia, disabilitas).",
        "Periksa anggota keluarga bersama pendamping; tanpa komponen keluarga lulus dari PKH.",
    ),
    Reason.NOT_TRANSACTED: ReasonWords(
        "Tidak ditransaksikan, atau gagal salur (kartu kosong, rusak, hilang; meninggal, pindah, tidak ditemukan).",
        "Kunjungi keluarga: siapa memegang kartunya, dan tahukah keluarga akan bantuannya?",
    ),
    Reason.DUPLICATE_ACROSS_DISTRICTS: ReasonWords(
        "Orang yang sama menerima program ini di kabupaten/kota lain pada bulan yang sama.",
        "Pastikan tempat tinggalnya; hentikan di salah satu daerah.",
    ),
}
# Beside these, the programmes of the policy.
MEASURES: dict[str, str] = {
    "population": "Penduduk",
    "registry_persons": "Data terpadu (orang)",
}
PRICE_FINDINGS: dict[str, str] = {
    "within_reference": "Tidak di atas harga acuan",
    "reason_to_accept": "Di atas harga acuan, dengan alasan: perlu dinilai",
    "candidate_for_sanction": "Di atas harga acuan tanpa alasan: calon sanksi",
}
OUTCOMES: dict[Outcome, str] = {
    Outcome.OFF_TARGET: "Tidak tepat sasaran",
    Outcome.TO_VERIFY: "Perlu diverifikasi",
    Outcome.UNRESOLVED: "Identitas belum jelas",
    Outcome.ON_TARGET: "Ada pengaduan",
}
POVERTY_EVIDENCE: dict[PovertyEvidence, str] = {
    PovertyEvidence.PROPOSED: "Diusulkan ke data terpadu.",
    PovertyEvidence.JUDGED_ELIGIBLE: "Diputuskan layak dalam musyawarah.",
    PovertyEvidence.RECIPIENT_FAMILY: "Anggota keluarga terdata yang menerima bantuan, tetapi belum terdata.",
    PovertyEvidence.COMPLAINT: "Ada pengaduan: miskin tetapi tidak menerima bantuan (bukan bukti).",
}
REGISTRATIONS: dict[Registration, str] = {
    Registration.NONE: "Belum ada anggota yang terdata.",
    Registration.PARTIAL: "Sebagian anggota sudah terdata; yang disebut di sini belum.",
}
CERTAINTIES: dict[HouseholdCertainty, str] = {
    HouseholdCertainty.CERTAIN: "Pasti belum terdata.",
    HouseholdCertainty.POSSIBLE: "Mungkin sudah terdata: selesaikan dahulu lembar Pasangan.",
}
BLOCKERS: dict[Blocker, str] = {
    Blocker.NO_E_KTP: "Belum rekam e-KTP.",
    Blocker.NIK_NOT_IN_CIVIL_REGISTRY: "NIK tidak ditemukan di Dukcapil.",
    Blocker.NIK_INVALID: "NIK tidak benar.",
    Blocker.VILLAGE_MEETING_NOT_HELD: "Musyawarah desa belum dilaksanakan.",
}
NIK_STATUSES: dict[NikStatus, str] = {
    NikStatus.MISSING: "NIK kosong.",
    NikStatus.PLACEHOLDER: "NIK isian sementara (angka nol, angka berulang, atau dipakai banyak orang).",
    NikStatus.PRECISION_LOST: "Angka terakhir NIK hilang (dibulatkan lembar sebar).",
    NikStatus.NOT_NUMERIC: "NIK bukan angka.",
    NikStatus.WRONG_LENGTH: "NIK tidak 16 angka.",
    NikStatus.TEMPORARY: "NIK sementara.",
    NikStatus.FAMILY_CARD_NUMBER: "Kolom NIK berisi nomor KK.",
    NikStatus.BAD_BIRTH_DATE: "Tanggal lahir dalam NIK tidak mungkin.",
    NikStatus.BAD_REGION: "Kode wilayah dalam NIK tidak dikenal.",
    NikStatus.VALID: "",
}
NIK_WARNINGS: dict[str, str] = {
    NikWarning.SEX_MISMATCH: "NIK tidak sesuai dengan jenis kelamin.",
    NikWarning.BIRTH_DATE_MISMATCH: "NIK tidak sesuai dengan tanggal lahir.",
    "nik_differs_from_registry": "NIK berbeda dengan data terpadu.",
    "shared_nik": "NIK dipakai lebih dari satu orang.",
}
AGREEMENTS: dict[str, str] = {"same": "sama", "similar": "mirip", "different": "berbeda", "missing": "tidak ada"}
SUPPORTS: dict[Support, str] = {
    Support.STRONGLY_FOR: "sangat menunjukkan satu orang",
    Support.FOR: "menunjukkan satu orang",
    Support.NEITHER: "tidak menentukan",
    Support.AGAINST: "menunjukkan dua orang",
    Support.STRONGLY_AGAINST: "sangat menunjukkan dua orang",
}
DOUBTS: dict[Doubt, str] = {
    Doubt.NUMBER_CONFLICT: "NIK sama, tetapi nama berbeda dan tanggal lahir tidak menguatkan",
    Doubt.COMPETING_CLAIM: "Baris lain pada daftar yang sama lebih cocok dengan orang ini",
    Doubt.ONE_FAMILY: "Keduanya satu KK; anggota satu keluarga sering mirip datanya",
    Doubt.WEAK_EVIDENCE: "Datanya sendiri belum cukup menentukan",
}
# Beside these, the programmes of the policy.
LISTS: dict[str, str] = {
    "registry": "Data terpadu",
    "proposals": "Usulan",
}

# The evidence of the reasons is written in English by reconcile/reasons; these are all of its phrases.
EVIDENCE_PHRASES: dict[str, str] = {
    "civil registry: ": "Dukcapil: ",
    "registered as not active: ": "terdata tetapi tidak aktif: ",
    "registry: ": "data terpadu: ",
    "programme list: ": "daftar penerima: ",
    "decision ": "keputusan ",
    "decision: ": "keputusan: ",
    "somebody of the family card is listed: ": "anggota lain pada KK terdaftar: ",
    "listed: ": "daftar: ",
    "undated": "tanpa tanggal",
    "no registry person agrees in number, family card, or name with birth date": (
        "tidak ada orang dalam data terpadu yang cocok nomor, KK, atau nama dengan tanggal lahirnya"
    ),
    "another member of the family card of ": "satu KK dengan ",
    "the same person as ": "orang yang sama dengan ",
    "the same person in the list of ": "orang yang sama pada daftar kabupaten/kota ",
    "the family receives ": "keluarga menerima ",
    " active members, none of them meets a component": " anggota aktif, tidak ada yang memenuhi komponen",
    "wage above the minimum of ": "upah di atas upah minimum ",
    " on the last day of the month": " pada hari terakhir bulan ini",
    ", not used: ": ", tidak ditransaksikan: ",
    "paid ": "dibayar ",
    "not ranked": "belum diperingkat",
    "decile ": "desil ",
    ", limit ": ", batas ",
    "age ": "umur ",
    ", range ": ", rentang ",
    ", at most ": ", paling tua ",
    ", at least ": ", paling muda ",
    " to ": " sampai ",
    " on ": " pada ",
    " row ": " baris ",
}
MONTHS: tuple[str, ...] = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def month_words(period: str) -> str:
    """The period (YYYY-MM) in words: `November 2021`."""
    year, month = period.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"
