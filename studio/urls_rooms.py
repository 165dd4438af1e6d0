"""Addresses of Home's parts, the brands' specimens, the models and what finds them."""

from django.urls import path

from studio.web import brands, find, home, insight, interface_font, models_room

urlpatterns = [
    path("home/now", home.now, name="home-now"),
    path("home/sample", home.sample_brief, name="sample-brief"),
    path("brands", brands.brand_list, name="brands"),
    path("brands/<slug:slug>", brands.brand_specimen, name="brand"),
    path("brands/<slug:slug>/<int:version>/specimen.css", brands.brand_css, name="brand-css"),
    path("brands/<slug:slug>/<int:version>/faces/<slug:face>-<int:weight>.woff", brands.brand_face, name="brand-face"),
    path("brands/<slug:slug>/<int:version>/logos/<int:place>", brands.brand_logo, name="brand-logo"),
    path("brands/<slug:slug>/<int:version>/references/<int:place>.jpg", brands.brand_reference, name="brand-reference"),
    path("insight", insight.insight, name="insight"),
    path("insight/<slug:chart>.csv", insight.figures, name="insight-figures"),
    path("models", models_room.models, name="models"),
    path("faces/han-<int:number>-<int:weight>.woff", interface_font.han, name="interface-face"),
    path("find", find.find_anything, name="find"),
]
