"""Addresses of the API."""

from django.urls import include, path

from studio.api import assets, briefs, comments, jobs, late_changes, me, pages, schema, webhooks

V1 = [
    path("me", me.Me.as_view(), name="me"),
    path("brands", me.Brands.as_view(), name="brands"),
    path("brands/<slug:slug>", me.Brand.as_view(), name="brand"),
    path("briefs", briefs.Briefs.as_view(), name="briefs"),
    path("briefs/<int:brief_id>", briefs.Brief.as_view(), name="brief"),
    path("briefs/<int:brief_id>/cancel", briefs.CancelBrief.as_view(), name="cancel-brief"),
    path("briefs/<int:brief_id>/undo-cancel", briefs.UndoCancelBrief.as_view(), name="undo-cancel-brief"),
    path("briefs/<int:brief_id>/retry", briefs.RetryBrief.as_view(), name="retry-brief"),
    path("briefs/<int:brief_id>/ahead", briefs.MoveBriefAhead.as_view(), name="move-brief-ahead"),
    path("briefs/<int:brief_id>/reroll", briefs.Reroll.as_view(), name="reroll"),
    path("briefs/<int:brief_id>/jobs", briefs.Jobs.as_view(), name="jobs"),
    path("briefs/<int:brief_id>/late-changes", late_changes.LateChanges.as_view(), name="late-changes"),
    path("jobs/<int:job_id>", jobs.Job.as_view(), name="job"),
    path("jobs/<int:job_id>/cancel", jobs.CancelJob.as_view(), name="cancel-job"),
    path("jobs/<int:job_id>/retry", jobs.RetryJob.as_view(), name="retry-job"),
    path("assets", assets.Assets.as_view(), name="assets"),
    path("assets/<int:asset_id>", assets.Asset.as_view(), name="asset"),
    path("assets/<int:asset_id>/versions", assets.Versions.as_view(), name="versions"),
    path("assets/<int:asset_id>/check", assets.Check.as_view(), name="check-changes"),
    path("assets/<int:asset_id>/more", briefs.MoreLike.as_view(), name="more-like"),
    path("assets/<int:asset_id>/restore", assets.Restore.as_view(), name="restore-version"),
    path("assets/<int:asset_id>/findings", assets.Findings.as_view(), name="findings"),
    path("assets/<int:asset_id>/recipe", assets.Recipe.as_view(), name="recipe"),
    path("assets/<int:asset_id>/design", assets.Design.as_view(), name="design"),
    path("assets/<int:asset_id>/comments", comments.Comments.as_view(), name="comments"),
    path("late-changes/<int:change_id>", late_changes.LateChange.as_view(), name="late-change"),
    path("late-changes/<int:change_id>/undo", late_changes.UndoLateChange.as_view(), name="undo-late-change"),
    path("late-changes/<int:change_id>/redo", late_changes.RedoLateChange.as_view(), name="redo-late-change"),
    path("comments/<int:comment_id>", comments.Comment.as_view(), name="comment"),
    path("comments/<int:comment_id>/resolve", comments.ResolveComment.as_view(), name="resolve-comment"),
    path("comments/<int:comment_id>/reopen", comments.ReopenComment.as_view(), name="reopen-comment"),
    path("webhooks", webhooks.Webhooks.as_view(), name="webhooks"),
    path("webhooks/<int:webhook_id>", webhooks.Webhook.as_view(), name="webhook"),
    path("webhooks/<int:webhook_id>/secret", webhooks.NewSecret.as_view(), name="new-webhook-secret"),
    path("webhooks/<int:webhook_id>/ping", webhooks.Ping.as_view(), name="ping-webhook"),
    path("webhooks/<int:webhook_id>/deliveries", webhooks.Deliveries.as_view(), name="deliveries"),
    path("deliveries/<int:delivery_id>/replay", webhooks.Replay.as_view(), name="replay-delivery"),
]

app_name = "api"
urlpatterns = [
    path("v1/", include(V1)),
    path("schema/", schema.document, name="schema"),
    path("docs", pages.docs, name="docs"),
]
