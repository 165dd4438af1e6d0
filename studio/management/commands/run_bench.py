"""The process that composes what people edit on the bench; `make run` keeps one."""

from typing import Any

from django.core.management.base import BaseCommand

from generation.editing.asking import socket_path


class Command(BaseCommand):
    help = "Compose edits for the web process of this host, over a socket in the run folder."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own annotation

    def handle(self, *args: Any, **options: Any) -> None:
        from generation.editing.serving import serve

        serve(socket_path())
