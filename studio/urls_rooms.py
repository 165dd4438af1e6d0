"""Addresses of Home's parts, the brands' specimens, the models and what finds them."""

from django.urls import path

from studio.web import home

urlpatterns = [
    path("home/now", home.now, name="home-now"),
    path("home/sample", home.sample_brief, name="sample-brief"),
]
