"""Ontario beside other provinces: facts for a fair, dated comparison, never a ranking."""
