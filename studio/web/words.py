"""Every sentence of the pages, in the two languages of the studio. Written twice, not translated."""

from brand_styles.words import Words
from studio.web.words_api import API
from studio.web.words_bench import BENCH
from studio.web.words_brand_drafts import BRAND_DRAFTS
from studio.web.words_brand_fonts import BRAND_FONTS
from studio.web.words_brand_manners import MANNERS
from studio.web.words_brand_pixels import PIXELS
from studio.web.words_brand_references import BRAND_REFERENCES
from studio.web.words_brand_start import BRAND_START
from studio.web.words_brief import BRIEF
from studio.web.words_elements import ELEMENTS
from studio.web.words_find import FIND
from studio.web.words_insight import INSIGHT
from studio.web.words_learners import LEARNERS
from studio.web.words_people import PEOPLE
from studio.web.words_rates import RATES
from studio.web.words_review import REVIEW
from studio.web.words_review_brand import REVIEW_BRAND
from studio.web.words_rooms import ROOMS
from studio.web.words_wall import WALL


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


SENTENCES: dict[str, Words] = {
    # frame
    "studio": _w("Vermilion", "朱砂"),
    "skip": _w("Skip to the content", "跳到正文"),
    "rail": _w("Rooms", "导航"),
    "rail.more": _w("More", "更多"),
    "crumbs": _w("Where you are", "当前位置"),
    "home": _w("Home", "首页"),
    "briefs": _w("Briefs", "简报"),
    "sign_out": _w("Sign out", "退出"),
    "language": _w("中文", "English"),
    "theme.light": _w("Light", "浅色"),
    "theme.dark": _w("Dark", "深色"),
    "mat": _w("Grey table", "灰色看板"),
    "mat.off": _w("Paper table", "纸色看板"),
    # sign in
    "sign_in": _w("Sign in", "登录"),
    "sign_in.lead": _w("One brief in, checked posters out.", "一份简报，成套海报，逐张过检。"),
    "user": _w("Name", "用户名"),
    "password": _w("Password", "密码"),
    "sign_in.wrong": _w(
        "That name and password don't go together. Check both and try again.", "用户名与密码不匹配，请核对后重试。"
    ),
    "locked.title": _w("Too many tries", "尝试次数过多"),
    "locked": _w(
        "Signing in from here is paused for 15 minutes after too many wrong passwords. Wait, then try again.",
        "密码错误次数过多，15 分钟内无法从这里登录。请稍后再试。",
    ),
    # home
    "new_brief": _w("New brief", "新建简报"),
    "home.latest": _w("Latest pictures", "最新成图"),
    "home.working": _w("Being made", "制作中"),
    "home.empty": _w("Nothing has been made yet", "还没有作品"),
    "home.empty.lead": _w(
        "Write a brief: one line of copy and one format are enough. The studio plans, lays out, draws and checks the rest.",
        "写一份简报：一行文案、一个尺寸就够了。其余的策划、排版、绘制和检查由工坊完成。",
    ),
    # briefs
    "briefs.empty": _w("No briefs yet", "还没有简报"),
    "briefs.empty.lead": _w("Start with the first one; it takes a minute.", "从第一份开始，一分钟即可写好。"),
    "briefs.none_of_brand": _w(
        "You don't work for any brand yet. Ask whoever runs this studio to add you to one.",
        "你还没有加入任何品牌。请联系工坊管理员把你加入品牌。",
    ),
    "summary.making": _w("being made", "制作中"),
    "summary.trouble": _w("need a look", "待处理"),
    "of": _w("of", "/"),
    "made": _w("made", "已完成"),
    "older": _w("Older", "更早"),
    "newer": _w("Newer", "更新"),
    # form
    "form.as_form": _w("Form", "表单"),
    "form.as_yaml": _w("YAML", "YAML"),
    "form.use": _w("Use", "改为"),
    "form.says": _w("What it says", "说什么"),
    "form.shows": _w("What it shows", "画什么"),
    "form.sizes": _w("Where it runs", "用在哪"),
    "form.more": _w("When, for whom, and the fine print", "时间、人群与细则"),
    "form.brand": _w("Brand", "品牌"),
    "form.headline": _w("Headline", "标题"),
    "form.headline.hint": _w(
        "Short is strong: 4 to 10 characters in Chinese, 2 to 6 words in English.", "越短越有力：4 到 10 个字。"
    ),
    "form.subline": _w("Subline", "副标题"),
    "form.price": _w("Price or figure", "价格或数字"),
    "form.price.hint": _w("As it shall be read: ¥50, 3.5折起, 4.2% AER", "按展示写法填写：¥50、3.5折起、4.2%"),
    "form.cta": _w("Call to action", "行动按钮"),
    "form.legal": _w("Legal lines", "法律声明"),
    "form.legal.hint": _w("One line each.", "每行一条。"),
    "form.prompt": _w("In your own words", "用你的话描述"),
    "form.prompt.hint": _w(
        "The occasion, the feeling, what should be seen. Any language.", "什么场合、什么感觉、想看到什么。语言不限。"
    ),
    "form.mood": _w("Mood", "氛围"),
    "form.mood.auto": _w("From the words", "由文字判断"),
    "form.occasion": _w("Occasion", "场合"),
    "form.occasion.auto": _w("From the words and dates", "由文字和日期判断"),
    "form.subject": _w("Hero", "主角"),
    "form.subject.auto": _w("From the words", "由文字判断"),
    "form.product": _w("Product picture", "产品图"),
    "form.product.hint": _w(
        "A cut-out with transparent ground: PNG or WebP, at most 20 MB. It takes the hero's place.",
        "透明背景的抠图：PNG 或 WebP，最大 20 MB。它会作为画面主角。",
    ),
    "form.formats": _w("Formats", "尺寸"),
    "form.formats.other": _w("Other sizes", "其他尺寸"),
    "form.formats.other.hint": _w(
        "Width x height, with commas between: 640x100, 1200x1500", "宽x高，用逗号分隔：640x100, 1200x1500"
    ),
    "form.variants": _w("Variants", "方案数"),
    "form.variants.hint": _w("Each is another idea, in every format.", "每个方案是一个不同的创意，覆盖全部尺寸。"),
    "form.seed": _w("Seed", "随机种子"),
    "form.seed.hint": _w(
        "The same seed and brief give the same pictures. Empty: the studio picks one.",
        "相同种子与简报得到相同画面。留空则由工坊选择。",
    ),
    "form.campaign": _w("Campaign", "活动"),
    "form.campaign.hint": _w(
        "Groups briefs. Lower-case letters, digits, hyphens.", "用于归组。小写字母、数字、连字符。"
    ),
    "form.goal": _w("Goal", "目标"),
    "form.market": _w("Market", "市场"),
    "form.market.hint": _w("Empty: the brand's. cn, us, uk, eu", "留空则用品牌默认。cn、us、uk、eu"),
    "form.industry": _w("Industry", "行业"),
    "form.product_type": _w("Kind of product", "产品类型"),
    "form.starts": _w("Starts", "开始"),
    "form.ends": _w("Ends", "结束"),
    "form.landing_url": _w("Landing page", "落地页"),
    "form.evidence": _w("Proof of claims", "主张的证据"),
    "form.evidence.hint": _w(
        "What the copy claims, and the file that proves it: PDF, PNG or JPEG, at most 20 MB each.",
        "文案中的主张及其证明文件：PDF、PNG 或 JPEG，每个最大 20 MB。",
    ),
    "form.claim": _w("Claim", "主张"),
    "form.file": _w("File", "文件"),
    "form.attachments": _w("Files that the brief names", "简报中提到的文件"),
    "form.attachments.hint": _w(
        "The product picture and the proofs, under the names written in the brief.",
        "产品图与证据文件，文件名须与简报中一致。",
    ),
    "form.yaml": _w("The brief as YAML", "YAML 简报"),
    "form.yaml.hint": _w(
        "Paste a whole brief. Brand, one line of copy and one format are required.",
        "粘贴完整简报。必填：品牌、一行文案、一个尺寸。",
    ),
    "form.submit": _w("Make the posters", "开始制作"),
    "form.pictures": _w("pictures", "张"),
    "form.estimate": _w("about", "约"),
    "form.problems": _w("Not sent yet: see the notes beside the fields.", "尚未提交，请看各字段旁的提示。"),
    "form.kept": _w("Kept on this device until it is sent.", "内容已保存在本机，提交后清除。"),
    "form.too_many": _w(
        "That is more than may wait at once. Let some finish, or ask for fewer formats or variants.",
        "同时等待的任务太多。请等部分完成，或减少尺寸或方案。",
    ),
    "form.too_often": _w(
        "Many briefs in one hour. Wait a little, then send this one.", "一小时内提交过多，请稍后再提交。"
    ),
    "form.not_your_brand": _w(
        "There is no brand of that name that you work for. Yours:", "你没有加入该品牌。可用品牌："
    ),
    "form.no_such_version": _w(
        "this version of the brand's style was never published. Leave the version out to use the newest.",
        "该品牌风格没有这个版本。去掉版本号即使用最新版。",
    ),
    "form.too_large": _w("the file is larger than 20 MB. Send a smaller one.", "文件超过 20 MB，请换小一些的。"),
    "form.file_not_sent": _w(
        "the brief names this file, but it did not come along. Choose it, then send again.",
        "简报中提到了该文件，但没有一并上传。请选择文件后重新提交。",
    ),
    "form.file_not_named": _w(
        "the brief does not name this file. Name it under subject or evidence, or leave it out.",
        "简报中没有提到该文件。请在 subject 或 evidence 中填写，或不要上传。",
    ),
    "form.long_name": _w(
        "the file's name is too long. Shorten it and choose the file again.", "文件名过长，请缩短后重新选择。"
    ),
    # wall
    "wall.left": _w("left", "剩余"),
    "wall.cancel_all": _w("Cancel what is left", "取消剩余"),
    "wall.cancelled": _w("cancelled just now", "刚刚取消"),
    "wall.undo": _w("Undo", "撤销取消"),
    "wall.retry_all": _w("Retry these", "重试这些"),
    "wall.download": _w("Download all", "全部下载"),
    "wall.source": _w("The brief", "查看简报"),
    "wall.no_workers": _w(
        "No worker has picked this up yet. If this lasts over a minute, check that the studio's workers are running.",
        "还没有工作进程接手。若超过一分钟，请检查工坊的工作进程是否在运行。",
    ),
    "wall.preparing": _w(
        "The worker is loading the model and the renderer. The first time on a machine the renderer is compiled, which "
        "takes a minute or two; after that it takes seconds.",
        "工作进程正在载入模型与渲染器。在新机器上首次运行需要编译渲染器，约一两分钟；之后只需几秒。",
    ),
    "wall.offline": _w(
        "The connection dropped. This page goes on by itself when it is back.", "连接中断，恢复后会自动继续。"
    ),
    "wall.done": _w("All made", "全部完成"),
    "cancel": _w("Cancel", "取消"),
    "retry": _w("Retry", "重试"),
    "open": _w("Open", "打开"),
    "variant": _w("variant", "方案"),
    "status.queued": _w("waiting", "等待"),
    "status.again": _w("tries again soon", "稍后重试"),
    "status.running": _w("being made", "制作中"),
    "status.finished": _w("passed", "已通过"),
    "status.blocked": _w("held back", "未通过"),
    "status.failed": _w("not made", "未完成"),
    "status.cancelled": _w("cancelled", "已取消"),
    "stage.": _w("planning", "策划"),
    "stage.prepare": _w("preparing the renderer", "正在准备渲染器"),
    "stage.layout": _w("layout", "排版"),
    "stage.blockout": _w("scene", "搭景"),
    "stage.diffusion": _w("picture", "成像"),
    "stage.composite": _w("type", "上字"),
    "stage.preflight": _w("checks", "质检"),
    "step": _w("step", "步"),
    # asset
    "asset.previous": _w("Previous", "上一张"),
    "asset.next": _w("Next", "下一张"),
    "asset.findings": _w("What was found", "检查结果"),
    "asset.findings.none": _w("Nothing to mend. Checks that ran:", "没有问题。已执行的检查："),
    "asset.findings.hint": _w("Point at a line to see it on the picture.", "把指针移到某条上，可在图上看到位置。"),
    "asset.read": _w("Read back by OCR", "OCR 回读"),
    "asset.repairs": _w("Mended", "已修复"),
    "asset.recipe": _w("Recipe", "配方"),
    "asset.decisions": _w("Why it looks so", "决策记录"),
    "asset.design": _w("Layers", "图层"),
    "asset.times": _w("Seconds by stage", "各阶段用时（秒）"),
    "asset.download": _w("Download", "下载"),
    "asset.made": _w("Picture", "画面"),
    "asset.diffused": _w("diffused", "扩散生成"),
    "asset.rendered": _w("rendered", "渲染生成"),
    "asset.model": _w("Model", "模型"),
    "asset.seed": _w("Seed", "种子"),
    "asset.brand": _w("Style", "风格库"),
    "asset.prompt": _w("Prompt", "提示词"),
    "asset.planned_by": _w("Planned by", "策划来源"),
    "asset.rules": _w("Rules", "规则集"),
    "zoom.in": _w("Closer", "放大"),
    "zoom.out": _w("Farther", "缩小"),
    "zoom.fit": _w("Whole picture", "适合窗口"),
    "json.design": _w("Design", "设计"),
    "json.recipe": _w("Recipe", "配方"),
    "json.preflight": _w("Preflight", "质检报告"),
    "severity.block": _w("must be mended", "必须修复"),
    "severity.warn": _w("look at this", "请留意"),
    "severity.info": _w("note", "备注"),
    # errors
    "404.title": _w("Nothing is here", "这里没有内容"),
    "404": _w(
        "The address may be old, or the page belongs to a brand you don't work for.",
        "地址可能已失效，或属于你未加入的品牌。",
    ),
    "403.title": _w("This page is out of date", "页面已过期"),
    "403": _w(
        "Go back, reload, and send it again. What you typed is kept on this device.",
        "请返回并刷新后重新提交，已填内容保存在本机。",
    ),
    "413.title": _w("That was too much to read", "提交的内容过大"),
    "413": _w(
        "More was sent than a brief may hold. Go back and shorten it; what you typed is kept on this device.",
        "提交的内容超出简报上限。请返回并精简，已填内容保存在本机。",
    ),
    "500.title": _w("Something broke on our side", "工坊内部出错"),
    "500": _w(
        "It is in the log. Reload in a moment; what you submitted is kept.",
        "已记录到日志。请稍后刷新，已提交的内容不会丢失。",
    ),
    "back_home": _w("Go to Home", "回首页"),
}


SENTENCES |= ELEMENTS
SENTENCES |= INSIGHT
SENTENCES |= API
SENTENCES |= BENCH
SENTENCES |= BRIEF
SENTENCES |= PEOPLE
SENTENCES |= WALL
SENTENCES |= ROOMS
SENTENCES |= FIND
SENTENCES |= BRAND_DRAFTS
SENTENCES |= BRAND_START
SENTENCES |= MANNERS
SENTENCES |= PIXELS
SENTENCES |= RATES
SENTENCES |= REVIEW
SENTENCES |= REVIEW_BRAND
SENTENCES |= LEARNERS
SENTENCES |= BRAND_FONTS
SENTENCES |= BRAND_REFERENCES


def sentence(key: str, language: str | None) -> str:
    """The sentence of that key. KeyError for an unknown key: a page with a hole must not pass its test."""
    return SENTENCES[key].in_language(language or "en")
