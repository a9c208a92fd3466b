"""Accounting identities of the reconciled tables: nothing lost, nothing counted twice. All of them are blocking."""

from welfare_pipeline.checks.check import Check, Indonesian
from welfare_pipeline.contracts.vocabulary import Severity


def _identity(  # noqa: PLR0913, PLR0917  as many words as the checks have
    table: str, check: str, sentence: str, batch: str, holds: str, sentence_id: str, holds_id: str
) -> Check:
    advice = "The pipeline miscounted: report it, and use nothing of the district until then."
    advice_id = "Aplikasi salah hitung: laporkan, dan jangan pakai apa pun dari kabupaten/kota ini dahulu."
    indonesian = Indonesian(sentence_id, advice_id, holds=holds_id)
    return Check(table, check, Severity.BLOCKING, sentence, advice, batch=batch, holds=holds, indonesian=indonesian)


RECONCILIATION = (
    _identity(
        "programme_summary",
        "landed_rows_are_accepted_or_rejected",
        "Of every programme, rows landed are rows accepted and rows rejected, as the landed files say.",
        "programme_summary",
        "Of every programme, landed rows are accepted and rejected rows.",
        "Pada setiap program, baris masuk sama dengan baris diterima ditambah baris ditolak.",
        "Pada setiap program, baris masuk diterima atau ditolak.",
    ),
    _identity(
        "programme_summary",
        "outcomes_add_up_to_accepted_rows",
        "Of every programme, the rows of the four outcomes are the accepted rows.",
        "programme_summary",
        "Of every programme, the outcomes add up to the accepted rows.",
        "Pada setiap program, keempat hasil berjumlah sama dengan baris diterima.",
        "Pada setiap program, hasil berjumlah sama dengan baris diterima.",
    ),
    _identity(
        "recipient_outcomes",
        "every_accepted_row_has_one_outcome",
        "Every accepted recipient row has exactly one outcome, and every outcome its row.",
        "list_facts",
        "Every accepted recipient row has exactly one outcome.",
        "Setiap baris penerima yang diterima mempunyai tepat satu hasil.",
        "Setiap baris penerima yang diterima mempunyai tepat satu hasil.",
    ),
    _identity(
        "off_target_recipients",
        "rows_are_those_off_target_or_to_verify",
        "The table has exactly the rows of recipient_outcomes that are off target or to be verified.",
        "recipient_outcomes",
        "The list of off-target recipients has exactly the rows decided so.",
        "Daftar temuan memuat persis baris yang dinilai tidak tepat sasaran atau perlu diverifikasi.",
        "Daftar temuan memuat persis baris yang dinilai demikian.",
    ),
    _identity(
        "off_target_recipients",
        "every_finding_says_why_and_what_to_do",
        "Every row that is off target or to be verified has evidence, a legal basis and a recommended action.",
        "off_target_recipients",
        "Every finding says why, by what rule and what to do.",
        "Setiap temuan mempunyai bukti, dasar hukum, dan tindak lanjut.",
        "Setiap temuan menyebut alasan, dasar hukum, dan tindak lanjut.",
    ),
    _identity(
        "village_summary",
        "villages_add_up_to_the_district",
        "Population, registry persons, recipients, outcomes and households of the villages are those of the district.",
        "district_summary",
        "The villages add up to the district.",
        "Penduduk, orang terdata, penerima, hasil, dan rumah tangga menurut desa berjumlah sama dengan kabupaten/kota.",
        "Jumlah menurut desa sama dengan kabupaten/kota.",
    ),
    _identity(
        "district_summary",
        "programmes_add_up_to_the_district",
        "Recipients, rejected rows and outcomes of the programmes are those of the district.",
        "district_summary",
        "The programmes add up to the district.",
        "Penerima, baris ditolak, dan hasil menurut program berjumlah sama dengan kabupaten/kota.",
        "Jumlah menurut program sama dengan kabupaten/kota.",
    ),
    _identity(
        "district_summary",
        "households_are_those_listed",
        "The counts of unregistered and unserved households are the rows of their tables.",
        "district_summary",
        "The household counts are those of the household tables.",
        "Jumlah rumah tangga sama dengan baris daftarnya.",
        "Jumlah rumah tangga sama dengan baris daftarnya.",
    ),
    _identity(
        "programme_changes",
        "changes_explain_every_total",
        "Rows of last month, with those who entered, left or moved, are the rows of this month, in every list.",
        "programme_changes",
        "The changes explain every difference between the two months' totals.",
        "Baris bulan lalu, ditambah dan dikurangi yang masuk, keluar, atau pindah, sama dengan baris bulan ini.",
        "Perubahan menjelaskan setiap selisih antara kedua bulan.",
    ),
    _identity(
        "disbursement_summary",
        "payments_add_up_to_the_list",
        "Of every programme, the payments and rupiah of the summary are those of the disbursement list.",
        "disbursement_summary",
        "The payments add up to the list.",
        "Pada setiap program, penyaluran dan rupiah ringkasan sama dengan daftar penyaluran.",
        "Penyaluran berjumlah sama dengan daftarnya.",
    ),
)
