"""Sentences of the review room and its queue."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


REVIEW: dict[str, Words] = {
    "review": _w("Review", "评审"),
    "review.lead": _w(
        "What passed its checks and waits for a person's word. Every answer makes the next pictures better.",
        "已通过质检、等待人工定夺的图片。每次评审都会让之后的图更好。",
    ),
    "review.start": _w("Start reviewing", "开始评审"),
    "review.start.pairs": _w("Compare pairs", "两两比较"),
    "review.waiting": _w("waiting", "待评"),
    "review.pairs": _w("pairs", "组对比"),
    "review.today": _w("judged by you today", "今日已评"),
    "review.many": _w("1,000 and more", "1000 以上"),
    "review.calm": _w("Nothing waits for you", "没有待评图片"),
    "review.calm.lead": _w(
        "Pictures come here by themselves once they have passed their checks. Your own briefs are judged by others.",
        "图片通过质检后会自动来到这里。你自己的简报由他人评审。",
    ),
    "review.split": _w("Reviewers disagree", "意见分歧"),
    "review.split.lead": _w(
        "Somebody who has not judged the picture decides. It isn't usable until then.",
        "须由未评过该图的人裁定，裁定前不可使用。",
    ),
    "review.split.wait": _w("A designer or owner of the brand decides about these.", "由该品牌的设计师或所有者裁定。"),
    "review.decide": _w("Decide", "裁定"),
    "review.decide.lead": _w("What the reviewers said, each without seeing the others:", "各位评审互不知情时的意见："),
    "review.decide.said": _w("Reviewer", "评审"),
    "review.decided": _w("Decided. Thank you.", "已裁定。"),
    "review.decide.settled": _w("This picture is settled already.", "这张图已有定论。"),
    "review.decide.own": _w(
        "Somebody else has to decide: it is your own brief, or you judged it before.",
        "须由他人裁定：这是你的简报，或你已评过。",
    ),
    "review.state": _w("Review", "评审结论"),
    "review.state.waiting": _w("waits for review", "待评审"),
    "review.state.approved": _w("approved", "已通过"),
    "review.state.minor_fix": _w("usable with a minor fix", "小改可用"),
    "review.state.rejected": _w("rejected", "已拒绝"),
    "review.state.split": _w("reviewers disagree", "意见分歧"),
    # the queue
    "queue": _w("Review queue", "评审队列"),
    "queue.picture": _w("The picture", "图片"),
    "queue.rubric": _w("What to say about it", "评审项"),
    "queue.meant": _w("Asked for", "要求"),
    "queue.approve": _w("Approve", "通过"),
    "queue.minor_fix": _w("Minor fix", "小改"),
    "queue.reject": _w("Reject", "拒绝"),
    "queue.a": _w("Left is better", "左图更好"),
    "queue.b": _w("Right is better", "右图更好"),
    "queue.tie": _w("Alike", "不分上下"),
    "queue.neither": _w("Neither", "都不好"),
    "queue.blocks": _w(
        "A blocking defect is marked: the picture can only be rejected.", "已标出阻断级缺陷，只能拒绝。"
    ),
    "queue.scores": _w("Scores", "评分"),
    "queue.scores.hint": _w(
        "Where it matters. Keys 1 to 5 for the line in hand, ↑ ↓ to choose it.", "只评要紧的。↑ ↓ 选行，1 到 5 打分。"
    ),
    "queue.score": _w("of 5", "分（共 5 分）"),
    "queue.unscored": _w("not scored", "未评分"),
    "queue.signed.1": _w("far too little", "过低"),
    "queue.signed.2": _w("too little", "偏低"),
    "queue.signed.3": _w("right", "适中"),
    "queue.signed.4": _w("too much", "偏高"),
    "queue.signed.5": _w("far too much", "过高"),
    "queue.defects": _w("Defects", "缺陷"),
    "queue.mark": _w("Mark a defect", "标记缺陷"),
    "queue.which": _w("Which defect?", "哪种缺陷？"),
    "queue.filter": _w("Type to narrow down", "输入以筛选"),
    "queue.none_fits": _w("No defect of that name. Try fewer letters.", "没有匹配的缺陷，请减少输入。"),
    "queue.remove": _w("Remove", "移除"),
    "queue.severity.block": _w("blocks", "阻断"),
    "queue.severity.major": _w("major", "严重"),
    "queue.severity.minor": _w("minor", "轻微"),
    "queue.group.text": _w("Text", "文字"),
    "queue.group.subject": _w("Subject", "主体"),
    "queue.group.anatomy": _w("Anatomy", "人体"),
    "queue.group.physics": _w("Space and light", "空间与光影"),
    "queue.group.colour": _w("Colour", "色彩"),
    "queue.group.technical": _w("Technical", "技术"),
    "queue.group.video": _w("Film", "视频"),
    "queue.group.brand": _w("The brand's own", "品牌自定"),
    "queue.comment": _w("Comment", "评语"),
    "queue.comment.hint": _w("For whoever mends it.", "写给修改者。"),
    "queue.skip": _w("Skip", "跳过"),
    "queue.skip.why": _w("Why do you skip it?", "为何跳过？"),
    "queue.reason.language": _w("I don't read its language", "看不懂其语言"),
    "queue.reason.brief": _w("The brief isn't clear", "需求不清"),
    "queue.reason.conflict": _w("I worked on it", "我参与过制作"),
    "queue.reason.broken": _w("The picture doesn't show", "图片无法显示"),
    "queue.reason.other": _w("Something else", "其他原因"),
    "queue.undo": _w("Take the last one back", "撤销上一张"),
    "queue.undone": _w("Taken back: it is yours again.", "已撤销，图片重归你评审。"),
    "queue.undone.gone": _w("Taken back.", "已撤销。"),
    "queue.progress": _w("{today} today · {left} waiting", "今日 {today} · 待评 {left}"),
    "queue.due": _w("due", "截止"),
    "queue.done": _w("Nothing waits any more", "全部评完"),
    "queue.done.lead": _w(
        "New pictures appear here by themselves. You can close the page.", "有新图时会自动出现在这里，可以关闭页面。"
    ),
    "queue.loading": _w("Loading the picture …", "图片加载中…"),
    "queue.broken": _w(
        "The picture doesn't load. Skip it, and whoever runs the studio can look after it.",
        "图片无法加载。请跳过，并告知工坊管理员。",
    ),
    "queue.lost": _w(
        "The studio doesn't answer. Your answers are kept here and sent as soon as it does.",
        "工坊暂无响应。评审已暂存，恢复后自动提交。",
    ),
    "queue.unsent": _w("answers to be sent", "条评审待提交"),
    "queue.full": _w("Full size", "原尺寸"),
    "queue.fit": _w("Fit", "适应窗口"),
    "queue.key.verdict": _w("A, M, R – approve, minor fix, reject; at once", "A、M、R – 通过、小改、拒绝，立即提交"),
    "queue.key.pair": _w("A, B, T, N – left, right, alike, neither", "A、B、T、N – 左、右、不分上下、都不好"),
    "queue.key.score": _w("1 to 5 – score the line in hand; ↑ ↓ – choose it", "1 到 5 – 为当前行打分；↑ ↓ – 选行"),
    "queue.key.defect": _w(
        "D – mark a defect; then draw, or arrows and Enter", "D – 标记缺陷，然后拖画或用方向键加回车"
    ),
    "queue.key.undo": _w("Z – take the last answer back", "Z – 撤销上一张"),
    "queue.key.skip": _w("→ – skip, with a reason", "→ – 跳过并说明原因"),
    "queue.key.comment": _w("C – comment", "C – 写评语"),
    "queue.key.full": _w("F – full size or fit", "F – 原尺寸或适应窗口"),
    "region.box": _w(
        "Drag over the place. Or: arrows move the box, with Shift they size it, Enter sets it, Esc leaves it out.",
        "拖画出位置；或用方向键移动、按住 Shift 调大小，回车确定，Esc 不标位置。",
    ),
    "region.polygon": _w(
        "Click around the place, Enter or the first point closes it. Or: arrows move a box, Enter sets it, Esc leaves it out.",
        "沿边缘点击，回车或点回起点闭合；或用方向键移动方框并回车，Esc 不标位置。",
    ),
}
