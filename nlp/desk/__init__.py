"""The desk: a page on this machine to check a draft (检查), read the tags of a run (浏览) and review them (复核)."""
