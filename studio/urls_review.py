"""Addresses of the review room."""

from django.urls import path

from studio.web import review, review_acts, review_decide

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
]
