"""Sentences of a brand's review page: its policy, rubric, gold and reviewers."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


REVIEW_BRAND: dict[str, Words] = {
    "reviewed.assigned": _w("Handed out:", "已分配："),
    "reviewed.decided": _w("Decided:", "已裁定："),
    "reviewed.policy": _w("Changed. It holds from the next picture on.", "已更改，自下一张图起生效。"),
    "reviewed.rubric": _w("The rubric is now version", "评审标准现为版本"),
    "reviewed.gold-kept": _w("Kept as gold.", "已设为金标准。"),
    "reviewed.gold-retired": _w("Retired: nobody is shown it any more.", "已停用，不再出现。"),
    "calibrate": _w("How it is reviewed", "评审设置"),
    "calibrate.lead": _w(
        "What holds for this brand's pictures. Its designers and owners change it; reviewers see what they are asked by.",
        "适用于该品牌的图片。由品牌设计师与所有者更改，评审员可查看。",
    ),
    "policy": _w("Who is asked", "由谁评审"),
    "policy.lead": _w(
        "A change holds for pictures that come from now on; what waits already stays as it was asked for.",
        "更改仅影响此后的新图，已在队列中的图片不变。",
    ),
    "policy.overlap_share": _w("Of a hundred pictures, judged by several", "每百张中由多人评审的张数"),
    "policy.overlap_share.hint": _w(
        "Some overlap tells how far reviewers agree: 10 to 20 are usual. Which ones is chosen by the pictures themselves, nobody else.",
        "一定的重复评审可衡量一致性，通常为 10 到 20。具体哪些图由图片内容决定，不由人挑选。",
    ),
    "policy.overlap": _w("By how many reviewers", "由几人评审"),
    "policy.overlap.hint": _w("They don't see each other's answers.", "评审员互不可见对方的意见。"),
    "policy.four_eyes": _w("Four eyes for financial claims", "金融宣称须双人评审"),
    "policy.four_eyes.hint": _w(
        "A picture of a financial claim with evidence is usable only if two people say so.",
        "含佐证的金融宣称图片，须两人均认可方可使用。",
    ),
    "policy.due_hours": _w("Due after so many hours", "评审期限（小时）"),
    "policy.due_hours.hint": _w("0: never.", "0 表示不设期限。"),
    "policy.several": _w("{share} of a hundred pictures are judged by {n}", "每百张中有 {share} 张由 {n} 人评审"),
    "policy.one": _w("each picture is judged by one person", "每张图由一人评审"),
    "policy.eyes.on": _w("Two people for financial claims", "金融宣称须双人评审"),
    "policy.eyes.off": _w("One person is enough for financial claims", "金融宣称单人评审即可"),
    "policy.due": _w("due after {n} hours", "{n} 小时内完成"),
    "policy.no_due": _w("no due date", "不设期限"),
    "rubric": _w("What is asked", "评审标准"),
    "rubric.lead": _w(
        "The studio's {dimensions} scores and {defects} defects are asked for every brand. Yours come after them.",
        "所有品牌共用工坊的 {dimensions} 项评分与 {defects} 种缺陷，品牌自定的排在其后。",
    ),
    "rubric.studio": _w("What the studio asks", "工坊统一标准"),
    "rubric.own": _w("This brand's own", "品牌自定"),
    "rubric.none": _w("Nothing of its own yet.", "尚无自定项。"),
    "rubric.dimension": _w("Score", "评分"),
    "rubric.defect": _w("Defect", "缺陷"),
    "rubric.add.dimension": _w("Add a score", "增加评分"),
    "rubric.add.defect": _w("Add a defect", "增加缺陷"),
    "rubric.name_en": _w("Name in English", "英文名称"),
    "rubric.name_zh": _w("Name in Chinese", "中文名称"),
    "rubric.scale": _w("Scale", "量表"),
    "rubric.scale.quality": _w("1 is bad, 5 is excellent", "1 最差，5 最好"),
    "rubric.scale.signed": _w("3 is right, 1 too little, 5 too much", "3 最合适，1 过低，5 过高"),
    "rubric.low_en": _w("What 1 means, in English", "1 分的含义（英文）"),
    "rubric.low_zh": _w("What 1 means, in Chinese", "1 分的含义（中文）"),
    "rubric.high_en": _w("What 5 means, in English", "5 分的含义（英文）"),
    "rubric.high_zh": _w("What 5 means, in Chinese", "5 分的含义（中文）"),
    "rubric.severity": _w("How grave", "严重程度"),
    "rubric.severity.block": _w("blocks: the picture can't be used", "阻断：图片不可用"),
    "rubric.severity.major": _w("major", "严重"),
    "rubric.severity.minor": _w("minor", "轻微"),
    "rubric.region": _w("Marked by", "标记方式"),
    "rubric.region.box": _w("a box", "方框"),
    "rubric.region.polygon": _w("an outline", "轮廓"),
    "rubric.region.none": _w("the picture as a whole", "整张图"),
    "rubric.remove": _w("Stop asking", "不再询问"),
    "rubric.versions": _w("Versions", "版本"),
    "rubric.versions.lead": _w(
        "Each review keeps the version it was given under; figures of agreement never mix the studio's versions.",
        "每次评审都保留当时的版本；一致性统计不混用工坊的不同版本。",
    ),
    "rubric.version": _w("Version", "版本"),
    "rubric.since": _w("Since", "启用时间"),
    "rubric.by": _w("By", "操作人"),
    "rubric.reviews": _w("Reviews", "评审数"),
    "rubric.of_own": _w("Its own", "自定项"),
    "rubric.unused": _w(
        "Nobody has reviewed yet. The first review writes the first version.", "尚无评审，首次评审时生成首个版本。"
    ),
    "gold": _w("Gold pictures", "金标准图"),
    "gold.lead": _w(
        "Pictures whose right answer is known come up among the others, once for each reviewer: 8 in 100. They decide nothing; they tell "
        "how well people judge. Keep clear cases of each kind, 20 or more.",
        "已知正确结论的图片会混入队列，每位评审员只遇到一次，约占 8%。它们不参与裁决，只衡量判断的准确度。"
        "宜选明确的好例与坏例，合计 20 张以上。",
    ),
    "gold.none": _w(
        "No gold yet. Open a picture that is settled and keep it as gold.",
        "还没有金标准图。打开已有定论的图片即可设为金标准。",
    ),
    "gold.asked": _w("{right} of {asked} right", "{asked} 人中 {right} 人判对"),
    "gold.unasked": _w("nobody asked yet", "尚未出题"),
    "gold.retire": _w("Retire", "停用"),
    "gold.keep": _w("Keep as gold", "设为金标准"),
    "gold.keep.lead": _w(
        "For pictures whose answer is beyond doubt. It is shown to reviewers who never judged it.",
        "仅用于结论毫无疑问的图片，会出给未评过它的评审员。",
    ),
    "gold.right": _w("The right answer", "正确结论"),
    "gold.defects": _w("Defects to be found", "应发现的缺陷"),
    "gold.is": _w("This picture is gold.", "该图已是金标准。"),
    "gold.all": _w("See all gold pictures", "查看全部金标准图"),
    "standings": _w("Reviewers", "评审员"),
    "standings.lead": _w("The last 12 weeks.", "近 12 周。"),
    "standings.own": _w("Your own figures of the last 12 weeks.", "你近 12 周的数据。"),
    "standings.answers": _w("judged", "张已评"),
    "standings.none": _w(
        "Nobody reviews for this brand yet. Invite reviewers under People.", "该品牌尚无评审员，请在“成员”中邀请。"
    ),
    "standings.milder": _w("milder than the others by {by}", "比他人宽松 {by} 分"),
    "standings.stricter": _w("stricter than the others by {by}", "比他人严格 {by} 分"),
    "standings.level": _w("scores level with the others", "评分与他人持平"),
    "standings.steady": _w("says the same a week later in {share} of {n} repeats", "{n} 次复评中 {share} 结论一致"),
    "standings.little": _w("too few answers to say more", "数据尚少"),
    "standings.insight": _w("All figures in Insight", "在洞察中查看全部数据"),
    "review.decide.hidden": _w(
        "It waits for its reviewers. What they say is shown once it is settled, or where they disagree.",
        "正在等待评审。有定论或出现分歧后，才显示评审意见。",
    ),
    "review.said": _w("What reviewers said", "评审意见"),
}
