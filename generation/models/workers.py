"""What the processes that make pictures say of themselves."""

from django.db import models


class WorkerReport(models.Model):
    """One worker process that makes pictures: what it holds, as it says itself. Rows of processes that fell silent are deleted.

    `facts` is what the loaded engine is (see generation.reporting.facts_of), empty until it is loaded. `missing` lists what the
    settings name and this process could not find: {setting, en, zh}.
    """

    worker = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=10, choices=[(s, s) for s in ("loading", "ready", "failed")])
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    facts = models.JSONField(default=dict)
    missing = models.JSONField(default=list)
    memory = models.JSONField(default=dict)  # bytes: {resident, device, device_total}

    def __str__(self) -> str:
        return f"{self.worker}: {self.state}"
