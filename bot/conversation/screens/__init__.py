"""One screen of the conversation per module; each gives the replies for one place in it."""
