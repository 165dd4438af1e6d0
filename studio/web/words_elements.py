"""Sentences of the element library and of the cut-out page."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


ELEMENTS: dict[str, Words] = {
    "elements": _w("Elements", "元素"),
    "elements.lead": _w(
        "Cut-outs with a transparent ground, kept for each brand: drawn ones and your product photos. A brief uses one as its hero.",
        "按品牌保存的透明底素材：可由工坊绘制，也可来自产品照片，在简报中作为主角使用。",
    ),
    "elements.empty": _w(
        "This brand has no elements yet. Draw some from a concept, or send a product photo.",
        "该品牌还没有元素。可由概念绘制，或上传产品照片。",
    ),
    "elements.draw": _w("Draw elements", "绘制元素"),
    "elements.concept": _w("What", "画什么"),
    "elements.concept.hint": _w(
        "A concept or an object in either language: red envelope, coin, gift-box", "概念或物件：红包、金币、coin"
    ),
    "elements.count": _w("How many", "数量"),
    "elements.order": _w("Draw them", "开始绘制"),
    "elements.photo": _w("From a photo", "来自照片"),
    "elements.photo.hint": _w(
        "PNG, JPEG or WebP, at most 20 MB. It is cut out first, and you look at it before it is used.",
        "PNG、JPEG 或 WebP，最大 20 MB。先抠图，经你确认后才会使用。",
    ),
    "elements.name": _w("Name", "名称"),
    "elements.send": _w("Cut it out", "去抠图"),
    "elements.making": _w("being drawn", "绘制中"),
    "elements.use": _w("In a brief:", "在简报中写："),
    "elements.download": _w("Download PNG", "下载 PNG"),
    "elements.remove": _w("Remove", "移除"),
    "elements.removed": _w("Removed from the library:", "已从元素库移除："),
    "elements.restore": _w("Put it back", "放回"),
    "elements.drawn": _w("drawn", "绘制"),
    "elements.from_photo": _w("photo", "照片"),
    "cut.discard": _w("Discard", "丢弃"),
    "cut.discarded": _w("Photo discarded; it is deleted in half a minute:", "照片已丢弃，半分钟后删除："),
    "elements.drafts": _w("Photos not confirmed yet", "待确认的照片"),
    "cut.title": _w("Cut out the product", "抠出产品"),
    "cut.lead": _w(
        "Draw a rectangle around the product. Then brush over what is missing or too much. Nothing is made of it before you confirm.",
        "先用矩形框住产品，再用画笔补上缺失或去掉多余的部分。确认之前不会用于制作。",
    ),
    "cut.tools": _w("Tools", "工具"),
    "cut.rectangle": _w("Rectangle", "矩形"),
    "cut.keep": _w("Keep", "保留"),
    "cut.remove": _w("Remove", "去除"),
    "cut.size": _w("Brush size", "画笔大小"),
    "cut.undo": _w("Undo", "撤销"),
    "cut.redo": _w("Redo", "重做"),
    "cut.again": _w("Start over", "重新开始"),
    "cut.view": _w("View", "查看"),
    "cut.view.work": _w("Work", "编辑"),
    "cut.view.result": _w("Cut-out", "抠图结果"),
    "cut.view.photo": _w("Photo", "原图"),
    "cut.keys": _w("Keys", "快捷键"),
    "cut.keys.list": _w(
        "R rectangle · K keep · D remove · [ ] brush size · Ctrl+Z undo · Ctrl+Y redo · 1 2 3 view · arrows move the brush, "
        "Space paints, Enter ends the stroke",
        "R 矩形 · K 保留 · D 去除 · [ ] 画笔大小 · Ctrl+Z 撤销 · Ctrl+Y 重做 · 1 2 3 切换查看 · 方向键移动画笔，空格涂抹，回车结束一笔",
    ),
    "cut.box": _w("Rectangle in pixels: left, top, right, bottom", "矩形（像素）：左、上、右、下"),
    "cut.canvas": _w("The photo; draw on it with the chosen tool", "照片画布，用所选工具在上面绘制"),
    "cut.working": _w("Cutting out. This takes a few seconds.", "正在抠图，需要几秒钟。"),
    "cut.ready": _w("Cut out. Kept of the photo:", "抠图完成，保留占照片的"),
    "cut.nothing": _w(
        "Nothing was found by itself. Draw a rectangle around the product.", "未能自动找到产品，请用矩形框住产品。"
    ),
    "cut.offline": _w(
        "The studio did not answer. Your strokes are kept on this page; try again.",
        "工坊没有响应。笔迹仍在本页，请重试。",
    ),
    "cut.confirm": _w("Confirm and keep", "确认并入库"),
    "cut.confirm.hint": _w(
        "It goes into the brand's element library; briefs can use it from then on.",
        "确认后进入品牌元素库，简报即可使用。",
    ),
    "cut.confirmed": _w("Confirmed. It is in the library as", "已确认，元素库中的名称为"),
    "cut.back_to_brief": _w("Back to the brief", "回到简报"),
    "cut.not_json": _w(
        "What was sent cannot be read. Reload the page and try again.", "提交的内容无法读取，请刷新后重试。"
    ),
    "form.element": _w("From the library", "来自元素库"),
    "form.element.none": _w("None", "不使用"),
    "form.photo_needs_cut": _w(
        "This is a photo with its ground. It is kept; cut the product out and confirm it, then choose it from the library here.",
        "这是带背景的照片，已保存。请先抠图并确认，再回到这里从元素库中选择。",
    ),
    "form.open_cut_out": _w("Open the cut-out page", "打开抠图页面"),
}
