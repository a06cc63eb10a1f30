"""`python -m madata`."""

from madata.cli import main

main()
