"""`python -m smartlib`: the same as the command `smartlib` (floor 6)."""

from smartlib.cli import main

if __name__ == "__main__":
    main()
