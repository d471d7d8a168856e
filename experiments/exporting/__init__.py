"""Results in the files of other programs, each with a data dictionary that says what its numbers are."""
