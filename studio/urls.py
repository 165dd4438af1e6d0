"""Every address of the studio."""

from django.urls import include, path, re_path

from studio import health, metrics
from studio.web import (
    assets,
    brief_help,
    briefs,
    compare,
    cutouts,
    elements,
    events,
    home,
    preferences,
    session,
    wall_acts,
    walls,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("studio.urls_rooms")),
    path("", include("studio.urls_brands")),
    path("sign-in", session.SignIn.as_view(), name="sign-in"),
    path("sign-out", session.SignOut.as_view(), name="sign-out"),
    path("preferences", preferences.choose, name="preferences"),
    path("briefs", briefs.brief_list, name="briefs"),
    path("briefs/new", briefs.new_brief, name="new-brief"),
    path("briefs/check", briefs.check, name="check-brief"),
    path("briefs/fit", brief_help.fit, name="fit-brief"),
    path("briefs/headlines", brief_help.headlines, name="brief-headlines"),
    path("briefs/pasted", brief_help.pasted, name="pasted-brief"),
    path("briefs/<int:brief_id>", walls.wall, name="wall"),
    path("briefs/<int:brief_id>/live", walls.live, name="live"),
    path("briefs/<int:brief_id>/events", events.events, name="events"),
    path("briefs/<int:brief_id>/cancel", walls.cancel_brief, name="cancel-brief"),
    path("briefs/<int:brief_id>/undo-cancel", walls.undo_cancel, name="undo-cancel"),
    path("briefs/<int:brief_id>/retry", walls.retry_brief, name="retry-brief"),
    path("briefs/<int:brief_id>/compare", compare.compare, name="compare"),
    path("briefs/<int:brief_id>/stars", wall_acts.star, name="star"),
    path("briefs/<int:brief_id>/reroll", wall_acts.reroll_selected, name="reroll"),
    path("briefs/<int:brief_id>/more", wall_acts.more_like_selected, name="more-like-selected"),
    path("assets/<int:asset_id>/more", wall_acts.more_like_one, name="more-like"),
    path("briefs/<int:brief_id>/ahead", walls.move_ahead, name="move-ahead"),
    path("briefs/<int:brief_id>/brief.yaml", briefs.source, name="brief-source"),
    path("briefs/<int:brief_id>/assets.zip", assets.download_brief, name="download-brief"),
    path("jobs/<int:job_id>/cancel", walls.cancel_job, name="cancel-job"),
    path("jobs/<int:job_id>/retry", walls.retry_job, name="retry-job"),
    path("jobs/<int:job_id>/preview-<int:step>.jpg", walls.preview, name="preview"),
    path("assets/<int:asset_id>", assets.asset, name="asset"),
    path("assets/<int:asset_id>/picture.png", assets.picture, name="picture"),
    path("assets/<int:asset_id>/thumbnail.jpg", assets.thumbnail, name="thumbnail"),
    re_path(
        r"^assets/(?P<asset_id>\d{1,18})/(?P<kind>design|recipe|preflight)\.json$", assets.document, name="document"
    ),
    path("", include("studio.urls_bench")),
    path("elements", elements.library, name="elements"),
    path("elements/order", elements.order, name="order-elements"),
    path("elements/<int:element_id>/picture.png", elements.picture, name="element-picture"),
    path("elements/<int:element_id>/thumbnail.png", elements.thumbnail, name="element-thumbnail"),
    path("elements/<int:element_id>/remove", elements.remove, name="remove-element"),
    path("elements/<int:element_id>/restore", elements.restore, name="restore-element"),
    path("cutouts/new", cutouts.new_cut_out, name="new-cut-out"),
    path("cutouts/<int:cut_out_id>", cutouts.cut_out, name="cut-out"),
    path("cutouts/<int:cut_out_id>/photo.png", cutouts.photo, name="cut-out-photo"),
    path("cutouts/<int:cut_out_id>/alpha.png", cutouts.alpha, name="cut-out-alpha"),
    path("cutouts/<int:cut_out_id>/cut", cutouts.cut, name="recut"),
    path("cutouts/<int:cut_out_id>/confirm", cutouts.confirm, name="confirm-cut-out"),
    path("cutouts/<int:cut_out_id>/discard", cutouts.discard, name="discard-cut-out"),
    path("cutouts/<int:cut_out_id>/restore", cutouts.restore, name="restore-cut-out"),
    path("", include("studio.urls_review")),
    path("", include("studio.urls_learners")),
    path("", include("studio.urls_people")),
    path("", include("studio.urls_webhooks")),
    path("api/", include("studio.api.urls")),
    path("health", health.health, name="health"),
    path("ready", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
]

handler400 = "studio.web.errors.bad_request"
handler404 = "studio.web.errors.not_found"
handler403 = "studio.web.errors.forbidden"
handler500 = "studio.web.errors.broken"
