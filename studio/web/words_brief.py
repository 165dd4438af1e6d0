"""Sentences of what helps to write a brief: copy fitted while it is typed, pasted drafts, occasions, headlines."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


BRIEF: dict[str, Words] = {
    "coming": _w("Start from an occasion", "从节点开始"),
    "coming.hint": _w(
        "Choosing one fills the occasion and the mood, and proposes headlines to choose from. All of it can be changed.",
        "点选后填入场合与氛围，并给出可选标题。均可修改。",
    ),
    "coming.days": _w("days left", "天后"),
    "coming.today": _w("today", "今天"),
    "paste": _w("Paste from a sheet or a message", "从表格或聊天消息粘贴"),
    "paste.text": _w("Rows or lines", "表格行或文字"),
    "paste.hint": _w(
        "Rows with their headings, or lines such as “Headline: …”, “Price: …”. Nothing is sent until you submit.",
        "带表头的行，或“标题：…”“价格：…”这样的文字。提交前不会发送。",
    ),
    "paste.formats": _w("Sizes", "尺寸"),
    "paste.read": _w("Read it", "识别"),
    "paste.use": _w("Use this", "采用"),
    "paste.undo": _w("Put back what was there", "恢复原内容"),
    "paste.used": _w("Filled in. Look it over; every field can be changed.", "已填入，请核对，各项均可修改。"),
    "paste.left": _w("Not understood, place it yourself:", "未识别，请自行填写："),
    "paste.none": _w(
        "No field was recognised. Put a name before each value, such as “Headline: …”.",
        "没有识别出任何字段。请在每项前写上名称，如“标题：…”。",
    ),
    "paste.too_much": _w(
        "That is more than 200 rows or 100 kB. Paste fewer rows at a time.",
        "超过 200 行或 100 kB，请分批粘贴。",
    ),
    "paste.failed": _w(
        "It could not be read just now. The text stays here; try again in a moment.",
        "暂时无法识别，文字仍保留在这里，请稍后重试。",
    ),
    "fit.fits": _w("fits", "放得下"),
    "fit.tight": _w("tight", "偏紧"),
    "fit.breaks": _w("too long", "放不下"),
    "fit.trying": _w("trying", "试排中"),
    "fit.more": _w("more sizes break: see the little pictures below.", "个尺寸也放不下，见下方尺寸图。"),
    "fit.away": _w(
        "The copy is not being fitted just now. Go on; it is tried again, and once more when you submit.",
        "暂时无法试排文案，请继续填写；稍后会重试，提交时也会再次检查。",
    ),
    "estimate.machine": _w("of machine time", "机时"),
    "estimate.there": _w("there in about", "预计完成还需"),
    "estimate.ahead": _w("before them", "张排在前面"),
    "estimate.measured": _w("Measured on the pictures made here, latest:", "依据本机实测，最近张数："),
    "estimate.default": _w(
        "Nothing was made here yet: a default of 4 s and 2 s a megapixel.",
        "本机尚无成图，按默认 4 秒加每百万像素 2 秒估算。",
    ),
    "estimate.no_worker": _w("no worker answers now, so it waits for one", "当前没有工作进程，需等其启动"),
    "estimate.left.day": _w("left of today's quota afterwards:", "之后今日额度剩余"),
    "estimate.left.month": _w("left of this month's quota afterwards:", "之后本月额度剩余"),
    "estimate.over.day": _w("more than today's quota has left", "超出今日剩余额度"),
    "estimate.over.month": _w("more than this month's quota has left", "超出本月剩余额度"),
    "form.segments": _w("For whom", "面向谁"),
    "form.segments.hint": _w(
        "One audience a line, with what marks it: “students: 18–24, campus”. Headlines are proposed for each.",
        "每行一类人群，可加特征，如“大学生：18–24，校园”。标题会按人群分别给出。",
    ),
    "propose": _w("Propose headlines", "推荐标题"),
    "propose.hint": _w(
        "For each audience, held against the brand's rules. You choose; nothing is filled in by itself.",
        "按人群分别推荐，均已对照品牌规则。由你选用，不会自动填入。",
    ),
    "propose.asking": _w("Asking …", "正在推荐……"),
    "propose.choose": _w("Choose one, or write your own.", "选一条，或自己写。"),
    "propose.everybody": _w("For everybody", "面向所有人"),
    "propose.grammar": _w("phrase grammar", "短语语法"),
    "propose.model": _w("language model", "语言模型"),
    "propose.held": _w(
        "held back: the brand's rules forbid it, it is too long, or it claims what the brief does not say.",
        "条未显示：违反品牌规则、过长，或含有简报没有的主张。",
    ),
    "propose.none": _w(
        "Nothing may be shown for this audience. Say it in other words, or write the headline yourself.",
        "该人群没有可显示的标题。请换个说法，或自己写。",
    ),
    "propose.failed": _w(
        "No headlines could be had just now. Write your own, or try again in a moment.",
        "暂时无法推荐标题。请自己写，或稍后再试。",
    ),
}
