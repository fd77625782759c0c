"""`python -m generator`: the command `kehoach`."""

from generator.cli import main

main()
