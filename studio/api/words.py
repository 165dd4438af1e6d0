"""What the API says to people: kinds of problems and their sentences, in the two languages of the studio."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


# Code of a problem: its status and title. The code is the end of its `type` and an anchor on the page of the API.
KINDS: dict[str, tuple[int, Words]] = {
    "bad-request": (400, _w("The request cannot be read", "无法解析请求")),
    "not-signed-in": (401, _w("Nobody is signed in", "未登录")),
    "not-allowed": (403, _w("Not allowed", "没有权限")),
    "not-found": (404, _w("Not found", "未找到")),
    "wrong-method": (405, _w("This address does not take that method", "该地址不支持此方法")),
    "edited-meanwhile": (409, _w("Somebody else was faster", "内容已被他人修改")),
    "being-answered": (409, _w("The first request with this key is being answered", "同一键的请求正在处理")),
    "not-now": (409, _w("Not in this state", "当前状态不允许")),
    "too-large": (413, _w("Too large", "内容过大")),
    "wrong-kind": (415, _w("This kind of content is not read here", "不支持的内容类型")),
    "invalid": (422, _w("Something in it is not right", "内容有误")),
    "key-used": (422, _w("This key was used for another request", "该键已用于其他请求")),
    "too-many": (429, _w("Too many requests", "请求过多")),
    "limit": (429, _w("A limit is reached", "已达上限")),
    "broken": (500, _w("Something broke on our side", "工坊内部出错")),
    "away": (503, _w("Not at this moment", "暂时不可用")),
}

SAYS: dict[str, Words] = {
    "json": _w("The body is not JSON in UTF-8.", "正文不是 UTF-8 的 JSON。"),
    "form": _w("The form cannot be read: {why}", "无法解析表单：{why}"),
    "one_brief": _w(
        "Send the brief as one part named `brief`, as JSON or YAML text.",
        "请在名为 `brief` 的部分以 JSON 或 YAML 文本发送简报。",
    ),
    "not_found": _w("There is nothing here, or not for you.", "此处没有内容，或你无权查看。"),
    "csrf": _w(
        "A browser's session must send its CSRF token. Programs send a token as `Authorization: Bearer …`.",
        "浏览器会话须携带 CSRF 令牌；程序请以 `Authorization: Bearer …` 发送令牌。",
    ),
    "method": _w("{method} is not for this address.", "该地址不支持 {method}。"),
    "kind": _w("{kind} is not read here.", "此处不支持 {kind}。"),
    "too_large": _w("At most {most} bytes are read here.", "此处最多 {most} 字节。"),
    "throttled": _w(
        "That was a lot in a short time. Try again in {seconds} seconds.", "短时间内请求过多，请在 {seconds} 秒后重试。"
    ),
    "invalid": _w("See `errors` for each field.", "各字段的问题见 `errors`。"),
    "key": _w(
        "The key has 1 to 255 printable ASCII characters without spaces.",
        "键须为 1 至 255 个不含空格的可打印 ASCII 字符。",
    ),
    "key_used": _w(
        "Another request was sent with this Idempotency-Key before. Use a new key for a new request.",
        "该 Idempotency-Key 已用于另一请求，新请求请使用新的键。",
    ),
    "being_answered": _w(
        "The request that came first with this Idempotency-Key is still being answered. Ask again in a moment.",
        "首个使用该 Idempotency-Key 的请求仍在处理，请稍候再试。",
    ),
    "never_answered": _w(
        "The request that came first with this Idempotency-Key was cut off. Look whether what it asked for is there, then use another key.",
        "首个使用该 Idempotency-Key 的请求被中断。请先确认其结果是否已生成，再使用新的键。",
    ),
    "broken": _w("It is in the log. What was submitted before is kept.", "已记录到日志，此前提交的内容不会丢失。"),
    "cursor": _w("This is not a cursor that a list gave.", "这不是列表给出的游标。"),
    "nothing": _w("Give at least one field to change.", "请至少给出一个要修改的字段。"),
    # faults in a field
    "missing": _w("This is missing.", "缺少该项。"),
    "json_invalid": _w("This is not sound Unicode text.", "这不是有效的 Unicode 文本。"),
    "extra_forbidden": _w("There is no such field here.", "此处没有该字段。"),
    "literal_error": _w("Choose one of {expected}.", "可选：{expected}。"),
    "string_type": _w("Text is wanted here.", "此处应为文字。"),
    "string_too_short": _w("At least {min_length} characters.", "至少 {min_length} 个字符。"),
    "string_too_long": _w("At most {max_length} characters.", "最多 {max_length} 个字符。"),
    "string_pattern_mismatch": _w("It has another form: {pattern}", "格式不符：{pattern}"),
    "string_unicode": _w("This is not sound Unicode text.", "这不是有效的 Unicode 文本。"),
    "int_type": _w("A whole number is wanted here.", "此处应为整数。"),
    "int_parsing": _w("A whole number is wanted here.", "此处应为整数。"),
    "float_type": _w("A number is wanted here.", "此处应为数字。"),
    "finite_number": _w("A number is wanted here.", "此处应为数字。"),
    "bool_type": _w("true or false is wanted here.", "此处应为 true 或 false。"),
    "list_type": _w("A list is wanted here.", "此处应为列表。"),
    "tuple_type": _w("A list is wanted here.", "此处应为列表。"),
    "model_type": _w("An object with named fields is wanted here.", "此处应为带字段的对象。"),
    "greater_than_equal": _w("At least {ge}.", "不小于 {ge}。"),
    "less_than_equal": _w("At most {le}.", "不大于 {le}。"),
    "too_long": _w("At most {max_length} of them.", "最多 {max_length} 项。"),
    "too_short": _w("At least {min_length} of them.", "至少 {min_length} 项。"),
    "other": _w("This is not what is wanted here.", "此处的值不符合要求。"),
}


def says(key: str, **values: object) -> Words:
    """The sentence of that key with its gaps filled."""
    said = SAYS[key]
    return Words(en=said.en.format(**values), zh=said.zh.format(**values))
