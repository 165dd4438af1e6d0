"""What each operation of the API does, in one line, in the two languages of the studio."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


ABOUT: dict[str, Words] = {
    "api": _w(
        "The same functions as the pages, for programs. Refusals are `application/problem+json`; their sentences follow "
        "`Accept-Language` (en, zh). Lists come in parts: follow `next`. docs/api.md walks through it with curl.",
        "与页面相同的功能，供程序调用。拒绝以 `application/problem+json` 返回，语言由 `Accept-Language` 决定（en、zh）。"
        "列表分页返回，请沿 `next` 继续。curl 示例见 docs/api.md。",
    ),
    "token": _w("Made under My account; shown once.", "在“我的账户”中创建，仅显示一次。"),
    "session": _w(
        "A browser that is signed in; writes also need the X-CSRFToken header.",
        "已登录的浏览器；写操作还需 X-CSRFToken 请求头。",
    ),
}

SECTIONS: dict[str, Words] = {
    "me": _w("Who asks", "当前身份"),
    "brands": _w("Brands", "品牌"),
    "briefs": _w("Briefs", "简报"),
    "jobs": _w("Jobs: one picture to be made", "任务：一张待制作的图片"),
    "assets": _w("Assets: pictures and their versions", "图片及其版本"),
    "late-changes": _w("Late changes: new words on many pictures", "临时修改：批量更换文字"),
    "comments": _w("Comments", "评论"),
    "webhooks": _w("Webhooks", "Webhook"),
    "deliveries": _w("Deliveries: messages to a webhook", "投递：发给 Webhook 的消息"),
}

OPERATIONS: dict[str, Words] = {
    "show-me": _w("Who you are here, and what you may do", "当前身份与权限"),
    "list-brands": _w("The brands you work for", "你所属的品牌"),
    "show-brand": _w("A brand with its published style", "品牌及其已发布风格"),
    "list-briefs": _w("Briefs, newest first", "简报列表，最新在前"),
    "submit-brief": _w("Submit a brief; its pictures are then made", "提交简报并开始制作"),
    "show-brief": _w("A brief and how far it is", "简报及进度"),
    "cancel-brief": _w("Cancel what waits or runs", "取消未完成的任务"),
    "undo-cancel-brief": _w("Take back what was cancelled in the last half minute", "撤销半分钟内的取消"),
    "retry-brief": _w("Make again what failed or was cancelled", "重试失败或已取消的任务"),
    "move-brief-ahead": _w("Make what waits sooner, within bounds", "在限度内提前排队"),
    "reroll": _w("New pictures from finished ones, with locks", "重抽：锁定部分，其余重新生成"),
    "more-like": _w("More in the spirit of a picture", "生成更多类似的图片"),
    "list-jobs": _w("A brief's jobs and how far each is", "简报的任务与进度"),
    "show-job": _w("A job and how far it is", "任务进度"),
    "cancel-job": _w("Cancel a job", "取消任务"),
    "retry-job": _w("Make a job again that failed or was cancelled", "重试任务"),
    "list-assets": _w("The shown version of each picture, newest first", "各图片的当前版本，最新在前"),
    "show-asset": _w("A picture with addresses of its files", "图片及其文件地址"),
    "list-versions": _w("Every version of a picture, newest first", "图片的全部版本"),
    "save-version": _w("Change a picture and save that as a version", "修改图片并存为新版本"),
    "check-changes": _w("What preflight would find after changes", "预检修改后的图片"),
    "restore-version": _w("Show this version from now on", "恢复此版本"),
    "show-findings": _w("What preflight found", "检查结果"),
    "show-recipe": _w("What made the picture: model, seeds, decisions", "制作配方：模型、种子与决策"),
    "show-design": _w("The layered document the picture is drawn from", "图片的分层文档"),
    "list-late-changes": _w("A brief's late changes, newest first", "简报的临时修改"),
    "order-late-change": _w("Put new words on every picture that bears the old ones", "在所有含旧文字的图片上更换文字"),
    "show-late-change": _w("How far a late change is", "临时修改的进度"),
    "undo-late-change": _w("Show the versions from before", "撤销临时修改"),
    "redo-late-change": _w("Show the changed versions again", "重做临时修改"),
    "list-comments": _w("What was said about a picture, oldest first", "图片的评论，最早在前"),
    "write-comment": _w("Comment on a picture", "评论图片"),
    "show-comment": _w("A comment", "评论详情"),
    "resolve-comment": _w("Mark a comment as resolved", "将评论标为已解决"),
    "reopen-comment": _w("Open a resolved comment again", "重新打开评论"),
    "list-webhooks": _w("The webhooks you may manage", "你可管理的 Webhook"),
    "register-webhook": _w("Register an address; its secret is shown this once", "登记接收地址，密钥仅显示一次"),
    "show-webhook": _w("A webhook", "Webhook 详情"),
    "change-webhook": _w("Change a webhook, switch it off or on", "修改、停用或启用 Webhook"),
    "remove-webhook": _w("Remove a webhook", "删除 Webhook"),
    "new-webhook-secret": _w("Make a new secret; the one before ends at once", "生成新密钥，旧密钥立即失效"),
    "ping-webhook": _w("Send a test message", "发送测试消息"),
    "list-deliveries": _w("What a webhook was told, newest first", "Webhook 的投递记录"),
    "replay-delivery": _w("Send a message again", "重新发送消息"),
}
