"""Bytes of a text file -> UTF-8 with one kind of line end. What the text means is not known here."""

import codecs
import re

from welfare_pipeline.ingest.file_error import FileRejectedError

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PIECE = 4 * 2**20  # bytes
_LINE_WITH_LETTERS_BEYOND_ASCII = re.compile(
    rb"(?m)^[^\n\x80-\xff]*+[\x80-\xff][^\n]*"
)  # tries a line once, not from each of its places


def as_utf8(content: bytes) -> bytes:
    """The text as UTF-8 with line feeds for line ends and no byte order mark.

    Raises:
        FileRejectedError: the text holds NUL bytes (half-written, or UTF-16 without its mark) or is cut within UTF-16.

    """
    text = _decoded(content)
    if b"\0" in text:
        message = "it holds NUL bytes, as half-written files or UTF-16 without a byte order mark do; save it as UTF-8"
        raise FileRejectedError(message)
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.replace(codecs.BOM_UTF8, b"").rstrip(b"\x1a")  # files that were put together have marks inside


def _decoded(content: bytes) -> bytes:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _recoded(content[len(mark) :], encoding)
    if content.isascii() or _is_utf8(content):
        return content
    return _LINE_WITH_LETTERS_BEYOND_ASCII.sub(_line_as_utf8, content)  # put together by hand: lines of both kinds


def _is_utf8(content: bytes) -> bool:
    """Looked at piece by piece: the whole text of one letter beyond Latin-1 takes twice the file's memory, or more."""
    decoder, view = codecs.getincrementaldecoder("utf-8")(), memoryview(content)
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(view[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _line_as_utf8(line: re.Match[bytes]) -> bytes:
    try:
        return line[0].decode("utf-8").encode("utf-8")
    except UnicodeDecodeError:
        return line[0].decode("cp1252", errors="replace").encode("utf-8")


def _recoded(content: bytes, encoding: str) -> bytes:
    try:
        return content.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        message = f"its text breaks off within {encoding.upper()}; export it again"
        raise FileRejectedError(message) from error
