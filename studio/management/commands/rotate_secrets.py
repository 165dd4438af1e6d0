"""Seal every kept secret anew with the first key of SECRETS_KEY. Safe to repeat; afterwards the older keys may go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studio import secrets_store


class Command(BaseCommand):
    help = "Seal every kept secret anew with the first key of SECRETS_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = secrets_store.reseal()
        except secrets_store.CannotOpen as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} sealed with the first key.")
