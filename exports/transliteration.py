"""Letters that an encoding cannot hold, written with those it can."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart into a plain one and a mark.
_ALONE = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i", "ß": "ss",
    "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D",
    "ŋ": "ng", "Ŋ": "Ng", "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-",
    "…": "...",
}  # fmt: skip


def transliterated(text: str, encoding: str) -> str:
    """A text whose letters that the encoding cannot hold are written with those it can, where one knows how.

    Examples
    --------
    >>> transliterated("Łęcka, Żaneta 李", "cp1252")
    'Lecka, Zaneta 李'
    >>> transliterated("Müller", "cp1252"), transliterated("Müller", "ascii")
    ('Müller', 'Muller')
    """
    return "".join(letter if fits(letter, encoding) else _plain(letter) for letter in text)


def fits(text: str, encoding: str) -> bool:
    """Whether an encoding can hold every letter of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _plain(letter: str) -> str:
    if letter in _ALONE:
        return _ALONE[letter]
    parts = unicodedata.normalize("NFKD", letter)
    kept = "".join(_ALONE.get(part, part) for part in parts if not unicodedata.combining(part))
    return kept or letter
