#!/usr/bin/env python
"""The command line of the studio."""

import os
import sys

INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    from django.core.management import execute_from_command_line

    from studio.preparation import prepare_for

    try:
        prepare_for(sys.argv)
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was finished stays.\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
