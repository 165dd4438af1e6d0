from generation.models.assets import Asset
from generation.models.briefs import Brief, Variant
from generation.models.campaigns import Campaign
from generation.models.cutouts import CutOut, ElementOrder
from generation.models.jobs import MADE, RETRIABLE, UNTOLD, WAITING, Job, Preview, Status
from generation.models.late_changes import LateChange, LateItem
from generation.models.learned import Learned
from generation.models.turns import Turn
from generation.models.workers import WorkerReport

__all__ = [
    "MADE",
    "RETRIABLE",
    "UNTOLD",
    "WAITING",
    "Asset",
    "Brief",
    "Campaign",
    "CutOut",
    "ElementOrder",
    "Job",
    "LateChange",
    "LateItem",
    "Learned",
    "Preview",
    "Status",
    "Turn",
    "Variant",
    "WorkerReport",
]
