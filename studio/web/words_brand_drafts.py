"""Sentences of the pages that start, draft, publish and compare brands."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


START: dict[str, Words] = {
    "brand.new": _w("New brand", "新建品牌"),
    "brand.new.lead": _w(
        "Name it; then its colours, type, logo and words follow as a draft. You become its owner.",
        "先命名，随后以草稿填写色彩、字体、标志与用语。你将成为该品牌的所有者。",
    ),
    "brand.start": _w("Start the draft", "开始草稿"),
    "brand.edit": _w("Edit the style", "编辑风格"),
    "brand.go_on": _w("Go on with the draft", "继续草稿"),
    "brands.drafted": _w("Not published yet", "尚未发布"),
    "brands.empty.start": _w(
        "Start one with a logo and three colours, or ask whoever runs this studio to add you to one.",
        "用一个标志和三种颜色即可新建品牌，或请工坊管理员把你加入品牌。",
    ),
    "draft.name.zh": _w("Name in Chinese", "中文名称"),
    "draft.name.en": _w("Name in English", "英文名称"),
    "draft.slug": _w("Short name", "短名称"),
    "draft.slug.hint": _w(
        "Stands in addresses and briefs and never changes: lower-case letters, digits, hyphens, such as “kiln”.",
        "用于网址与简报，之后不可更改：小写字母、数字、连字符，例如 kiln。",
    ),
    "draft.file": _w("A brand's file", "品牌文件"),
    "draft.file.hint": _w(
        "If another studio exported this brand, begin with its ZIP. Otherwise leave it empty.",
        "如有从其他工坊导出的 ZIP，可由此开始；没有则留空。",
    ),
}

FORM: dict[str, Words] = {
    "draft": _w("Draft", "草稿"),
    "draft.first": _w("Nothing of it is published yet", "尚未发布过"),
    "draft.based_on": _w("begun as version", "基于版本"),
    "draft.changed_by": _w("last changed by", "最近修改："),
    "draft.saved": _w("Saved.", "已保存。"),
    "draft.save": _w("Save the draft", "保存草稿"),
    "draft.review": _w("Look over and publish", "查看并发布"),
    "draft.specimen": _w("The brand as it stands", "品牌预览"),
    "draft.to_do": _w("Before it can be published", "发布前需完成"),
    "draft.ready": _w("Ready to publish", "可以发布"),
    "draft.theirs": _w("theirs, saved", "对方（已保存）"),
    "draft.yours": _w("yours, not saved", "你的（未保存）"),
    "draft.take_theirs": _w("Take theirs and drop mine", "采用对方版本，放弃我的修改"),
    "draft.save_over": _w(
        "Or go on below, where all that you typed still stands: saving then puts yours over theirs.",
        "或在下方继续：你填写的内容都在，再次保存即以你的内容为准。",
    ),
    "draft.part.name": _w("Name and market", "名称与市场"),
    "draft.part.logos": _w("Logo", "标志"),
    "draft.part.logos.hint": _w(
        "An SVG for light grounds; one for dark grounds where the first can't be seen on them. Text as outlines.",
        "上传用于浅色底的 SVG；若其在深色底上不清楚，再传一个深色底版本。文字请先转曲。",
    ),
    "draft.part.palette": _w("Colours", "色彩"),
    "draft.part.palette.hint": _w(
        "At least one ground, and an ink that can be read on it. Heavier colours are used more.",
        "至少一个底色，以及在其上可读的深色。权重越大用得越多。",
    ),
    "draft.part.type": _w("Type and corners", "字体与圆角"),
    "draft.part.tone": _w("Tone", "语气"),
    "draft.part.tone.hint": _w("How the brand speaks, in a sentence or two.", "用一两句话写明品牌如何说话。"),
    "draft.part.words": _w("Words", "用语"),
    "draft.logo.light": _w("For light grounds", "用于浅色底"),
    "draft.logo.dark": _w("For dark grounds", "用于深色底"),
    "draft.logo.none": _w("No logo yet", "还没有标志"),
    "draft.logo.file": _w("SVG file", "SVG 文件"),
    "draft.logo.clear": _w("Free space, × height", "留白（倍标志高）"),
    "draft.logo.least": _w("Least height, px", "最小高度（像素）"),
    "draft.logo.remove": _w("Take this logo out when I save", "保存时移除该标志"),
    "draft.colour": _w("Colour", "颜色"),
    "draft.hex": _w("Value", "色值"),
    "draft.picker": _w("Pick a colour", "取色"),
    "draft.colour.zh": _w("Chinese name", "中文名"),
    "draft.colour.en": _w("English name", "英文名"),
    "draft.weight": _w("Weight", "权重"),
    "draft.remove": _w("Remove", "移除"),
    "draft.remove_colour": _w("Remove colour", "移除颜色"),
    "draft.add_colour": _w("Add a colour", "添加颜色"),
    "draft.role.ground": _w("Ground", "底色"),
    "draft.role.second": _w("Second colour", "辅助色"),
    "draft.role.accent": _w("Accent", "点缀色"),
    "draft.role.ink": _w("Ink", "文字深色"),
    "draft.role.paper": _w("Paper", "文字浅色"),
    "draft.role.metal": _w("Metal", "金属色"),
    "draft.use.display_zh": _w("Chinese headlines", "中文标题"),
    "draft.use.display_latin": _w("Latin headlines", "西文标题"),
    "draft.use.text": _w("Text", "正文"),
    "draft.corner.hint": _w(
        "In percent of the short side: 0 is square, 50 round.", "短边的百分比：0 为直角，50 为圆。"
    ),
    "draft.tone.zh": _w("In Chinese", "中文"),
    "draft.tone.en": _w("In English", "英文"),
    "draft.file.part": _w("As a file", "品牌文件"),
    "draft.import": _w("Fill the draft from the file", "用文件填充草稿"),
    "draft.import.hint": _w(
        "A ZIP that a studio exported. It replaces what stands in the draft now.",
        "由工坊导出的 ZIP。草稿现有内容将被替换。",
    ),
    "draft.import.none": _w("No file was chosen. Choose the ZIP, then send it.", "未选择文件。请选择 ZIP 后再提交。"),
    "draft.discard": _w("Discard this draft", "放弃草稿"),
    "draft.discard.says": _w(
        "Everything that was changed since the newest version is lost for all designers. The published style stays.",
        "自最新版本以来的修改将对所有设计师失效，无法找回。已发布的风格不受影响。",
    ),
    "draft.discard.do": _w("Discard it for good", "确认放弃"),
    "draft.field.name": _w("Name", "名称"),
    "draft.field.market": _w("Market", "市场"),
    "draft.field.industry": _w("Industry", "行业"),
    "draft.field.palette": _w("Colour", "颜色"),
    "draft.field.typefaces": _w("Typefaces", "字体"),
    "draft.field.logos": _w("Logo", "标志"),
    "draft.field.glossary": _w("The brand's own words", "品牌词汇"),
    "draft.field.glossary.hint": _w(
        "One a line: word = what it stands for, such as “piggy = piggy bank”.",
        "每行一条：词 = 含义，例如：小穗罐 = 存钱罐。",
    ),
    "draft.field.corner_radius": _w("Corner radius", "圆角"),
    "draft.field.required_legal": _w("Required lines", "必备文案"),
    "draft.field.required_legal.hint": _w("One a line; they stand on every picture.", "每行一条，每张图都会带上。"),
    "draft.field.banned_words": _w("Banned words", "禁用词"),
    "draft.field.banned_words.hint": _w(
        "One a line; copy that holds one is refused.", "每行一个，含有禁用词的文案会被拒绝。"
    ),
    "draft.field.references": _w("Reference pictures", "参考图"),
    "draft.field.tone": _w("Tone", "语气"),
    "draft.kind.added": _w("added", "新增"),
    "draft.kind.removed": _w("taken out", "移除"),
    "draft.kind.changed": _w("changed", "修改"),
    "draft.same": _w("They say the same.", "内容一致，没有差异。"),
}

PUBLISHING: dict[str, Words] = {
    "publish.title": _w("Publish the draft", "发布草稿"),
    "publish.changes": _w("What changes from version", "变化：相较于版本"),
    "publish.first": _w("What the first version says", "首个版本的内容"),
    "publish.before": _w("before", "之前"),
    "publish.after": _w("after", "之后"),
    "publish.says": _w(
        "A published version never changes again. New briefs use it at once; pictures made before keep the version that made them.",
        "版本发布后不再更改。新简报立即采用；此前的图片仍沿用制作时的版本。",
    ),
    "publish.back": _w("Back to the draft", "返回草稿"),
    "publish.owner": _w("An owner of the brand publishes it.", "由品牌所有者发布。"),
    "publish.do": _w("Publish as version", "发布为版本"),
    "versions": _w("Versions", "版本"),
    "versions.none": _w("Nothing is published yet.", "尚未发布任何版本。"),
    "versions.export": _w("Export", "导出"),
    "versions.compare": _w("Compare", "对比"),
    "versions.roll_back": _w("Roll back to this", "回到此版本"),
    "versions.back_to": _w("Roll back to version", "回到版本"),
    "versions.roll_back.says": _w(
        "What that version says is published once more, as the newest. No version is lost, a draft stays as it is, and pictures "
        "keep the version that made them.",
        "该版本的内容将作为最新版本再次发布。所有版本均保留，草稿不变，图片仍沿用制作时的版本。",
    ),
    "versions.lost": _w("A picture of this version is missing", "该版本缺少图片"),
}

INDUSTRIES: dict[str, Words] = {
    "industry.general": _w("General", "通用"),
    "industry.finance": _w("Finance", "金融"),
    "industry.finance_investment": _w("Investment", "投资"),
    "industry.public_fund": _w("Public funds", "公募基金"),
    "industry.private_fund": _w("Private funds", "私募基金"),
    "industry.credit": _w("Credit and loans", "信贷"),
    "industry.insurance": _w("Insurance", "保险"),
    "industry.crypto": _w("Cryptoassets", "加密资产"),
    "industry.medical": _w("Medical", "医疗"),
    "industry.health_food": _w("Health food", "保健食品"),
    "industry.infant_food": _w("Infant food", "婴幼儿食品"),
    "industry.food": _w("Food and drink", "食品餐饮"),
    "industry.alcohol": _w("Alcohol", "酒类"),
    "industry.education": _w("Education", "教育"),
    "industry.real_estate": _w("Real estate", "房地产"),
    "industry.retail": _w("Retail", "零售"),
    "industry.beauty": _w("Beauty", "美妆"),
    "industry.technology": _w("Technology", "科技"),
    "industry.travel": _w("Travel", "旅游"),
    "industry.automotive": _w("Cars", "汽车"),
    "industry.games": _w("Games", "游戏"),
    "industry.agriculture": _w("Agriculture", "农业"),
    "industry.tobacco": _w("Tobacco", "烟草"),
    "industry.gambling": _w("Gambling", "博彩"),
}

BRAND_DRAFTS = START | FORM | PUBLISHING | INDUSTRIES
