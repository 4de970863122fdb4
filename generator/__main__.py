"""`python -m generator` is `broadsheet`."""

from generator.cli import main

if __name__ == "__main__":
    main(prog_name="broadsheet")
