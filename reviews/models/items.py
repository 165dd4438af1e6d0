"""What is to be judged, and the seats from which it is."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Item(models.Model):
    """A picture, or two of one brief side by side, to be judged by `overlap` reviewers who don't see each other's answers.

    `maker`: whose brief it is; they never judge it. `four_eyes`: usable only if two people say so each for themselves. `strategy` names
    what put it in its place of the queue and `chosen_by` the scorer that was asked (empty for none); both stay as they were when the
    first reviewer got it. `rank`: higher is sooner. `expected`: a gold item's right answer ({"verdict", "defects"}).
    """

    class Kind(models.TextChoices):
        SINGLE = "single"
        PAIR = "pair"

    class Purpose(models.TextChoices):
        LABEL = "label"
        GOLD = "gold"  # its answer is known: tells how well somebody judges
        REPEAT = "repeat"  # judged by the same person before: tells how steady they are
        GATE = "gate"  # base against candidate of a learner, blind

    class State(models.TextChoices):
        OPEN = "open"
        SPLIT = "split"  # the reviewers disagree: somebody else decides
        SETTLED = "settled"
        WITHDRAWN = "withdrawn"  # a newer version took its place

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="review_items")
    asset = models.ForeignKey("generation.Asset", on_delete=models.PROTECT, related_name="review_items")
    other = models.ForeignKey("generation.Asset", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.SINGLE)
    purpose = models.CharField(max_length=6, choices=Purpose.choices, default=Purpose.LABEL)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    overlap = models.PositiveSmallIntegerField(default=1)
    four_eyes = models.BooleanField(default=False)
    strategy = models.CharField(max_length=20, default="arrival")
    chosen_by = models.CharField(max_length=60, blank=True, default="")
    chosen_score = models.FloatField(null=True, blank=True)
    rank = models.FloatField(default=0.0)
    due_at = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    expected = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["asset"], condition=Q(purpose="label", kind="single"), name="one_label_item_per_asset"
            ),
            models.UniqueConstraint(
                fields=["asset", "other"], condition=Q(purpose="label", kind="pair"), name="one_label_item_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(kind="pair", other__isnull=False) | Q(kind="single", other__isnull=True),
                name="a_pair_has_two_pictures",
            ),
            models.CheckConstraint(
                condition=Q(purpose="gold", expected__isnull=False) | ~Q(purpose="gold"), name="gold_has_an_answer"
            ),
        )
        indexes = (
            models.Index(fields=["brand", "state", "kind", "-rank"], name="items_of_a_brand"),
            models.Index(fields=["brand", "purpose"], name="gold_of_a_brand", condition=Q(purpose="gold")),
            models.Index(
                fields=["brand", "due_at"], name="due_of_a_brand", condition=Q(state="open", due_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of {self.brand}"


class Seat(models.Model):
    """One reviewer's place at an item. Open until somebody holds it; theirs while `lease_until` lies ahead and nobody took it over.

    `brand`, `kind`, `maker`, `assigned_to` and `rank` are the item's, so that the next seat is found in one index. A skipped seat stays
    with its holder, so that they don't get the item again, and another one is opened.
    """

    class State(models.TextChoices):
        OPEN = "open"
        HELD = "held"
        DONE = "done"
        SKIPPED = "skipped"
        WITHDRAWN = "withdrawn"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()  # from 1
    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Item.Kind.choices)
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    rank = models.FloatField(default=0.0)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats", null=True, blank=True
    )
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    served_at = models.DateTimeField(null=True, blank=True)  # when its holder first got it

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["item", "number"], name="one_seat_per_number"),
            models.UniqueConstraint(
                fields=["item", "holder"], condition=Q(holder__isnull=False), name="one_seat_per_person"
            ),
            models.CheckConstraint(
                condition=Q(state="held", holder__isnull=False, token__isnull=False, lease_until__isnull=False)
                | (~Q(state="held") & Q(token__isnull=True, lease_until__isnull=True)),
                name="only_held_seats_have_a_lease",
            ),
        )
        indexes = (
            models.Index(fields=["brand", "kind", "-rank", "id"], name="next_seat", condition=Q(state="open")),
            models.Index(fields=["lease_until"], name="seat_lease", condition=Q(state="held")),
            models.Index(fields=["assigned_to"], name="seats_handed_out", condition=Q(assigned_to__isnull=False)),
            models.Index(fields=["holder", "state"], name="seats_of_a_person", condition=Q(holder__isnull=False)),
        )

    def __str__(self) -> str:
        return f"seat {self.number} of item {self.item_id}"
