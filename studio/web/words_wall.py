"""Sentences of the wall's queue and of comparing."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


WALL: dict[str, Words] = {
    "wall.next": _w("next", "下一个"),
    "wall.before": _w("before it:", "前面还有"),
    "wall.ahead": _w("Make these sooner", "优先制作"),
    "wall.ahead.hint": _w(
        "Up to 24 pictures of a brand may go ahead of other work at once.", "每个品牌同时最多 24 张可优先于其他任务。"
    ),
    "wall.is_ahead": _w("goes ahead", "已优先"),
    "compare": _w("Compare", "对比"),
    "compare.select": _w("Select to compare", "选择以对比"),
    "compare.selected": _w("selected", "张已选"),
    "compare.clear": _w("Select none", "取消选择"),
    "compare.how": _w(
        "Select pictures with their boxes or X; with Shift, all from the last one on. 2 to 4 can be compared.",
        "用勾选框或 X 选择图片，按住 Shift 可连选；2 到 4 张可对比。",
    ),
    "compare.few": _w("Select 2 to 4 pictures to compare.", "请选择 2 到 4 张图片进行对比。"),
    "wall.select_first": _w("Select at least one picture.", "请至少选择一张图片。"),
    "wall.select_one": _w("Select one picture to make more like it.", "请选择一张图片，再生成相似的。"),
    "wall.refused": _w("This was not done", "未执行"),
    "wall.back": _w("Back to the wall", "返回墙面"),
    "wall.show": _w("Show", "显示"),
    "wall.all": _w("All", "全部"),
    "wall.order": _w("Order", "排序"),
    "wall.order.brief": _w("As briefed", "按简报"),
    "wall.order.best": _w("Best first", "优者在前"),
    "wall.order.best.hint": _w(
        "By how likely reviewers would call it usable, as far as the brand's reviews tell. What they rejected comes last.",
        "依据该品牌以往评审，按预计可用的概率排序；已拒绝的排在最后。",
    ),
    "wall.likely": _w("likely usable", "可能可用"),
    "wall.verdict.waiting": _w("to review", "待评审"),
    "wall.verdict.approved": _w("approved", "已通过"),
    "wall.verdict.minor_fix": _w("minor fix", "需小改"),
    "wall.verdict.rejected": _w("rejected", "已拒绝"),
    "wall.verdict.split": _w("being decided", "裁定中"),
    "wall.keys.best": _w("B: best first, or as briefed", "B：优者在前，或按简报"),
    "wall.lost": _w(
        "The studio does not answer; nothing was done. Try again in a moment.", "工坊没有响应，操作未执行，请稍后重试。"
    ),
    "star": _w("Star", "标星"),
    "star.off": _w("Take the star off", "取消标星"),
    "star.done": _w("starred", "张已标星"),
    "star.taken": _w("no longer starred", "张已取消标星"),
    "star.changed": _w("Stars changed:", "标星已更改："),
    "star.mine": _w("Starred by me", "我标星的"),
    "star.anyone": _w("Starred by anyone", "有人标星的"),
    "star.others": _w("other people starred it", "位其他成员标星"),
    "star.none": _w(
        "Nothing here is starred yet. Star a picture with its star or with S.",
        "还没有标星的图片。点星标或按 S 即可标星。",
    ),
    "reroll": _w("Reroll", "重抽"),
    "reroll.keep": _w("Keep", "保留"),
    "reroll.hint": _w(
        "What is kept stays exactly as it is; the rest is drawn anew, as new pictures beside the old ones. When the copy is not "
        "kept, only the headline changes; prices and conditions never do.",
        "保留的部分完全不变，其余重新生成，新图排在原图旁。不保留文案时只换标题，价格与条件绝不改动。",
    ),
    "reroll.all": _w(
        "Let go of at least one: with all four kept nothing would change.", "请至少放开一项：全部保留则没有变化。"
    ),
    "reroll.sizes": _w("In all its sizes", "所有尺寸"),
    "reroll.go": _w("Reroll the rest", "重抽其余部分"),
    "reroll.kept": _w("kept:", "保留："),
    "reroll.kept_none": _w("nothing kept", "全部重抽"),
    "lock.layout": _w("layout", "版式"),
    "lock.scene": _w("scene", "场景"),
    "lock.copy": _w("copy", "文案"),
    "lock.palette": _w("palette", "配色"),
    "lock.layout.hint": _w("Everything stands where it stands now.", "所有元素位置不变。"),
    "lock.scene.hint": _w("The same things in the same light, from the same seed.", "物件、光线与种子不变。"),
    "lock.copy.hint": _w("Every line says what it says now.", "每行文字不变。"),
    "lock.palette.hint": _w("The same colours in the same roles.", "配色及用途不变。"),
    "more": _w("More like this", "更多相似"),
    "more.count": _w("How many", "数量"),
    "more.hint": _w(
        "Keeps the words, the colours, the hero, the set and the composition. What stands around the hero, the poses and the layout "
        "vary; layouts come from the next best of the same search.",
        "保留文案、配色、主体、布景与构图；陪衬、姿态与版式有变化，版式取自同一次搜索的次优方案。",
    ),
    "more.go": _w("Make them", "生成"),
    "made.asked": _w("asked for; they appear beside the picture.", "张已排队，将出现在原图旁。"),
    "made.twice": _w("This was already asked for; nothing was done twice.", "此前已提交，未重复执行。"),
    "origin.reroll": _w("rerolled from variant", "重抽自方案"),
    "origin.open": _w("see that one", "查看原图"),
    "compare.keys": _w("1 to 4: choose a picture · S: star it", "1 至 4：选择图片 · S：标星"),
    "compare.which": _w("Which picture", "选择图片"),
    "keys.make": _w("R: reroll · N: more like this", "R：重抽 · N：更多相似"),
    "origin.like": _w("like variant", "相似于方案"),
    "wall.keys.move": _w("Arrows: to the neighbouring picture · Enter: open it", "方向键：相邻图片 · Enter：打开"),
    "wall.keys.select": _w(
        "X: select · Shift + X: all from the last one on · Esc: none", "X：选择 · Shift + X：连选 · Esc：取消"
    ),
    "wall.keys.star": _w("S: star, or take it off", "S：标星或取消"),
    "wall.keys.compare": _w("C: compare what is selected", "C：对比所选"),
    "wall.keys.make": _w("R: reroll · M: more like this", "R：重抽 · M：更多相似"),
    "wall.keys.queue": _w(
        "A: make these sooner · Delete: cancel · T: retry", "A：优先制作 · Delete：取消任务 · T：重试"
    ),
    "wall.keys.undo": _w("Z: take the last step back, for 30 seconds", "Z：30 秒内撤销上一步"),
    "form.sent_again": _w(
        "This form had already been sent: this is the brief it made. Nothing was made twice.",
        "该表单此前已提交，这就是它生成的简报，没有重复制作。",
    ),
    "form.sent_before": _w(
        "This form was already sent and made a brief. What you changed since then is kept here: send it again to make a second one.",
        "该表单此前已提交并生成简报。之后的修改仍保留在此：再次提交将生成第二份。",
    ),
    "form.to_first": _w("Go to the first one", "查看第一份"),
    "compare.wanting": _w(
        "Fewer than two of these pictures are to be seen here. Go back to the wall and select 2 to 4.",
        "可对比的图片不足两张。请回到墙面，选择 2 到 4 张。",
    ),
    "compare.scale": _w("All at the same scale: one pixel is as large in each.", "统一比例：各图每个像素大小相同。"),
}
