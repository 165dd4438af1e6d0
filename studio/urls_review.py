"""Addresses of the review room."""

from django.urls import path

from studio.web import review, review_acts, review_assign, review_brand, review_decide, review_gold, review_rubric

urlpatterns = [
    path("review", review.review_room, name="review"),
    path("review/queue", review.review_queue, name="review-queue"),
    path("review/next", review_acts.next_seats, name="review-next"),
    path("review/answer", review_acts.answer, name="review-answer"),
    path("review/skip", review_acts.skip, name="review-skip"),
    path("review/undo", review_acts.undo, name="review-undo"),
    path("review/keep", review_acts.keep, name="review-keep"),
    path("review/leave", review_acts.leave, name="review-leave"),
    path("review/items/<int:item_id>", review_decide.decide, name="review-decide"),
    path("review/items/<int:item_id>/gold", review_gold.keep_gold, name="review-keep-gold"),
    path("review/items/<int:item_id>/retire", review_gold.retire_gold, name="review-retire-gold"),
    path("review/brands/<slug:slug>", review_brand.review_brand, name="review-brand"),
    path("review/brands/<slug:slug>/policy", review_brand.change_policy, name="review-policy"),
    path("review/brands/<slug:slug>/dimensions", review_rubric.add_dimension, name="review-add-dimension"),
    path("review/brands/<slug:slug>/defects", review_rubric.add_defect, name="review-add-defect"),
    path("review/brands/<slug:slug>/remove", review_rubric.remove_from_rubric, name="review-remove"),
    path("review/briefs/<int:brief_id>/assign", review_assign.assign, name="review-assign"),
]
