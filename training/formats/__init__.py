"""The forms in which corpora arrive and tasks leave, one file each.

``read(path, encoding, columns, findings)`` yields examples, ``write(path, tasks)`` writes tasks and gives the paths written.
"""
