"""How a landed name becomes comparable: one list of steps for the whole text, one for each word of it.

Only spelling belongs here. How two names compare stands in `sql/names/name_pairs.sql`, what that is worth in the model.
"""

from collections.abc import Callable, Sequence

import polars as pl

Step = Callable[[pl.Expr], pl.Expr]

_LEADING_TITLES = (
    "H|HJ|HI|HAJI|HAJJAH|DR|DRS|DRA|DRG|IR|KH|KI|KYAI|UST|USTADZ|USTAZ|PROF|TN|TUAN|NY|NYONYA|NN|NONA|SDR|SDRI|BPK|AN"
)
_DEGREES = (
    r"PD|PDI|KOM|SOS|SOSI|AG|AGR|E|EI|H|HI|T|TP|SI|KEP|IP|KM|HUM|P|PT|PI|KED|MD|FARM|HUT|PSI|IKOM|ST|KEB|GZ|AP|AK|SN|TR"
)
_FATHER_MARKS = "BIN|BINTI|BINTE|BINT|BTI|BTE|BNT"
_VARIANTS = {
    "MUHAMAD": "MOH MUH MHD MOHD MUHD MOCH MUCH MOK MHMD MUHAMMAD MOHAMMAD MOHAMAD MUHAMAD MOHAMED MOHAMMED MUHAMED "
    "MOKHAMAD MUKHAMAD MOKHAMMAD MUKHAMMAD MOHAMAT MUHAMAT MUHAMMMAD",
    "SITI": "ST SITTI SITY SITIE STI",
    "ABDUL": "ABD ABDL ABDOL ABDU",
    "NUR": "NOOR NR NOR NUUR",
    "AHMAD": "AKH AKHMAD AHMD AHMAT AKHMAT AMAD",
}
_FULL_FORMS = {variant: full for full, variants in _VARIANTS.items() for variant in variants.split()}
_DROPPED_WORDS = ("HJ", "DRS", "DRA", "ALM", "ALMH", "ALMARHUM", "ALMARHUMAH", "HAJI", "HAJJAH")


def upper_case(name: pl.Expr) -> pl.Expr:
    """Capitals without spaces around."""
    return name.str.to_uppercase().str.strip_chars()


def without_accents(name: pl.Expr) -> pl.Expr:
    """É -> E; letters of other alphabets stay and fall to `letters_only`."""
    return name.str.normalize("NFKD").str.replace_all(r"\p{M}", "")


def without_remarks(name: pl.Expr) -> pl.Expr:
    """`SITI (ALM)` -> `SITI`."""
    return name.str.replace_all(r"\([^)]*\)?", " ")


def digits_as_letters(name: pl.Expr) -> pl.Expr:
    """A zero or one typed inside a word is the letter O or I: `SIT1` -> `SITI`."""
    return name.str.replace_all("0", "O", literal=True).str.replace_all("1", "I", literal=True)


def without_degrees(name: pl.Expr) -> pl.Expr:
    """`RINA, S.PD` -> `RINA`: academic degrees follow the name, after a comma or with dots."""
    return name.str.replace(rf"^(.{{2,}}?)(,\s*[A-Z]{{1,2}}\.|,?\s[SMA]\.)\s*({_DEGREES})\b.*$", "$1")


def joined_apostrophes(name: pl.Expr) -> pl.Expr:
    """`NUR'AINI` -> `NURAINI`."""
    return name.str.replace_all(r"['`’‘ʼ]", "")  # noqa: RUF001  the characters that are meant


def letters_only(name: pl.Expr) -> pl.Expr:
    """Everything but letters is a space between words."""
    return name.str.replace_all("[^A-Z]+", " ").str.strip_chars()


def without_leading_titles(name: pl.Expr) -> pl.Expr:
    """`H ABDUL` -> `ABDUL`; a title that is the whole name stays."""
    return name.str.replace(rf"^(?:(?:{_LEADING_TITLES}) )+([A-Z])", "$1")


def leading_m_as_muhammad(name: pl.Expr) -> pl.Expr:
    """`M RIZKI` -> `MUHAMMAD RIZKI`."""
    return name.str.replace("^M ", "MUHAMMAD ")


def without_father(name: pl.Expr) -> pl.Expr:
    """`ALI BIN UMAR` -> `ALI`: BIN and BINTI announce the father's name."""
    return name.str.replace(rf"^(.+?) (?:{_FATHER_MARKS})\b.*$", "$1")


NAME_STEPS: tuple[Step, ...] = (
    upper_case,
    without_accents,
    without_remarks,
    digits_as_letters,
    without_degrees,
    joined_apostrophes,
    letters_only,
    without_leading_titles,
    leading_m_as_muhammad,
    without_father,
)


def modern_spelling(word: pl.Expr) -> pl.Expr:
    """Spelling before 1972: `SOEKARNO` -> `SUKARNO`, `DJOKO` -> `JOKO`, `TJIPTO` -> `CIPTO`, `ACHMAD` -> `AKHMAD`."""
    old_to_new = {"OE": "U", "DJ": "J", "TJ": "C", "SJ": "SY", "NJ": "NY", "CH": "KH"}
    for old, new in old_to_new.items():
        word = word.str.replace_all(old, new, literal=True)
    return word


def full_forms(word: pl.Expr) -> pl.Expr:
    """Usual abbreviations and variants: `MOH` -> `MUHAMAD`, `ST` -> `SITI`, `ABD` -> `ABDUL`, `NOOR` -> `NUR`."""
    return word.replace(_FULL_FORMS)


def nur_in_front(word: pl.Expr) -> pl.Expr:
    """`NOORHAYATI` -> `NURHAYATI`."""
    return word.str.replace("^NOOR", "NUR")


def single_letters(word: pl.Expr) -> pl.Expr:
    """A doubled letter is written once: `ANNISA` -> `ANISA`."""
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        word = word.str.replace_all(letter * 3, letter, literal=True).str.replace_all(letter * 2, letter, literal=True)
    return word


def without_dropped_words(word: pl.Expr) -> pl.Expr:
    """Titles anywhere in the name count for nothing (null)."""
    return pl.when(word.is_in(_DROPPED_WORDS)).then(None).otherwise(word)


WORD_STEPS: tuple[Step, ...] = (
    modern_spelling,
    nur_in_front,
    full_forms,
    single_letters,
    without_dropped_words,
)


def sound(word: pl.Expr) -> pl.Expr:
    """Words that sound alike fold into one: `FAUZI`, `PAUZI`; `YUSUF`, `JUSUF`; `ZAENAB`, `ZAINAB`."""
    alike = {
        "KH": "H", "TH": "T", "DH": "D", "SH": "S", "GH": "G", "V": "P", "F": "P", "Z": "J", "Q": "K",
        "X": "KS", "AE": "AI", "AY": "AI", "EY": "EI", "Y": "I", "O": "U", "IE": "I",
    }  # fmt: skip
    word = word.str.replace("^Y([AEIOU])", "J$1").str.replace_all("SY([AEIOU])", "S$1")
    for letters, one in alike.items():
        word = word.str.replace_all(letters, one, literal=True)
    return word.str.replace("H+$", "")


def applied(steps: Sequence[Step], column: pl.Expr) -> pl.Expr:
    """The column with the steps applied in order."""
    for step in steps:
        column = step(column)
    return column


def normalised_names(raw: pl.Series) -> pl.DataFrame:
    """One row per distinct raw name with at least one word.

    Returns columns `raw`, `spelling` (words in order), `sorted` (words in alphabetical order), `compact` (no spaces),
    `sound` (sorted words as they sound) and `words` (list). Words are worked on once each, however many names use them.
    """
    names = pl.DataFrame({"raw": raw.unique(maintain_order=True).drop_nulls()}).with_row_index("number")
    words = names.select("number", word=applied(NAME_STEPS, pl.col("raw")).str.split(" ")).explode(
        "word", empty_as_null=True, keep_nulls=True
    )
    spellings = (
        words.select(pl.col("word").unique())
        .with_columns(spelling=applied(WORD_STEPS, pl.col("word")))
        .with_columns(sound=sound(pl.col("spelling")))
    )
    spelled = words.join(spellings, on="word", how="left", maintain_order="left").filter(pl.col("spelling") != "")
    grouped = spelled.group_by("number", maintain_order=True).agg(
        words=pl.col("spelling"), sorted=pl.col("spelling").sort(), sound=pl.col("sound").sort()
    )
    return names.join(grouped, on="number").select(
        "raw",
        spelling=pl.col("words").list.join(" "),
        sorted=pl.col("sorted").list.join(" "),
        compact=pl.col("words").list.join(""),
        sound=pl.col("sound").list.join(" "),
        words=pl.col("words"),
    )
