"""Sentences of people, accounts, settings and client links."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


PEOPLE: dict[str, Words] = {
    "not_allowed.title": _w("Not with your role", "你的角色无此权限"),
    # frame
    "people": _w("People", "成员"),
    "account": _w("My account", "我的账户"),
    "settings": _w("Settings", "设置"),
    "undo": _w("Undo", "撤销"),
    "undo.over": _w(
        "It is too late to undo that. Do it again by hand if it was a mistake.",
        "已超过撤销时间。如属误操作，请手动恢复。",
    ),
    "undo.title": _w("Too late to undo", "无法撤销"),
    "copy": _w("Copy", "复制"),
    "copied": _w("Copied", "已复制"),
    "save": _w("Save", "保存"),
    "shown_once": _w(
        "Copy it now: it is not kept here and cannot be shown again.", "请立即复制：系统不会保存，之后无法再次查看。"
    ),
    "expires": _w("good until", "有效期至"),
    "expired": _w("expired", "已过期"),
    # roles
    "role": _w("Role", "角色"),
    "role.owner": _w("owner", "所有者"),
    "role.designer": _w("designer", "设计师"),
    "role.operator": _w("operator", "运营"),
    "role.reviewer": _w("reviewer", "评审"),
    "role.viewer": _w("viewer", "访客"),
    "role.none": _w("You have no role for any brand yet.", "你尚未加入任何品牌。"),
    "acts": _w("What each role may do", "各角色权限"),
    "act": _w("What", "权限"),
    "act.view": _w("See briefs, pictures and elements", "查看简报、图片与元素"),
    "act.comment": _w("Comment", "评论"),
    "act.review": _w("Review pictures", "评审图片"),
    "act.make": _w("Write briefs, make and change pictures", "撰写简报、制作与修改图片"),
    "act.share": _w("Share pictures with clients", "向客户分享图片"),
    "act.edit_brand": _w("Draft the brand's style", "编辑品牌风格"),
    "act.connect": _w("Connect webhooks", "管理 Webhook"),
    "act.publish": _w("Publish styles, deliver pictures", "发布风格、交付图片"),
    "act.manage": _w("Manage people and quotas", "管理成员与额度"),
    "yes": _w("yes", "可以"),
    "no": _w("no", "不可以"),
    # people
    "people.lead": _w(
        "Who works for which brand. An owner invites by a link that works once; no e-mail is sent.",
        "管理各品牌的成员。所有者通过一次性链接邀请新成员，无需电子邮件。",
    ),
    "people.you": _w("you", "你"),
    "people.inactive": _w("shut out", "已停用"),
    "people.runs": _w("runs the studio", "工坊管理员"),
    "people.role_of": _w("Role of", "角色："),
    "people.remove": _w("Remove", "移除"),
    "people.removed": _w("Removed:", "已移除："),
    "people.invite": _w("Invite somebody", "邀请成员"),
    "people.note": _w("Whom for", "邀请对象"),
    "people.note.hint": _w("For you only: a name or a team.", "仅供识别：姓名或团队。"),
    "people.make_link": _w("Make a link", "生成链接"),
    "people.link_made": _w(
        "Send this link to whom you invite. It works once, for 7 days.",
        "请将链接发给受邀人。7 天内有效，仅可使用一次。",
    ),
    "people.reset_made": _w(
        "Send this link to its person. It lets them choose a new password, once, within a day:",
        "请将链接发给本人。一天内可用它重设密码，仅限一次：",
    ),
    "people.waiting": _w("Links not used yet", "尚未使用的链接"),
    "people.withdraw": _w("Withdraw", "撤回"),
    "people.withdrawn": _w("Withdrawn:", "已撤回："),
    "people.everyone": _w("Everyone in this studio", "工坊全部成员"),
    "people.everyone.lead": _w(
        "You run this studio: you may give anyone a new password or shut them out. What they made stays.",
        "你是工坊管理员，可为任何人重设密码或停用账户。其作品会保留。",
    ),
    "people.reset": _w("New password link", "重设密码链接"),
    "people.deactivate": _w("Shut out", "停用"),
    "people.reactivate": _w("Let in again", "恢复"),
    "people.no_brand": _w("no brand", "未加入品牌"),
    "people.alone": _w("Nobody else works for this brand yet. Invite somebody.", "该品牌暂无其他成员，请邀请。"),
    "people.old_choice": _w(
        "That choice is not offered. Reload the page and choose again.", "该选项不存在，请刷新后重选。"
    ),
    # joining
    "join": _w("Join", "加入"),
    "join.lead": _w("You are invited to work for", "邀请你加入品牌"),
    "join.as": _w("as", "，角色："),
    "join.name": _w("Choose a name", "设置用户名"),
    "join.name.hint": _w("You sign in with it. Letters, digits, @ . + - _", "用于登录。可含文字、数字和 @ . + - _"),
    "join.password": _w("Choose a password", "设置密码"),
    "join.password.hint": _w("8 characters or more.", "至少 8 个字符。"),
    "join.signed_in_as": _w("You are signed in as", "当前登录身份："),
    "join.have_login": _w(
        "You have a login here? Sign in first, then open this link again.", "已有账户？请先登录，再打开此链接。"
    ),
    "join.over": _w("This link does not work", "链接无法使用"),
    "reset": _w("Choose a new password", "设置新密码"),
    "reset.for": _w("For", "账户："),
    "reset.lead": _w(
        "Every browser that is signed in now will have to sign in again.", "其他已登录的浏览器需要重新登录。"
    ),
    # account
    "account.screen": _w("This screen", "本机显示"),
    "account.password": _w("Password", "密码"),
    "account.old": _w("Password now", "当前密码"),
    "account.new": _w("New password", "新密码"),
    "account.change": _w("Change it", "修改密码"),
    "account.changed": _w("Changed. Your other sessions have ended.", "密码已修改，其他会话均已结束。"),
    "account.wrong": _w("That is not your password now. Check it and try again.", "当前密码不正确，请核对后重试。"),
    "account.none": _w("You sign in elsewhere and have no password here.", "你通过外部服务登录，此处没有密码。"),
    "account.sessions": _w("Where you are signed in", "登录中的设备"),
    "account.this": _w("this one", "当前"),
    "account.seen": _w("last seen", "最近活动"),
    "account.since": _w("since", "登录于"),
    "account.end": _w("End it", "结束会话"),
    "account.end_others": _w("End all others", "结束其他全部会话"),
    "account.tokens": _w("API tokens", "API 令牌"),
    "account.tokens.lead": _w(
        "A program's way in. A token does what you may do and no more, within its scopes, until it expires.",
        "供程序访问使用。令牌只能在其权限范围和有效期内，做你本人可做的事。",
    ),
    "account.tokens.none": _w(
        "No tokens yet. Make one below when a program needs to come in.", "还没有令牌。程序需要访问时，请在下方新建。"
    ),
    "account.token.name": _w("What uses it", "用途"),
    "account.token.scopes": _w("What it may do", "权限范围"),
    "account.token.brands": _w("Only for", "限定品牌"),
    "account.token.brands.hint": _w("None chosen: every brand you work for.", "不选则适用于你的全部品牌。"),
    "account.token.days": _w("Lasts", "有效期"),
    "account.token.make": _w("Make the token", "新建令牌"),
    "account.token.made": _w("The new token:", "新令牌："),
    "account.token.used": _w("last used", "最近使用"),
    "account.token.unused": _w("not used yet", "尚未使用"),
    "account.token.revoke": _w("Revoke", "撤销令牌"),
    "account.token.revoked": _w("Revoked:", "已撤销："),
    "account.token.ends_in": _w("ends in", "末尾为"),
    "days": _w("days", "天"),
    "scope.read": _w("read", "读取"),
    "scope.make": _w("make pictures", "制作图片"),
    "scope.review": _w("review", "评审"),
    "scope.publish": _w("publish", "发布"),
    "scope.admin": _w("administer", "管理"),
    # settings
    "settings.lead": _w(
        "Machine time, keys, and which addresses the studio may ask.", "机时额度、密钥，以及工坊可访问的地址。"
    ),
    "settings.quota": _w("Machine time", "机时额度"),
    "settings.quota.lead": _w(
        "Seconds a brand may take. When they are used up, new briefs wait for the next day or month (UTC).",
        "每个品牌可用的机时（秒）。用完后，新简报需等到次日或次月（UTC）。",
    ),
    "settings.day": _w("Per day", "每天"),
    "settings.month": _w("Per month", "每月"),
    "settings.used": _w("used", "已用"),
    "settings.no_limit": _w("no limit", "不限"),
    "settings.seconds": _w("seconds", "秒"),
    "settings.quota.bad": _w(
        "Give whole seconds from 0 to 100000000, or leave it empty for no limit.",
        "请填写 0 到 100000000 的整数秒，留空表示不限。",
    ),
    "settings.saved": _w("Saved.", "已保存。"),
    "settings.secrets": _w("Keys", "密钥"),
    "settings.secrets.lead": _w(
        "Encrypted where they are kept. They can be set and forgotten here, not read.",
        "加密保存。此处只能设置或清除，无法查看。",
    ),
    "settings.secret.set": _w("set on", "设置于"),
    "settings.secret.none": _w("not set", "未设置"),
    "settings.secret.environment": _w("set by the environment, which goes first:", "由环境变量设置，优先生效："),
    "settings.secret.new": _w("New value", "新值"),
    "settings.secret.forget": _w("Forget", "清除"),
    "settings.secret.bad": _w("A key has 1 to 4000 characters.", "密钥长度为 1 到 4000 个字符。"),
    "settings.outbound": _w("Addresses", "可访问地址"),
    "settings.outbound.lead": _w(
        "The studio asks public addresses only. On this machine or a private network it asks those listed in OUTBOUND_ALLOW:",
        "工坊仅访问公网地址。本机或内网地址须列入 OUTBOUND_ALLOW：",
    ),
    "settings.outbound.none": _w("None is listed.", "未列出任何地址。"),
    "settings.sign_in": _w("Signing in elsewhere", "外部登录"),
    "settings.sign_in.none": _w(
        "Not offered. Set OIDC_ISSUER and OIDC_CLIENT_ID to offer it.",
        "未启用。设置 OIDC_ISSUER 与 OIDC_CLIENT_ID 后启用。",
    ),
    "settings.staff_only": _w(
        "Keys and addresses are shown to whoever runs the studio.", "密钥与地址仅对工坊管理员显示。"
    ),
    # sign in elsewhere
    "oidc.with": _w("Sign in with", "使用以下方式登录："),
    "oidc.old": _w(
        "That took too long, or came from another window. Start again from the sign-in page.",
        "登录超时，或来自其他窗口。请从登录页重新开始。",
    ),
    "oidc.refused": _w(
        "The sign-in provider did not let you in. Ask its administrator, or sign in with a password.",
        "登录服务未通过你的登录。请联系其管理员，或使用密码登录。",
    ),
    "oidc.title": _w("Signing in did not work", "登录未成功"),
    # sharing
    "share": _w("Share with a client", "分享给客户"),
    "share.lead": _w(
        "A link shows this brief's pictures that passed, and nothing else. Whoever has it may comment and sign off without a login.",
        "链接仅展示该简报中通过检查的图片。持有链接者无需登录即可评论与确认。",
    ),
    "share.name": _w("Whom for", "分享对象"),
    "share.make": _w("Make a link", "生成链接"),
    "share.made": _w("Send this link:", "请发送此链接："),
    "share.links": _w("Links", "链接"),
    "share.none": _w("No links yet.", "还没有链接。"),
    "share.opened": _w("last opened", "最近打开"),
    "share.unopened": _w("not opened yet", "尚未打开"),
    "share.withdraw": _w("Withdraw", "撤回"),
    "share.withdrawn": _w("Withdrawn:", "已撤回："),
    "share.said": _w("What clients said", "客户意见"),
    "share.said.none": _w("Nothing yet.", "暂无意见。"),
    "share.crumb": _w("Share", "分享"),
    # client
    "client.lead": _w("For you to look at. Click a picture to point at something.", "请查看。点击图片可标记具体位置。"),
    "client.your_name": _w("Your name", "您的姓名"),
    "client.approve": _w("Approve", "确认通过"),
    "client.change": _w("Ask for changes", "请求修改"),
    "client.approved": _w("approved by", "已确认："),
    "client.to_change": _w("changes asked for by", "请求修改："),
    "client.comment": _w("Comment", "评论"),
    "client.send": _w("Send the comment", "发送评论"),
    "client.empty": _w("No pictures yet. This page shows them when they are made.", "图片制作完成后会显示在这里。"),
    "client.over": _w("This link does not work", "链接无法使用"),
    "client.often": _w("A little too fast", "操作过于频繁"),
    "client.point": _w("Point", "标记点"),
    "client.point.set": _w("The comment is about the point you marked.", "评论针对您标记的位置。"),
    "file.over": _w("This address has expired", "地址已过期"),
    "file.over.lead": _w("Reload the page it came from; it gives a new one.", "请刷新来源页面以获取新地址。"),
    # comments
    "comments": _w("Comments", "评论"),
    "comments.none": _w("No comments yet.", "暂无评论。"),
    "comments.write": _w("Write a comment", "写评论"),
    "comments.resolve": _w("Mark as resolved", "标为已解决"),
    "comments.reopen": _w("Open again", "重新打开"),
    "comments.client": _w("client", "客户"),
}
