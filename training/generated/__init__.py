"""Whole reports made up from a seed, with what each cell and sentence means: for measuring, never for learning."""
