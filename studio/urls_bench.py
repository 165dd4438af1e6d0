"""Addresses of the bench, of downloads and of late changes."""

from django.urls import path

from studio.web import bench, downloads, late

urlpatterns = [
    path("assets/<int:asset_id>/compose", bench.compose, name="compose"),
    path("assets/<int:asset_id>/findings", bench.findings, name="compose-findings"),
    path("assets/<int:asset_id>/versions", bench.save, name="save-version"),
    path("assets/<int:asset_id>/restore", bench.restore, name="restore-version"),
    path("briefs/<int:brief_id>/download", downloads.downloads, name="downloads"),
    path("briefs/<int:brief_id>/pictures.zip", downloads.pictures_zip, name="pictures-zip"),
    path("briefs/<int:brief_id>/contact-sheet.pdf", downloads.sheet_pdf, name="contact-sheet"),
    path("briefs/<int:brief_id>/changes", late.late_change, name="late-changes"),
    path("briefs/<int:brief_id>/changes/apply", late.apply, name="apply-late-change"),
    path("briefs/<int:brief_id>/changes/<int:change_id>", late.followed, name="late-change"),
    path("briefs/<int:brief_id>/changes/<int:change_id>/undo", late.undo, name="undo-late-change"),
    path("briefs/<int:brief_id>/changes/<int:change_id>/redo", late.redo, name="redo-late-change"),
]
