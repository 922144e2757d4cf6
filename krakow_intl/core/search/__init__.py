"""Finding records by the words people type, whatever the inflection, the diacritics and the language."""
