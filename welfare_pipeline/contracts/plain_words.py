"""Words of headers, sheets and file names that name a thing and never a person, and what they mean.

A text of these words alone may be shown to anybody; any other text may be somebody's name and is told by its place.
Names of months are words of files only, as people bear them: Mei, April, Juli.
"""

# Words that headers use beside those of the aliases in `sources.py`.
_PLAIN = """
    agama aktif akhir akta aktual alasan anak anggota angka asal aset atap bahan bangunan bank bantuan barang baru
    berita besaran bidang biaya bukti bulan cacat cair calon cara catatan cek dana dapur data daftar daerah dan dari
    data daya desa desil dinas disalurkan ditetapkan dokumen domisili dusun email final foto gagal ganda
    gelar golongan gugus hak hari hasil hp hubungan id induk individu info informasi jabatan jalan jam jenis jumlah
    kabupaten kampung kantor kartu kategori kawin keberadaan kecamatan kegiatan kejadian kelahiran kelamin kelas
    keluar keluarga kelompok kelurahan kematian kemiskinan kependudukan kepala kepemilikan kerja kesehatan kesejahteraan
    ket keterangan ketua klasifikasi kode kolom kolektif komponen kondisi konfirmasi kontak koordinat kota kpm krt
    lahan lahir lain lainnya lantai latitude lengkap lingkungan lokasi longitude luas masa masuk mati meninggal menikah
    milik miskin mutasi nagari nama negara nilai nomor nominal operator orang pangan pekerjaan pelaksana pemerintah
    pemutakhiran pendidikan penduduk penerima penerimaan pengurus penghasilan penyakit penyalur penyaluran perbaikan
    perkawinan peringkat peserta petugas pindah pos program provinsi ptkp rangkuman rangking ranking rekap rekapitulasi
    rekening rekam rencana ringkasan rumah rw rt sanitasi satuan segmen sekolah sisa skor sosial status sub suku sumber
    surat tabungan tahap tahun tambahan tanda tangan tanggal telepon telp tempat tercatat terakhir terdaftar terima tgl
    tinggal tingkat tipe total triwulan uang umur urut urutan usia usul usulan utama validasi verifikasi versi
    wafat waktu warna wilayah wni zona
    alm alias adm administrasi nm no nmr kd kab kec kel ds dsn prov thn bln jml jmlh jns tmp tmpt stat sts hub almt
"""
PLAIN_WORDS = frozenset(_PLAIN.split())

# Words that name files and folders besides.
_FILES = """
    januari februari maret april mei juni juli agustus september oktober november desember
    jan feb mar apr jun jul agu ags agt sep sept okt nov nop des dec oct aug may
    arsip backup bak bansos berkas catatan contoh copy dana data doc draft file final fix folder hasil import
    ekspor export kiriman laporan lama lembar list of olahan old new out padan perbaikan publish report revisi rev
    salinan semua sheet siks ng sementara soft softcopy test tes temp tmp template terbaru the tw update versi ver
    dtks dtsen dukcapil dinsos kemensos kemendagri bps agregat semester penduduk rekap unduhan download thumbs
    desktop ds store tanpa terisi
"""
FILE_WORDS = frozenset(_FILES.split())

# Words whose meaning another word has in the aliases: what headers say -> what aliases say.
SAME_WORDS = {
    "nm": "nama", "nma": "nama", "name": "nama",
    "no": "nomor", "nmr": "nomor", "num": "nomor", "nomer": "nomor",
    "tgl": "tanggal", "tanggl": "tanggal", "tg": "tanggal", "date": "tanggal",
    "kd": "kode", "kod": "kode", "code": "kode",
    "jml": "jumlah", "jmlh": "jumlah", "jlh": "jumlah",
    "jns": "jenis", "jen": "jenis", "kelamin": "kelamin", "klmn": "kelamin", "gender": "kelamin",
    "tmp": "tempat", "tmpt": "tempat", "tpt": "tempat", "tmpat": "tempat",
    "lhr": "lahir", "lhir": "lahir", "kelahiran": "lahir", "lgkp": "lengkap", "lkp": "lengkap", "lngkp": "lengkap",
    "kec": "kecamatan", "kcmtn": "kecamatan", "kel": "kelurahan", "ds": "desa", "dsa": "desa", "prog": "program",
    "sts": "status", "stat": "status", "stts": "status", "almt": "alamat", "alm": "alamat", "domisili": "alamat",
    "hub": "hubungan", "kerja": "pekerjaan", "pek": "pekerjaan", "profesi": "pekerjaan",
    "meninggal": "kejadian", "kematian": "kejadian", "wafat": "kejadian", "mati": "kejadian", "pindah": "kejadian",
    "mutasi": "kejadian", "peristiwa": "kejadian",
    "ktp": "nik", "identitas": "nik", "nkk": "kk", "kartu": "kartu", "ibu": "ibu", "mother": "ibu",
    "besaran": "nominal", "nilai": "nominal", "uang": "nominal", "rupiah": "nominal", "rekening": "kks",
    "peringkat": "desil", "decile": "desil", "ranking": "desil", "kesejahteraan": "desil",
    "penyaluran": "salur", "disalurkan": "salur", "cair": "salur", "pencairan": "salur",
    "keputusan": "hasil", "cacat": "disabilitas", "difabel": "disabilitas", "pendidikan": "jenjang",
    "sekolah": "sekolah", "kehamilan": "hamil", "bumil": "hamil",
}  # fmt: skip
# Words that say nothing of their own beside another: `NM_PENDUDUK_LENGKAP` is `nama_lengkap`.
FILLERS = frozenset(
    {"penduduk", "kependudukan", "penerima", "data", "anggota", "warga", "individu", "keluarga", "dari", "pada", "yang"}
)

# Words that are in many headers; alone they are like none.
GENERIC = frozenset({"nomor", "urut", "tanggal", "kode", "jumlah", "jenis", "tahun", "bulan", "id"})

# What else a list is called in file names, beside its own name and its columns' codes.
LIST_WORDS: dict[str, tuple[str, ...]] = {
    "population": ("agregat penduduk", "jumlah penduduk", "data penduduk", "penduduk", "kependudukan", "dak2"),
    "registry": ("dtks", "dtsen", "bdt", "siks", "data terpadu", "registri"),
    "civil_status": ("dukcapil", "padan", "pemadanan", "padanan", "adminduk"),
    "village_meetings": ("jadwal musdes", "pelaksanaan musdes", "musdes", "muskel"),
    "eligibility_decisions": ("hasil musdes", "hasil musyawarah", "hasil verifikasi", "kelayakan", "verivali"),
    "proposals": ("usulan", "usul", "pengusulan"),
    "control_totals": ("kuota", "rekapitulasi", "angka terbitan"),
    "public_employees": ("asn", "pns", "pegawai"),
    "formal_workers": ("bpjs ketenagakerjaan", "ppu", "pekerja formal", "upah"),
    "company_officers": ("ahu", "pengurus perusahaan", "direksi", "perusahaan"),
    "disbursements": ("penyaluran", "realisasi", "transaksi", "salur"),
    "outlet_prices": ("harga", "ewarong", "e warong"),
    "facilitator_reports": ("pendamping", "laporan pendamping", "p2k2"),
    "complaints": ("pengaduan", "aduan", "keluhan"),
    "review_answers": ("jawaban pasangan", "jawaban"),
}
