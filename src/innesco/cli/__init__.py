"""The command line: every command prints a table, or JSON with `--json`."""
