"""Addresses on which a brand is started, drafted, published and taken back."""

from django.urls import path

from studio.web import brand_drafts, brand_references, brand_shadow, brand_start, brand_versions

urlpatterns = [
    path("new-brand", brand_drafts.new_brand, name="new-brand"),
    path("brands/<slug:slug>/draft", brand_drafts.draft, name="brand-draft"),
    path("brands/<slug:slug>/draft/start", brand_start.start, name="start-brand"),
    path("brands/<slug:slug>/draft/references", brand_references.add_reference, name="add-reference"),
    path(
        "brands/<slug:slug>/draft/references/<str:token>.jpg", brand_references.draft_reference, name="draft-reference"
    ),
    path("brands/<slug:slug>/draft/preview", brand_drafts.preview, name="preview-brand"),
    path("brands/<slug:slug>/draft/specimen.css", brand_drafts.draft_css, name="brand-draft-css"),
    path(
        "brands/<slug:slug>/draft/faces/<slug:face>-<int:weight>.woff", brand_drafts.draft_face, name="brand-draft-face"
    ),
    path("brands/<slug:slug>/draft/shadow", brand_shadow.shadow, name="shadow-brand"),
    path("brands/<slug:slug>/draft/import", brand_drafts.import_style, name="import-brand"),
    path("brands/<slug:slug>/draft/publish", brand_versions.publish_brand, name="publish-brand"),
    path("brands/<slug:slug>/draft/discard", brand_versions.discard, name="discard-brand-draft"),
    path("brands/<slug:slug>/versions", brand_versions.versions, name="brand-versions"),
    path("brands/<slug:slug>/<int:version>/roll-back", brand_versions.roll_back, name="roll-back-brand"),
    path("brands/<slug:slug>/<int:version>/brand.zip", brand_versions.export, name="export-brand"),
]
