"""Sentences of the page of what a brand has learnt."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


LEARNERS: dict[str, Words] = {
    "learners": _w("Learners", "学习"),
    "learners.lead": _w(
        "What reviewers say trains three learners. A version is used once it beat what is in use on past briefs, and a person promoted it.",
        "评审意见用于训练三类学习模型。新版本须在历史简报上胜过现用版本，并经人工启用，才会投入使用。",
    ),
    "learners.none": _w("You review no brand yet", "你还没有可评审的品牌"),
    "learners.none.lead": _w("An owner of a brand can make you its reviewer.", "请品牌所有者将你设为评审员。"),
    "learners.brand": _w("Brand", "品牌"),
    "learners.show": _w("Show", "查看"),
    "learners.kind.adapter": _w("How scenes are drawn", "画面如何绘制"),
    "learners.kind.scene_prior": _w("What is staged", "场景如何布置"),
    "learners.kind.layout_taste": _w("Where things go", "版面如何安排"),
    "learners.about.adapter": _w(
        "An adapter (LoRA) on the diffusion model, trained on the gpu worker in minutes to hours.",
        "扩散模型的适配器（LoRA），由 gpu 进程训练，耗时数分钟至数小时。",
    ),
    "learners.about.scene_prior": _w(
        "Which stages, things, materials, light and colours are chosen. Learnt in seconds.",
        "选用哪些布景、物件、材质、光线与配色，数秒即可学成。",
    ),
    "learners.about.layout_taste": _w(
        "Which layout and which lettering are taken. Learnt in seconds.", "选用哪种版式与字体处理，数秒即可学成。"
    ),
    "learners.used": _w("In use: version {n}", "启用中：版本 {n}"),
    "learners.used.none": _w("Nothing learnt is in use", "尚未启用任何版本"),
    "learners.since": _w("since", "自"),
    "learners.watch": _w(
        "Rejected: {now} of {n} with it, {before} of {m} before it.",
        "驳回：使用后 {n} 张中 {now}，此前 {m} 张中 {before}。",
    ),
    "learners.watch.few": _w(
        "{n} of its pictures are settled; from 50 on it goes back by itself where rejects rise.",
        "已有 {n} 张定评；满 50 张后，若驳回率上升将自动回退。",
    ),
    "learners.tastes": _w("What reviewers like", "评审偏好"),
    "learners.taste.liked": _w("liked where it is there", "有则更受欢迎"),
    "learners.taste.disliked": _w("liked where it is missing", "无则更受欢迎"),
    "learners.taste.along": _w("from little to much", "由少到多"),
    "learners.roll_back": _w("Roll back", "回退"),
    "learners.train": _w("Train", "训练"),
    "learners.method": _w("Method", "方法"),
    "learners.method.sft": _w("on approved pictures", "以通过的图片"),
    "learners.method.kto": _w("on single verdicts", "以单张结论"),
    "learners.method.dpo": _w("on pairs", "以成对比较"),
    "learners.ordered": _w("Asked for. The reviews are being frozen.", "已发起，正在冻结评审数据。"),
    "learners.failed": _w("The last wish to train came to nothing.", "上次发起的训练未能进行。"),
    "learners.versions.none": _w(
        "No version yet. Train one: what reviewers said so far is frozen first.",
        "尚无版本。点击训练，将先冻结目前的评审数据。",
    ),
    "learners.version": _w("Version {n}", "版本 {n}"),
    "learners.state.queued": _w("waits", "等待中"),
    "learners.state.training": _w("trains", "训练中"),
    "learners.state.trained": _w("trained", "已训练"),
    "learners.state.passed": _w("passed the gate", "已过门禁"),
    "learners.state.gating": _w("in the gate", "门禁中"),
    "learners.state.refused": _w("refused by the gate", "未过门禁"),
    "learners.state.promoted": _w("in use", "启用中"),
    "learners.state.retired": _w("retired", "已停用"),
    "learners.state.failed": _w("failed", "失败"),
    "learners.state.cancelled": _w("cancelled", "已取消"),
    "learners.step": _w("step {done} of {steps}", "第 {done} / {steps} 步"),
    "learners.pairs": _w("{done} of {pairs} pairs", "{done} / {pairs} 对"),
    "learners.gate.begins": _w("The pack of past briefs is being read.", "正在读取历史简报。"),
    "learners.dataset": _w("Learnt from", "训练数据"),
    "learners.split.train": _w("to learn from", "用于学习"),
    "learners.split.validation": _w("to watch", "用于观察"),
    "learners.split.holdout": _w("kept to judge", "留作评判"),
    "learners.label.desirable": _w("liked", "认可"),
    "learners.label.undesirable": _w("not liked", "不认可"),
    "learners.label.pairs": _w("pairs", "对"),
    "learners.left_out": _w("Left out", "未采用"),
    "learners.loss": _w("Loss by step; the dots are of briefs that only watch", "各步损失；粗线为仅作观察的简报"),
    "learners.loss.caption": _w(
        "Loss by step. The thick line: briefs that only watch.", "各步损失。粗线：仅作观察的简报。"
    ),
    "learners.samples": _w("Drawn on the way", "训练过程样图"),
    "learners.sample": _w("Sample at step {n}", "第 {n} 步样图"),
    "learners.cancel": _w("Cancel", "取消"),
    "learners.gate": _w("Gate", "过门禁"),
    "learners.gate.again": _w("Gate again", "重新过门禁"),
    "learners.promote": _w("Promote", "启用"),
    "learners.recall": _w("Review its {n} pictures again", "重新评审其 {n} 张图"),
    "learners.report": _w("What the gate found", "门禁结果"),
    "learners.passed": _w(
        "Passed: the scorer prefers it in {share} of {pairs} pairs.", "通过：{pairs} 对中评分模型有 {share} 更看好它。"
    ),
    "learners.refused": _w(
        "Refused: the scorer prefers it in {share} of {pairs} pairs.",
        "未通过：{pairs} 对中评分模型有 {share} 更看好它。",
    ),
    "learners.interval": _w(
        "95 % interval {low} to {high}, over {briefs} briefs; it must lie above 50 %.",
        "95% 区间 {low} 至 {high}（{briefs} 个简报），须高于 50%。",
    ),
    "learners.worse": _w("Must not get worse", "不得变差的指标"),
    "learners.measure": _w("Measure", "指标"),
    "learners.change": _w("Change", "变化"),
    "learners.margin": _w("may rise by", "允许上升"),
    "learners.measure.blocked": _w("Blocked pictures", "被拦截的图"),
    "learners.measure.warnings": _w("Warnings a picture", "每图警告数"),
    "learners.measure.misread": _w("Lines that read otherwise", "识读不符的文字行"),
    "learners.measure.palette": _w("Distance to the brand's colours", "与品牌色的距离"),
    "learners.measure.outlines": _w("Planned outlines that are lacking", "缺失的规划轮廓"),
    "learners.too_much": _w("too much", "超出"),
    "learners.worst": _w("Where it loses most", "落败最多的几对"),
    "learners.before": _w("in use now", "现用"),
    "learners.after": _w("this version", "此版本"),
    "learners.all": _w("All pairs as JSON", "全部结果（JSON）"),
    "learners.scorer": _w("judged by {name}, {labels} labels", "评判：{name}，{labels} 条标注"),
    "learners.acts": _w("What was done", "操作记录"),
    "learners.act.promote": _w("Version {n} promoted", "启用版本 {n}"),
    "learners.act.roll_back": _w("Version {m} rolled back", "回退版本 {m}"),
    "learners.act.alone": _w("Version {m} went back by itself", "版本 {m} 自动回退"),
    "learners.act.to": _w("to version {n}", "至版本 {n}"),
    "learners.act.to_none": _w("to none", "至不启用"),
}
