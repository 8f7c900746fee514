"""``python -m tajikpeace_refs``: the command line."""

from tajikpeace_refs.cli import main

main()
