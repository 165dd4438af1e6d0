"""Sentences of the room of plots. What stands in braces is filled in with figures and names."""

from brand_styles.words import Words
from reviews.said import MOST


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


def _kind(slug: str, question: Words, one: Words, none: Words) -> dict[str, Words]:
    """Charts that compare kinds of pictures: the question, and its answer where there is one kind or no difference."""
    empty = _w(
        "Nothing is decided here yet. Review some pictures of this period.", "此期间尚无评审结论，请先评审一些图片。"
    )
    found = {"question": question, "one": one, "none": none, "empty": empty}
    return {f"insight.{slug}.{key}": words for key, words in found.items()}


INSIGHT: dict[str, Words] = {
    "insight": _w("Insight", "洞察"),
    "insight.lead": _w(
        "Lines show how far a figure may be off: 19 times of 20 the truth lies within.",
        "横线表示误差范围：20 次中约 19 次真值落在其内。",
    ),
    "insight.leaves_out": _w(
        f"More happened in this time than is counted here: of answers and of pictures the newest {MOST:,}. "
        "Choose one brand or a shorter time to see all of it.",
        f"此时段的记录多于此处统计：评审与图片各只计最新 {MOST:,} 条。选择单个品牌或较短时段即可看到全部。",
    ),
    "insight.brand": _w("Brand", "品牌"),
    "insight.all_brands": _w("All that I review", "我评审的全部品牌"),
    "insight.period": _w("Time", "时间"),
    "insight.weeks.4": _w("4 weeks", "近 4 周"),
    "insight.weeks.12": _w("12 weeks", "近 12 周"),
    "insight.weeks.52": _w("A year", "近一年"),
    "insight.weeks.0": _w("All time", "全部时间"),
    "insight.show": _w("Show", "查看"),
    "insight.csv": _w("CSV", "下载 CSV"),
    "insight.csv.of": _w("Figures as CSV:", "下载数据："),
    "insight.figures": _w("Figures", "明细"),
    "insight.more": _w("more in the CSV", "项见 CSV"),
    "insight.week": _w("Week from", "起始周"),
    "insight.none": _w("You review for no brand yet", "你尚未参与任何品牌的评审"),
    "insight.none.lead": _w(
        "Ask an owner of a brand to make you a reviewer. Then this page tells how its pictures fare.",
        "请品牌所有者将你设为评审员，之后可在此查看该品牌的评审情况。",
    ),
    "insight.group.usable": _w("Usable pictures", "可用率"),
    "insight.group.agreement": _w("Agreement", "评审一致性"),
    "insight.group.costs": _w("Time and compute", "时间与算力"),
    "insight.group.people": _w("Reviewers", "评审员"),
    "insight.people.own": _w(
        "These are your own figures. A brand's designers and owners see those of everybody.",
        "此处只显示你自己的数据；全部评审员的数据仅品牌设计师与所有者可见。",
    ),
    "insight.pictures": _w("{n} pictures", "{n} 张"),
    "insight.of_pictures": _w("of {n} pictures", "共 {n} 张"),
    "insight.answers": _w("{n} answers", "{n} 次操作"),
    "insight.repeats": _w("{n} repeats", "{n} 次复评"),
    "insight.comparisons": _w("{n} comparisons", "{n} 次比较"),
    "insight.and_more": _w("{it} and {n} more", "{it}及另外 {n} 项"),
    "insight.you": _w("You", "你"),
    "insight.base": _w("Nothing learned", "未用学习结果"),
    "insight.unnamed": _w("Not recorded", "未记录"),
    "insight.usable.question": _w("How many pictures are usable?", "多少图片可用？"),
    "insight.usable.empty": _w(
        "No picture of this period is decided yet. Open Review and judge some.", "此期间尚无结论，请前往评审。"
    ),
    "insight.usable.answer": _w("{rate} of {n} pictures are usable", "{n} 张图片中可用率为 {rate}"),
    "insight.usable.up": _w(
        "{rate} of {n} pictures are usable, and more of late: {after}, before {before}",
        "{n} 张图片中可用率为 {rate}，且近期上升：由 {before} 升至 {after}",
    ),
    "insight.usable.down": _w(
        "{rate} of {n} pictures are usable, but fewer of late: {after}, before {before}",
        "{n} 张图片中可用率为 {rate}，但近期下降：由 {before} 降至 {after}",
    ),
    "insight.worst": _w("{it} falls behind: {rate} usable, the rest {rest}", "{it}偏低：可用率 {rate}，其余为 {rest}"),
    "insight.best": _w("{it} does best: {rate} usable, the rest {rest}", "{it}最好：可用率 {rate}，其余为 {rest}"),
    **_kind(
        "usable-brand",
        _w("Which brands do better?", "哪些品牌更好？"),
        _w("Only {it} so far: {rate} usable", "目前只有{it}：可用率 {rate}"),
        _w("No brand stands out", "各品牌无明显差别"),
    ),
    **_kind(
        "usable-format",
        _w("Which formats do better?", "哪些尺寸更好？"),
        _w("Only {it} so far: {rate} usable", "目前只有 {it}：可用率 {rate}"),
        _w("No format stands out", "各尺寸无明显差别"),
    ),
    **_kind(
        "usable-concept",
        _w("Which concepts do better?", "哪些概念更好？"),
        _w("Only {it} so far: {rate} usable", "目前只有{it}：可用率 {rate}"),
        _w("No concept stands out", "各概念无明显差别"),
    ),
    **_kind(
        "usable-model",
        _w("Which models do better?", "哪些模型更好？"),
        _w("All are made by {it}: {rate} usable", "均由 {it} 生成：可用率 {rate}"),
        _w("No model stands out", "各模型无明显差别"),
    ),
    **_kind(
        "usable-learners",
        _w("Do learned versions do better?", "学习后的版本更好吗？"),
        _w("One version so far, {it}: {rate} usable", "目前只有一个版本（{it}）：可用率 {rate}"),
        _w("No learned version stands out", "各学习版本无明显差别"),
    ),
    "insight.defects.question": _w("What is wrong most often?", "最常见的缺陷是什么？"),
    "insight.defects.answer": _w("Marked most: {it}, on {rate} of pictures", "最常见：{it}，占图片的 {rate}"),
    "insight.defects.empty": _w("Nobody marked a defect in this time.", "此期间没有标注缺陷。"),
    "insight.agreement.question": _w("Do reviewers score alike?", "评审员的评分一致吗？"),
    "insight.agreement.answer": _w(
        "On {sure} of {n} dimensions the scores agree enough to build on", "{n} 个维度中有 {sure} 个的一致性足以依赖"
    ),
    "insight.agreement.note": _w(
        "Krippendorff's alpha for ordinal scores: 0 is chance, 1 is always the same; from .667 with care, from .8 relied on.",
        "有序评分的 Krippendorff α：0 为随机，1 为完全一致；.667 起可谨慎采用，.8 起可以依赖。",
    ),
    "insight.agreement.empty": _w(
        "No picture was scored by two people yet. Let some share of a brand's pictures be judged twice.",
        "尚无两人共同评分的图片。请为品牌设置一定比例的重复评审。",
    ),
    "insight.verdicts.question": _w("Do reviewers come to the same verdict?", "评审员的结论一致吗？"),
    "insight.verdicts.answer": _w(
        "Two reviewers give the same verdict on {rate} of pictures", "两人结论相同的图片占 {rate}"
    ),
    "insight.verdicts.note": _w(
        "Where nearly all pictures pass, alpha and kappa fall though nothing got worse. Read AC1 and the agreement on unusable ones then.",
        "当几乎所有图片都通过时，α 与 κ 会偏低而并非变差，此时请看 AC1 与“不可用”的一致率。",
    ),
    "insight.verdicts.empty": _w(
        "No picture was judged by two people yet. Let some share of a brand's pictures be judged twice.",
        "尚无两人共同评审的图片。请为品牌设置一定比例的重复评审。",
    ),
    "insight.verdicts.raw": _w("The same verdict", "结论相同"),
    "insight.verdicts.on_usable": _w("Agreed on usable", "“可用”一致率"),
    "insight.verdicts.on_unusable": _w("Agreed on unusable", "“不可用”一致率"),
    "insight.verdicts.alpha": _w("Krippendorff's alpha", "Krippendorff α 系数"),
    "insight.verdicts.fleiss": _w("Fleiss' kappa", "Fleiss κ 系数"),
    "insight.verdicts.cohen": _w("Cohen's kappa, the two who share most", "Cohen κ 系数（共评最多的两人）"),
    "insight.verdicts.ac1": _w("Gwet's AC1", "Gwet AC1 系数"),
    "insight.moved.question": _w("Did scores move for everybody?", "评分是否整体变化？"),
    "insight.moved.answer": _w(
        "{it} moved for everybody since {since}: the pictures changed, not the people",
        "{it}自 {since} 起对所有人都有变化：变的是图片，而非评审员",
    ),
    "insight.moved.none": _w("No dimension moved for everybody since {since}", "自 {since} 起，没有维度整体变化"),
    "insight.moved.people": _w("{same} of {n} reviewers moved so", "{n} 人中 {same} 人同向"),
    "insight.moved.empty": _w(
        "Needs two people who scored ten pictures each, before and after.", "需要至少两人前后各评过十张。"
    ),
    "insight.hours.question": _w("How much time do reviewers give?", "评审员投入了多少时间？"),
    "insight.hours.answer": _w("Reviewers gave {hours}, {each} s an answer", "评审共用 {hours}，平均每次 {each} 秒"),
    "insight.hours.empty": _w("Nobody reviewed in this time.", "此期间没有评审。"),
    "insight.compute.question": _w("What does a usable picture cost?", "一张可用图片要多少算力？"),
    "insight.compute.answer": _w(
        "Each of {n} usable pictures took {each} of compute, what was thrown away included",
        "{n} 张可用图片平均每张耗时 {each}（含未采用的图片）",
    ),
    "insight.compute.all": _w("All", "合计"),
    "insight.compute.empty": _w("No picture of this period is usable yet.", "此期间还没有可用图片。"),
    "insight.stage.layout": _w("layout", "排版"),
    "insight.stage.blockout": _w("scene", "搭景"),
    "insight.stage.diffusion": _w("picture", "成像"),
    "insight.stage.composite": _w("type", "上字"),
    "insight.stage.preflight": _w("checks", "质检"),
    "insight.preflight.question": _w("How many pictures pass preflight?", "多少图片通过质检？"),
    "insight.preflight.answer": _w(
        "{first} pass at once, {passed} after repair", "一次通过 {first}，修复后通过 {passed}"
    ),
    "insight.preflight.first": _w("At once", "一次通过"),
    "insight.preflight.repaired": _w("After repair", "修复后"),
    "insight.preflight.empty": _w("No picture was made in this time.", "此期间没有生成图片。"),
    "insight.gold.question": _w("Who finds the known answers?", "谁能判对金标准图？"),
    "insight.gold.flagged": _w("Look at this together: {it}", "需要一起复核：{it}"),
    "insight.gold.calm": _w("Known answers are found as often as usual", "金标准图判断正常"),
    "insight.gold.empty": _w(
        "No gold picture was judged yet. Keep some clear cases, good and bad, as gold.",
        "还没有评过金标准图。请把一些明确的好例与坏例设为金标准。",
    ),
    "insight.severity.question": _w("Has anybody become milder or stricter?", "有人变宽或变严吗？"),
    "insight.severity.flagged": _w("Scores apart from the others: {it}", "评分偏离他人：{it}"),
    "insight.severity.calm": _w("Nobody became milder or stricter than the others", "没有人比他人明显更宽或更严"),
    "insight.severity.note": _w(
        "CUSUM against the others of the same week: right is milder, left stricter; beyond 5 it is no chance.",
        "与同周其他人比较的累积和：向右偏宽，向左偏严；超过 5 即非偶然。",
    ),
    "insight.severity.way": _w(
        "{by} points on average, {n} times 20 pictures", "平均 {by} 分，共 {n} 组（每组 20 张）"
    ),
    "insight.severity.empty": _w(
        "Needs 20 scored pictures of somebody, and others who scored in the same weeks.",
        "需要某人评过 20 张，且同周有其他人评分。",
    ),
    "insight.steady.question": _w("Who says the same a week later?", "一周后结论是否相同？"),
    "insight.steady.answer": _w("How often {n} reviewers repeat their verdict", "{n} 位评审员复评时结论相同的比例"),
    "insight.steady.empty": _w(
        "No repeat was judged yet. They come by themselves, a week after the first answer.",
        "还没有复评。首次评审一周后会自动出现。",
    ),
    "insight.alike.question": _w("Who agrees with the others?", "谁与他人一致？"),
    "insight.alike.answer": _w("How often {n} reviewers agree with the others", "{n} 位评审员与他人一致的比例"),
    "insight.alike.empty": _w("No picture was judged by two people yet.", "尚无两人共同评审的图片。"),
}
