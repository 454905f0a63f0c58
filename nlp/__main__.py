"""``python -m nlp`` is ``gongkai``."""

from nlp.cli.app import main

if __name__ == "__main__":
    main()
