"""Sentences of the API's page and of webhooks."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


API: dict[str, Words] = {
    "webhooks": _w("Webhooks", "Webhook 通知"),
    "webhooks.lead": _w(
        "Addresses of your own programs that are told what happens in a brand. Messages are signed, tried again for two days, and "
        "say which rows moved, not what they say.",
        "将品牌中发生的事通知你自己的程序。消息带签名，失败会在两天内重试；只说明哪些内容有变化，不含具体内容。",
    ),
    "webhooks.docs": _w("The API, and how to check a signature", "API 与验签方法"),
    "webhooks.none": _w("No webhook yet.", "尚无 Webhook。"),
    "webhooks.not_yours": _w(
        "Owners and designers of a brand connect webhooks. Ask one of them.",
        "Webhook 由品牌所有者或设计师管理，请联系他们。",
    ),
    "webhooks.made": _w("The webhook's secret, with which it checks signatures", "Webhook 的签名密钥"),
    "webhooks.add": _w("Add a webhook", "添加 Webhook"),
    "webhooks.brand": _w("Brand", "品牌"),
    "webhooks.url": _w("Address", "接收地址"),
    "webhooks.url.hint": _w(
        "https://… Addresses on this machine or a private network must stand in OUTBOUND_ALLOW.",
        "https://… 本机或内网地址须列入 OUTBOUND_ALLOW。",
    ),
    "webhooks.name": _w("Name", "名称"),
    "webhooks.events": _w("What it is told", "通知内容"),
    "webhooks.events.hint": _w("Nothing ticked: everything.", "不勾选表示全部。"),
    "webhooks.everything": _w("everything", "全部"),
    "webhooks.on": _w("on", "已启用"),
    "webhooks.off": _w("off", "已停用"),
    "webhooks.failing": _w("failing since", "自此失败"),
    "webhooks.by": _w("answered for by", "负责人"),
    "webhooks.open": _w("Open", "查看"),
    "webhooks.test": _w("Send a test message", "发送测试消息"),
    "webhooks.switch_off": _w("Switch off", "停用"),
    "webhooks.switch_on": _w("Switch on", "启用"),
    "webhooks.new_secret": _w("New secret", "更换密钥"),
    "webhooks.new_secret.hint": _w("The one before ends at once.", "旧密钥立即失效。"),
    "webhooks.remove": _w("Remove for good", "永久删除"),
    "webhooks.remove.hint": _w("Also removes what it was told.", "投递记录也会一并删除。"),
    "webhooks.deliveries": _w("Latest messages", "最近的消息"),
    "webhooks.deliveries.none": _w("Nothing was sent yet.", "尚未发送过消息。"),
    "webhooks.replay": _w("Send again", "重新发送"),
    "webhooks.tries": _w("tries", "次尝试"),
    "webhooks.next": _w("again at", "下次尝试"),
    "webhooks.body": _w("What was sent", "消息内容"),
    "delivery.queued": _w("waits", "等待中"),
    "delivery.running": _w("being sent", "发送中"),
    "delivery.sent": _w("arrived", "已送达"),
    "delivery.failed": _w("given up", "已放弃"),
    # the page of the API
    "api": _w("The API", "API 接口"),
    "api.schema": _w("OpenAPI document", "OpenAPI 文档"),
    "api.problems": _w("How it refuses", "拒绝的种类"),
    "api.problems.lead": _w(
        "Every refusal is application/problem+json (RFC 9457). Its type ends in one of these codes, which stay the same.",
        "所有拒绝均为 application/problem+json（RFC 9457），其 type 以下列固定代码之一结尾。",
    ),
    "api.operation": _w("Operation", "操作"),
    "api.what": _w("What it does", "用途"),
    "api.answers": _w("Answers", "状态码"),
    "api.code": _w("Code", "代码"),
    "api.status": _w("Status", "状态码"),
    "api.meaning": _w("Meaning", "含义"),
    "api.tokens": _w(
        "Programs send a token of My account as Authorization: Bearer vmt_…",
        "程序以 Authorization: Bearer vmt_… 发送“我的账户”中的令牌。",
    ),
}
