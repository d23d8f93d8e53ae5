"""Where a person finds people: licensed representatives, legal aid, settlement services, the program itself."""
