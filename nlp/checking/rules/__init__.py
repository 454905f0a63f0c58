"""The rules on one report: a file holds one check with the rules that it applies, and is found because it is here."""
