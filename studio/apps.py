from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "studio"

    def ready(self) -> None:
        from studio import checks, masking, preparation  # noqa: F401  (registers the system checks)

        masking.remember_settings()
