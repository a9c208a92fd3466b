"""Checks of lists of people: identities that can be read, nobody twice, places and dates that can be believed."""

from dataclasses import replace

from welfare_pipeline.checks.check import Actor, Check, Indonesian, rows_of
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.vocabulary import Severity


def _nik_is_readable(table: str) -> Check:
    return Check(
        table,
        "nik_is_readable",
        Severity.WARNING,
        "Nearly every row has a NIK that can be read (policy valid_nik_share).",
        "Ask for the list again with the NIK column as text; see identity_repairs for the single rows.",
        things="rows",
        fails="have no readable NIK",
        required="valid_nik_share",
        figures="nik_figures",
        needs=(table,),
        acts=Actor.SENDER,
        changes_results=True,
        indonesian=Indonesian(
            "Hampir setiap baris mempunyai NIK yang terbaca.",
            "Minta lagi daftarnya dengan kolom NIK sebagai teks; baris rusak ada di lembar Identitas daftar kerja.",
            things="baris",
            fails="tidak mempunyai NIK yang terbaca",
        ),
    )


def _of_programme(table: str) -> tuple[Check, ...]:
    return (
        _nik_is_readable(table),
        Check(
            table,
            "nobody_is_listed_twice",
            Severity.WARNING,
            "No valid NIK and no registry number stands twice in one payment stage of the list.",
            "The rows are judged DUPLICATE_PERSON where they are one person; correct the NIK where they are not.",
            things="rows",
            fails="share their NIK or registry number with another row of the list",
            needs=(table,),
            acts=Actor.OFFICE,
            changes_results=True,
            indonesian=Indonesian(
                "Tidak ada NIK atau nomor data terpadu yang tercantum dua kali dalam satu tahap penyaluran.",
                "Baris itu dinilai ganda bila memang satu orang; perbaiki NIK-nya bila bukan.",
                things="baris",
                fails="memakai NIK atau nomor data terpadu yang sama dengan baris lain",
            ),
        ),
        Check(
            table,
            "people_are_described",
            Severity.WARNING,
            "Rows have a name, a village of this district and no impossible birth date (policy incomplete_row_share).",
            "Ask for the list again with these columns filled; unknown villages are counted apart in every summary.",
            things="rows",
            fails="have no name, no known village or an impossible birth date",
            tolerated="incomplete_row_share",
            figures="description_figures",
            needs=(table,),
            acts=Actor.SENDER,
            changes_results=True,
            indonesian=Indonesian(
                "Baris mempunyai nama, desa di kabupaten/kota ini, dan tanggal lahir yang mungkin.",
                "Minta lagi daftarnya dengan kolom-kolom itu terisi; desa yang tidak dikenal dihitung terpisah.",
                things="baris",
                fails="tanpa nama, tanpa desa yang dikenal, atau bertanggal lahir mustahil",
            ),
        ),
    )


def recipient_checks(sources: Sources) -> tuple[Check, ...]:
    """The checks of every programme's list."""
    return tuple(
        replace(rule, batch=rows_of(source)) for source in sources.programmes for rule in _of_programme(source.asset)
    )


REGISTRY = (
    _nik_is_readable("registry"),
    Check(
        "registry",
        "villages_are_known",
        Severity.WARNING,
        "Nearly every row can be placed in a village of the population list (policy incomplete_row_share).",
        "Give 10-digit Kemendagri codes, or village and sub-district names as the population list spells them.",
        things="rows",
        fails="cannot be placed in a village",
        tolerated="incomplete_row_share",
        needs=("registry",),
        acts=Actor.SENDER,
        changes_results=True,
        indonesian=Indonesian(
            "Hampir setiap baris dapat ditempatkan pada desa dari daftar penduduk.",
            "Isi kode Kemendagri 10 angka, atau nama desa dan kecamatan seperti pada daftar penduduk.",
            things="baris",
            fails="tidak dapat ditempatkan pada sebuah desa",
        ),
    ),
    Check(
        "registry",
        "niks_are_unique",
        Severity.WARNING,
        "No valid NIK stands on two registry rows.",
        "Correct the wrong NIK, or strike the second row of the same person in SIKS-NG.",
        things="rows",
        fails="share their NIK with another row",
        needs=("registry",),
        acts=Actor.CIVIL_REGISTRY,
        indonesian=Indonesian(
            "Tidak ada NIK yang tercantum pada dua baris data terpadu.",
            "Perbaiki NIK yang salah, atau hapus baris kedua orang yang sama dalam SIKS-NG.",
            things="baris",
            fails="memakai NIK yang sama dengan baris lain",
        ),
    ),
    Check(
        "registry",
        "registry_ids_are_unique",
        Severity.WARNING,
        "No registry number (DTKS / DTSEN) stands on two rows.",
        "A part file may have been landed twice; if not, report the rows to the registry's help desk.",
        things="rows",
        fails="share their registry number with another row",
        needs=("registry",),
        acts=Actor.SENDER,
        indonesian=Indonesian(
            "Tidak ada nomor data terpadu (DTKS/DTSEN) yang tercantum pada dua baris.",
            "Mungkin satu berkas masuk dua kali; bila tidak, laporkan barisnya kepada pengelola data terpadu.",
            things="baris",
            fails="memakai nomor data terpadu yang sama dengan baris lain",
        ),
    ),
    Check(
        "registry",
        "placeholder_niks_are_not_shared",
        Severity.WARNING,
        "No placeholder (zeros, 1234..., one NIK under several names) stands in for the NIK of two people.",
        "Look up the NIK of these people at Dukcapil; until then they are told apart by name and birth date only.",
        things="rows",
        fails="share a placeholder instead of a NIK",
        needs=("registry",),
        acts=Actor.CIVIL_REGISTRY,
        indonesian=Indonesian(
            "Tidak ada NIK isian sementara (nol, 1234..., satu NIK untuk banyak nama) yang dipakai dua orang.",
            "Cari NIK orang-orang itu di Dukcapil; sampai itu mereka dibedakan dengan nama dan tanggal lahir saja.",
            things="baris",
            fails="berbagi isian sementara sebagai pengganti NIK",
        ),
    ),
    Check(
        "registry",
        "family_cards_are_of_one_family",
        Severity.WARNING,
        "No family card has more people than a family can have (policy family_size_limit).",
        "These cards prove no family and are left out of family rules; look the right ones up at Dukcapil.",
        things="rows",
        fails="stand on a family card with more people than a family has",
        needs=("registry",),
        acts=Actor.CIVIL_REGISTRY,
        indonesian=Indonesian(
            "Tidak ada kartu keluarga yang memuat lebih banyak orang daripada sebuah keluarga.",
            "Kartu itu tidak membuktikan keluarga dan tidak dipakai; cari kartu yang benar di Dukcapil.",
            things="baris",
            fails="tercantum pada kartu keluarga yang memuat terlalu banyak orang",
        ),
    ),
    Check(
        "registry",
        "names_are_not_blank",
        Severity.WARNING,
        "Nearly every row has a name (policy blank_name_share).",
        "Fill the names in from Dukcapil; a row without a name is linked by its NIK only.",
        things="rows",
        fails="have no name",
        tolerated="blank_name_share",
        needs=("registry",),
        acts=Actor.SENDER,
        indonesian=Indonesian(
            "Hampir setiap baris mempunyai nama.",
            "Lengkapi nama dari Dukcapil; baris tanpa nama hanya dipadankan dengan NIK.",
            things="baris",
            fails="tidak mempunyai nama",
        ),
    ),
    Check(
        "registry",
        "birth_dates_are_plausible",
        Severity.WARNING,
        "Nobody is born before 1900 or after the period.",
        "Correct the dates from Dukcapil; day and month, or the century, may be swapped.",
        things="rows",
        fails="have a birth date before 1900 or after the period",
        needs=("registry",),
        acts=Actor.CIVIL_REGISTRY,
        indonesian=Indonesian(
            "Tidak ada yang lahir sebelum tahun 1900 atau sesudah bulan ini.",
            "Perbaiki tanggalnya dari Dukcapil; hari dan bulan, atau abadnya, mungkin tertukar.",
            things="baris",
            fails="bertanggal lahir sebelum 1900 atau sesudah bulan ini",
        ),
    ),
    Check(
        "registry",
        "birth_dates_are_not_a_default",
        Severity.WARNING,
        "No recent day has so many births that it must stand for blank dates (policy today_birth_date_share).",
        "The export put its own date in place of blanks: ask for the list again with blanks left blank.",
        things="rows",
        fails="have one and the same recent birth date",
        figures="default_date_figures",
        needs=("registry",),
        acts=Actor.SENDER,
        indonesian=Indonesian(
            "Tidak ada hari dengan kelahiran sedemikian banyak sehingga pasti menggantikan isian kosong.",
            "Ekspor mengisi tanggalnya sendiri pada isian kosong: minta daftarnya lagi dengan kosong tetap kosong.",
            things="baris",
            fails="mempunyai tanggal lahir yang satu dan sama",
        ),
    ),
)
