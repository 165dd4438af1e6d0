#!/usr/bin/env python
"""The command line of the studio."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    from django.core.management import execute_from_command_line

    from studio.preparation import prepare_for

    prepare_for(sys.argv)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
