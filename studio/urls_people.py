"""Addresses of people, accounts, settings, comments and client links."""

from django.urls import path

from studio.web import account, clients, comments, elsewhere, joining, people, studio_settings, undo

urlpatterns = [
    path("assets/<int:asset_id>/comments", comments.asset_comments, name="asset-comments"),
    path("comments/<int:comment_id>/resolve", comments.resolve_comment, name="resolve-comment"),
    path("sign-in/elsewhere", elsewhere.leave, name="sign-in-elsewhere"),
    path("sign-in/elsewhere/back", elsewhere.back, name="sign-in-back"),
    path("people", people.people, name="people"),
    path("people/invite", people.make_invite, name="invite"),
    path("people/invites/<int:invite_id>/withdraw", people.withdraw_invite, name="withdraw-invite"),
    path("people/members/<int:member_id>/role", people.change_role, name="change-role"),
    path("people/members/<int:member_id>/remove", people.remove_member, name="remove-member"),
    path("people/<int:person_id>/reset", people.make_reset, name="reset-link"),
    path("people/<int:person_id>/shut-out", people.shut_out, name="shut-out"),
    path("people/<int:person_id>/let-in", people.let_in, name="let-in"),
    path("join/<str:key>", joining.join_page, name="join"),
    path("account", account.account, name="account"),
    path("account/password", account.change_password, name="change-password"),
    path("account/sessions/<int:session_id>/end", account.end_session, name="end-session"),
    path("account/sessions/end-others", account.end_others, name="end-others"),
    path("account/tokens", account.new_token, name="new-token"),
    path("account/tokens/<int:token_id>/revoke", account.revoke_token, name="revoke-token"),
    path("settings", studio_settings.studio_settings, name="settings"),
    path("settings/quotas/<slug:slug>", studio_settings.change_quota, name="change-quota"),
    path("settings/secrets/<slug:name>", studio_settings.change_secret, name="change-secret"),
    path("undo", undo.undo, name="undo"),
    path("briefs/<int:brief_id>/share", clients.share, name="share"),
    path("links/<int:link_id>/withdraw", clients.withdraw_link, name="withdraw-link"),
    path("c/<str:key>", clients.client, name="client"),
    path("c/<str:key>/comment", clients.client_comment, name="client-comment"),
    path("c/<str:key>/sign-off", clients.client_sign_off, name="client-sign-off"),
    path("files/<str:signed>", clients.signed_file, name="signed-file"),
]
