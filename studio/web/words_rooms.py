"""Sentences of Home, the brands' specimens and the models."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


HOME: dict[str, Words] = {
    "home.now": _w("Now", "当前事项"),
    "home.calm": _w("Nothing waits for you.", "没有待办事项。"),
    "home.new": _w("Ready since you last looked", "上次查看后新完成"),
    "home.starred": _w("Starred lately", "最近收藏"),
    "home.before": _w("Made before", "此前作品"),
    "home.alike": _w("like this", "张同类"),
    "home.mend": _w("Look and mend", "查看并修改"),
    "home.preparing": _w("the worker is loading", "工作进程载入中"),
    "home.no_worker": _w("no worker answers", "没有工作进程响应"),
    "home.first_soon": _w("The first pictures appear here as they are made.", "成图后会显示在这里。"),
    "home.none_passed": _w(
        "No picture has passed its checks yet. Open a brief to see what was found.",
        "还没有通过质检的图片。请打开简报查看原因。",
    ),
    "home.days": _w("Coming up", "即将到来"),
    "home.start": _w("Start a brief", "写简报"),
    "home.sample": _w("Make the sample", "制作示例"),
    "home.sample.hint": _w(
        "One click sends a ready brief, and its wall fills in front of you.",
        "一键提交示例简报，随即看到作品墙逐张完成。",
    ),
    "home.empty.watch": _w(
        "Pictures of your brands appear here as soon as somebody makes them.", "你的品牌有新作品时会显示在这里。"
    ),
}

BRANDS: dict[str, Words] = {
    "brands": _w("Brands", "品牌"),
    "brands.empty": _w("No brand yet", "还没有品牌"),
    "brand.version": _w("version", "版本"),
    "brand.versions": _w("Published versions", "已发布版本"),
    "brand.logos": _w("The logo on the brand's grounds", "标志与底色"),
    "brand.logo_on": _w("The logo on", "标志置于"),
    "brand.clear": _w("Free space around the logo:", "标志四周留白："),
    "brand.clear.of": _w("of its height", "倍标志高度"),
    "brand.least": _w("never lower than", "最小高度"),
    "brand.tone": _w("Tone", "语气"),
    "brand.tone.none": _w("Nobody has written yet how this brand speaks.", "还没有写明该品牌的语气。"),
    "brand.colour": _w("Colour", "色彩"),
    "brand.colour.hint": _w(
        "On each colour stand the brand's text colours that can be read on it, with their contrast: 4.5 for any text; those set "
        "large, from 3, for large text only.",
        "每个颜色上列出可读的文字颜色及其对比度：4.5 以上适用于任何文字；以大字显示者（3 以上）仅可用于大字。",
    ),
    "brand.role.ground": _w("Grounds", "底色"),
    "brand.role.second": _w("Second colours", "辅助色"),
    "brand.role.accent": _w("Accents", "点缀色"),
    "brand.role.ink": _w("Inks", "文字深色"),
    "brand.role.paper": _w("Papers", "文字浅色"),
    "brand.role.metal": _w("Metals", "金属色"),
    "brand.type": _w("Type", "字体"),
    "brand.use.text": _w("for text", "正文"),
    "brand.use.display_zh": _w("for Chinese headlines", "中文标题"),
    "brand.use.display_latin": _w("for Latin headlines", "西文标题"),
    "brand.references": _w("Reference pictures", "参考图"),
    "brand.references.hint": _w(
        "Scenes take on their look where the model can read pictures.", "模型支持读图时，画面会参照其风格。"
    ),
    "brand.reference": _w("Reference picture", "参考图"),
    "brand.words": _w("Words", "用语"),
    "brand.glossary": _w("The brand's own words", "品牌词汇"),
    "brand.banned": _w("Never used", "禁用词"),
    "brand.required": _w("Always there", "必备声明"),
    "brand.label": _w("AI label", "AI 标识"),
    "brand.label.must": _w(
        "required on every picture, in a corner, at least", "每张图必须标注，置于角部，字高至少为短边的"
    ),
    "brand.label.may": _w("put on every picture, in a corner, at least", "每张图均标注，置于角部，字高至少为短边的"),
    "brand.label.side": _w("of the short side high.", "，以字形最矮处计。"),
    "brand.rules": _w("Rules on copy", "文案规则"),
    "brand.rules.version": _w("rule set", "规则集"),
    "brand.rules.never": _w("Never said: such a picture is held back", "禁止：命中即拦下"),
    "brand.rules.needed": _w("Must be there when the subject calls for it", "涉及时必须写明"),
    "brand.rules.care": _w("Said with care: somebody looks", "谨慎：需人工确认"),
    "brand.made": _w("Made lately", "近期作品"),
    "brand.none": _w("None.", "无。"),
    "market.cn": _w("China", "中国"),
    "market.us": _w("United States", "美国"),
    "market.uk": _w("United Kingdom", "英国"),
    "market.eu": _w("European Union", "欧盟"),
    "market.in": _w("India", "印度"),
    "market.other": _w("another market", "其他市场"),
}

MODELS: dict[str, Words] = {
    "models": _w("Models", "模型"),
    "models.lead": _w(
        "What the workers of this studio hold at this moment, as they say themselves.",
        "本工坊各工作进程此刻载入的模型，均由其自行上报。",
    ),
    "models.loading": _w("A worker is loading its model", "工作进程正在载入模型"),
    "models.failed": _w("A worker holds no model", "工作进程未载入模型"),
    "models.failed.lead": _w(
        "It could not load what the settings name; see above for what to do. Its jobs fail until then.",
        "无法载入设置中指定的模型，处理方法见上方；在此之前任务会失败。",
    ),
    "models.state.ready": _w("loaded", "已载入"),
    "models.state.loading": _w("loading", "载入中"),
    "models.state.failed": _w("not loaded", "未载入"),
    "models.ours": _w("comes with the studio", "工坊自带"),
    "models.use": _w("May pictures be sold?", "图片可否商用？"),
    "models.use.yes": _w("Yes. Pictures may be used and sold.", "可以。图片可商用、可出售。"),
    "models.use.revenue": _w(
        "Only below a yearly revenue. Above it the makers want a licence.",
        "仅限年收入低于一定额度；超出须向作者取得许可。",
    ),
    "models.use.ask": _w("Only after registering with the makers.", "须先向作者登记。"),
    "models.use.no": _w("No. Not without a licence bought from the makers.", "不可以，除非向作者购买许可。"),
    "models.use.unknown": _w(
        "Nobody knows here. Read the licence beside the weights before pictures leave the house.",
        "无法确定。对外使用前请阅读权重附带的许可。",
    ),
    "models.sold.yes": _w("yes", "可以"),
    "models.sold.revenue": _w("below a yearly revenue", "年收入低于额度时"),
    "models.sold.ask": _w("after registering", "登记后"),
    "models.sold.no": _w("no", "不可以"),
    "models.licence": _w("Licence", "许可"),
    "models.licence.card": _w("its card says", "模型卡写明"),
    "models.licence.binds": _w("What lies beside the weights binds.", "以权重附带的许可为准。"),
    "models.limits": _w("Where it ends", "能力边界"),
    "models.limits.ours": _w(
        "It adds light to scenes that this studio's own renderer draws. Shapes, places and colours come from the renderer; it draws "
        "nothing by itself and knows nothing that the renderer cannot draw.",
        "它为工坊自带渲染器绘制的场景补充光照。形状、位置与颜色来自渲染器；它不能凭空作画，也画不出渲染器没有的东西。",
    ),
    "models.unused": _w("Pictures are the renderer's own", "画面由渲染器直接绘制"),
    "models.limits.none": _w("No card with limits lies beside these weights.", "这些权重没有附带说明局限的模型卡。"),
    "models.card": _w("What its card says of its limits", "模型卡中的局限说明"),
    "models.checker": _w("Safety checker", "安全检查器"),
    "models.checker.ours": _w(
        "None; it knows only our renderer's objects and needs none.", "无。它只认识自带渲染器的物体，无需检查。"
    ),
    "models.checker.none": _w("None. Nobody but people looks at what it draws.", "无。只有人工查看其成图。"),
    "models.device": _w("Runs on", "运行设备"),
    "models.threads": _w("thread", "线程"),
    "models.size": _w("Size", "规模"),
    "models.weights": _w("weights", "参数"),
    "models.memory": _w("Memory of the process", "进程内存"),
    "models.memory.device": _w("on the card", "显存"),
    "models.spared": _w("saving memory by", "节省内存"),
    "models.since": _w("Since", "载入时间"),
    "models.worker": _w("worker", "工作进程"),
    "models.latest": _w("Latest picture", "最近一张用时"),
    "models.latest.none": _w("None was made with it yet.", "还没有用它制作过。"),
    "models.control": _w("Steered by", "控制方式"),
    "models.control.dense": _w("all maps of the scene", "场景的全部控制图"),
    "models.control.none": _w("the blockout it starts from", "以草模为起点"),
    "models.refiner": _w("with a pixel network", "含像素网络"),
    "models.adapters": _w("Adapters", "适配器"),
    "models.style_adapter": _w("style:", "风格："),
    "models.hash": _w("SHA-256 of the weights", "权重 SHA-256"),
    "models.none": _w("No worker reports", "没有工作进程上报"),
    "models.none.lead": _w(
        "Nothing is loaded that could make pictures. Start a worker: “make run” starts one on this machine. If one runs, its "
        "log tells more.",
        "当前没有可制作图片的进程。请启动工作进程：在本机运行“make run”即可；若已在运行，请查看其日志。",
    ),
    "models.none.last": _w("The last one was heard at", "最近一次上报："),
    "models.missing.ask": _w(
        "Something that the settings name is missing on a worker. Whoever runs the studio sees here what to do.",
        "某个工作进程缺少设置中指定的文件。工坊管理员可在此查看处理方法。",
    ),
    "models.language": _w("Language model", "语言模型"),
    "models.language.does": _w(
        "It proposes headlines and reads briefs. Each line it proposes is held against the brand's rules before anybody sees it.",
        "用于推荐标题与解读简报。它给出的每一条都会先对照品牌规则。",
    ),
    "models.language.none": _w(
        "None is set. Headlines come from the phrase grammar, briefs are read by the lexicon.",
        "未设置。标题由短语语法给出，简报由词库解读。",
    ),
    "models.language.how": _w("To use one, set", "如需启用，请设置"),
    "models.language.server": _w("on a server", "位于服务器"),
    "models.language.local": _w("on the bench's process", "由编辑进程载入"),
    "models.families": _w("Families that the studio can load", "可载入的模型家族"),
    "models.families.lead": _w(
        "A summary of the makers' licences of November 2026. What lies beside the weights binds.",
        "2026 年 11 月各家许可摘要，以权重附带的许可为准。",
    ),
    "models.family": _w("Family", "家族"),
}

ROOMS = HOME | BRANDS | MODELS
