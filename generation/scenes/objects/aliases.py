"""Other words for kinds, in both languages, that people write in briefs."""

from __future__ import annotations

ALIASES: dict[str, tuple[str, ...]] = {
    "gift-box": ("present", "gift", "礼品", "礼物", "礼包", "大礼"),
    "shopping-bag": ("bag", "tote", "手提袋", "袋子"),
    "parcel": ("package", "delivery box", "包裹", "快递", "纸箱"),
    "coin": ("gold coins", "money", "硬币", "钱币"),
    "token-coin": ("points", "jd beans", "loyalty points", "京豆", "积分", "豆子"),
    "coin-stack": ("savings", "pile of coins", "存款", "一堆金币"),
    "holed-coin": ("copper cash", "chinese coin", "古钱", "古币"),
    "ingot": ("sycee", "yuanbao", "金元宝"),
    "gold-bar": ("bullion", "gold", "黄金", "金砖", "金条"),
    "credit-card": ("credit card", "debit card", "card", "信用卡", "卡片", "借记卡"),
    "phone": ("mobile", "smartphone", "app", "手机屏幕"),
    "wallet": ("purse", "零钱包"),
    "red-envelope": ("hongbao", "lucky money", "red packet", "利是", "压岁钱"),
    "lantern": ("chinese lantern", "宫灯", "红灯笼"),
    "firecrackers": ("crackers", "爆竹", "炮仗"),
    "fu-diamond": ("fu character", "福", "斗方", "福字"),
}
