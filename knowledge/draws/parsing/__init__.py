"""Official feeds and pages read into draws. Pure: bytes or text in, draws and what could not be read out."""
