"""What the command line needs to know before the sandbox itself is loaded."""

DEFAULT_PORT = 8081
