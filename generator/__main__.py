"""`python -m generator`: the command `kehoach`."""

from generator.cli.main import main

if __name__ == "__main__":  # a process that a build starts imports this module too
    main()
