"""Checks of what was landed: which lists arrived, which files and rows can be used. Their rows are for others."""

from welfare_pipeline.checks.check import Actor, Check, Indonesian
from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.vocabulary import Severity
from welfare_pipeline.contracts.words import CATALOGUE


def _list_arrived(source: Source) -> Check:
    word = CATALOGUE.words["list"].get(source.name)
    label = word.id if word else f"program {source.name}"
    if source.required:
        why = "no district can be reconciled without it."
        advice = f"Land the {source.name} list as a readable file and run the district again."
        why_id = "tanpa daftar ini kabupaten/kota tidak dapat direkonsiliasi."
        advice_id = "Masukkan daftar ini sebagai berkas yang dapat dibaca, lalu jalankan lagi kabupaten/kota ini."
    else:
        why = f"without it, {source.without_it}."
        advice = f"Without it, {source.without_it}."
        why_id = f"tanpa daftar ini {source.without_it_id}."
        advice_id = f"Tanpa daftar ini {source.without_it_id}."
    return Check(
        source.asset,
        "list_arrived",
        Severity.BLOCKING if source.required else Severity.WARNING,
        f"The {source.name} list was landed and at least one row of it can be used; {why}",
        advice,
        batch=f"(from list_facts where source = '{source.name}')",
        holds=f"The {source.name} list arrived.",
        figures="list_figures",
        acts=Actor.OFFICE,
        indonesian=Indonesian(
            f"Daftar {label} masuk dan setidaknya satu barisnya dapat dipakai; {why_id}",
            advice_id,
            holds=f"Daftar {label} masuk.",
        ),
    )


def arrivals(sources: Sources) -> tuple[Check, ...]:
    """One check per list that may land."""
    return tuple(_list_arrived(source) for source in sources.lists)


FILES = (
    Check(
        "landed_files",
        "a_programme_list_arrived",
        Severity.BLOCKING,
        "At least one programme's list of recipients arrived with rows that can be used.",
        "Land the recipients of at least one programme and run the district again.",
        batch="list_facts",
        holds="At least one programme's recipients arrived.",
        indonesian=Indonesian(
            "Setidaknya satu daftar penerima program masuk dengan baris yang dapat dipakai.",
            "Masukkan daftar penerima setidaknya satu program, lalu jalankan lagi kabupaten/kota ini.",
            holds="Setidaknya satu daftar penerima program masuk.",
        ),
    ),
    Check(
        "landed_files",
        "lists_are_named_as_lists",
        Severity.WARNING,
        "No whole list was left unread because its file is named otherwise.",
        "Without it, everything this list says is missing from the month: rename the file as said, then run again.",
        batch="file_facts",
        holds="No list was left unread for its file's name.",
        acts=Actor.OFFICE,
        changes_results=True,
        indonesian=Indonesian(
            "Tidak ada daftar yang terlewat hanya karena nama berkasnya lain.",
            "Tanpa daftar itu isinya tidak ikut dihitung: ganti nama berkasnya, lalu jalankan lagi.",
            holds="Tidak ada daftar yang terlewat karena nama berkasnya.",
        ),
    ),
    Check(
        "landed_files",
        "optional_files_are_readable",
        Severity.WARNING,
        "No file of an optional list had to be rejected.",
        "Correct the named files and land them again; the month goes on without them.",
        batch="file_facts",
        holds="Every file of an optional list could be read.",
        acts=Actor.SENDER,
        changes_results=True,
        indonesian=Indonesian(
            "Tidak ada berkas daftar tambahan yang harus ditolak.",
            "Perbaiki berkas tersebut lalu masukkan lagi; bulan ini berjalan tanpa berkas itu.",
            holds="Semua berkas daftar tambahan dapat dibaca.",
        ),
    ),
    Check(
        "delivery_findings",
        "nothing_odd_landed",
        Severity.WARNING,
        "Nothing in the landed files is odd: no answer in the wrong place, no date that cannot be (delivery_findings).",
        "See delivery_findings for every file, sheet and row; correct them and land the file again.",
        holds="Nothing odd was found in the landed files.",
        figures="oddity_figures",
        acts=Actor.OFFICE,
        changes_results=True,
        indonesian=Indonesian(
            "Tidak ada yang janggal dalam berkas: jawaban pada tempat yang salah, tanggal yang mustahil.",
            "Perbaiki pada berkas, lembar, dan baris yang disebut, lalu masukkan lagi berkasnya.",
            holds="Tidak ada kejanggalan dalam berkas yang masuk.",
        ),
    ),
    Check(
        "landed_files",
        "lists_are_no_copies",
        Severity.WARNING,
        "No two lists have the very same content, as when one file is landed under the names of two programmes.",
        "See which list the file is; land the right one in place of the copy.",
        batch="file_facts",
        holds="Every list has content of its own.",
        acts=Actor.OFFICE,
        changes_results=True,
        indonesian=Indonesian(
            "Tidak ada dua daftar yang isinya persis sama, misalnya satu berkas masuk dengan nama dua program.",
            "Periksa daftar apa sebenarnya berkas itu; masukkan daftar yang benar sebagai penggantinya.",
            holds="Setiap daftar mempunyai isi sendiri.",
        ),
    ),
    Check(
        "landed_files",
        "rows_are_accounted_for",
        Severity.BLOCKING,
        "For every file, rows landed are rows accepted and rows rejected, and each of them is found in its table.",
        "The pipeline lost or invented rows: report it with the named file and use nothing of the district until then.",
        batch="file_facts",
        holds="Every landed row is either accepted or rejected with a reason.",
        indonesian=Indonesian(
            "Pada setiap berkas, baris masuk sama dengan baris diterima ditambah baris ditolak.",
            "Aplikasi kehilangan atau menambah baris: laporkan berkasnya, dan jangan pakai angkanya dahulu.",
            holds="Setiap baris yang masuk diterima, atau ditolak dengan alasan.",
        ),
    ),
    Check(
        "rejected_rows",
        "rejected_rows_are_few",
        Severity.BLOCKING,
        "Of no list are more rows rejected than the policy tolerates (rejected_share, rejected_rows_tolerated).",
        "See the reasons in rejected_rows, correct the lists and land them again.",
        batch="list_facts",
        holds="No list lost more rows than the policy tolerates.",
        figures="rejection_figures",
        indonesian=Indonesian(
            "Baris yang ditolak dari setiap daftar tidak melebihi batas kebijakan.",
            "Lihat alasan penolakannya, perbaiki daftarnya, lalu masukkan lagi.",
            holds="Tidak ada daftar yang kehilangan baris melebihi batas kebijakan.",
        ),
    ),
    Check(
        "delivery_findings",
        "optional_values_are_readable",
        Severity.WARNING,
        "Dates, numbers and codes of optional columns can be read; one that cannot is taken as empty.",
        "The rows and columns stand in delivery_findings (UNREADABLE_VALUE); correct them at the source.",
        batch="list_facts",
        holds="Every value of an optional column could be read.",
        figures="unreadable_figures",
        acts=Actor.SENDER,
        indonesian=Indonesian(
            "Tanggal, angka, dan kode pada kolom tambahan dapat dibaca; yang tidak terbaca dianggap kosong.",
            "Baris dan kolomnya tercatat sebagai temuan kiriman; perbaiki di sumbernya.",
            holds="Semua isian kolom tambahan dapat dibaca.",
        ),
    ),
    Check(
        "landed_files",
        "files_are_of_known_lists",
        Severity.WARNING,
        "Every landed file has the name of a list that the pipeline knows.",
        "Name each file after its list, for example registry.csv or pkh.kec01.xlsx.",
        batch="file_facts",
        holds="Every landed file belongs to a known list.",
        acts=Actor.OFFICE,
        indonesian=Indonesian(
            "Setiap berkas yang masuk bernama daftar yang dikenal.",
            "Namai setiap berkas menurut daftarnya, misalnya registry.csv atau pkh.kec01.xlsx.",
            holds="Setiap berkas yang masuk termasuk daftar yang dikenal.",
        ),
    ),
)
