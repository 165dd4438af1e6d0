"""Addresses of the bench, of downloads and of late changes."""

from django.urls import path

from studio.web import bench

urlpatterns = [
    path("assets/<int:asset_id>/compose", bench.compose, name="compose"),
    path("assets/<int:asset_id>/findings", bench.findings, name="compose-findings"),
    path("assets/<int:asset_id>/versions", bench.save, name="save-version"),
    path("assets/<int:asset_id>/restore", bench.restore, name="restore-version"),
]
