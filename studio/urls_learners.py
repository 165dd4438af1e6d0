"""Addresses of what a brand has learnt."""

from django.urls import path

from studio.web import learners

urlpatterns = [
    path("learners", learners.learners, name="learners"),
    path("learners/<slug:slug>", learners.brand_learners, name="brand-learners"),
    path("learners/<slug:slug>/<slug:learner>/train", learners.train, name="train-learner"),
    path("learners/<slug:slug>/<slug:learner>/roll-back", learners.roll_back, name="roll-back-learner"),
    path("learners/versions/<int:version_id>/<slug:what>", learners.act, name="learner-act"),
    path("learners/versions/<int:version_id>/samples/<int:place>.jpg", learners.sample, name="learner-sample"),
    path("learners/gates/<int:gate_id>/<int:number>-<slug:side>.jpg", learners.gate_picture, name="gate-picture"),
    path("learners/gates/<int:gate_id>/report.json", learners.gate_report, name="gate-report"),
]
