"""The forms in which corpora arrive, one file each: ``read(path, encoding, columns, findings)`` yields examples."""
