"""Files as damaged as they come: fixtures with mutations, read in this process, every row accounted for."""
