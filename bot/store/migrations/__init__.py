"""The way every table came to be, oldest first: `versions/NNNN_what.py`, revision NNNN."""
