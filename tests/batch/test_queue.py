"""What is still to be done: copies wait for their original, and are done when it gives no result."""

from nlp.batch.run import Run


def test_a_copy_is_counted_once_though_its_original_vanishes(write_passages, tmp_path):
    folder = write_passages(tmp_path / "in" / "a", 1)
    (copies := tmp_path / "in" / "b").mkdir()
    (copies / "00000.txt").write_bytes((folder / "00000.txt").read_bytes())
    told = []

    def vanish(done, total, failed):
        (folder / "00000.txt").unlink(missing_ok=True)  # the copy has been passed over, the original not yet read
        told.append((done, total, failed))

    with Run([tmp_path / "in"], tmp_path / "out", jobs=0, progress=vanish) as run:
        run.tag()
    # The copy is passed over, the original is a failure, and then the copy, no copy any more, is tagged.
    assert told == [(1, 2, 0), (2, 2, 1), (2, 2, 1)]
