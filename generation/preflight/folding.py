"""When two strings say the same to a reader: what OCR cannot tell apart and what does not matter are folded away.

Folded: width and compatibility forms (NFKC), traditional to simplified, case, spaces, and marks that differ in shape only
(’ and ', — and –). Not folded: anything that changes the meaning; pairs that only look alike (0 O, 1 l, 一 —) are listed
apart, for the judge that can look closer.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_TRADITIONAL = (
    "萬万與与專专業业東东絲丝兩两嚴严喪丧個个豐丰臨临為为麗丽舉举義义烏乌樂乐喬乔習习鄉乡書书買买亂乱爭争於于虧亏雲云亞亚產产親亲億亿僅仅從从倉仓儀仪們们價价眾众優优會会傘伞偉伟傳传"
    "傷伤倫伦體体餘余傭佣俠侠侶侣偵侦側侧僑侨儉俭債债傾倾償偿儲储兒儿兌兑黨党蘭兰關关興兴養养獸兽內内岡冈冊册寫写軍军農农馮冯衝冲決决況况凍冻淨净涼凉減减湊凑幾几鳳凤憑凭凱凯擊击劃划"
    "劉刘則则剛刚創创刪删別别劇剧勸劝辦办務务動动勵励勁劲勞劳勢势匯汇區区醫医華华協协單单賣卖盧卢衛卫卻却廠厂歷历厲厉壓压廳厅縣县參参雙双發发變变敘叙葉叶號号嘆叹嚇吓嗎吗啟启吳吴員员"
    "聽听嘗尝響响嘩哗團团園园圍围國国圖图圓圆聖圣場场壞坏塊块堅坚壇坛墳坟壯壮聲声殼壳處处備备複复夠够頭头誇夸夾夹奪夺奧奥獎奖婦妇媽妈嬰婴孫孙學学寧宁寶宝實实寵宠審审憲宪宮宫寬宽賓宾"
    "對对尋寻導导壽寿將将爾尔塵尘屆届層层屬属歲岁島岛峽峡崗岗嶺岭幣币帥帅師师帳帐帶带幫帮幹干慶庆庫库應应廟庙廢废開开異异棄弃張张彎弯彈弹強强歸归當当錄录徹彻徑径後后復复憶忆憂忧"
    "懷怀態态總总戀恋惡恶悅悦懸悬驚惊慣惯慾欲戲戏戰战戶户撲扑執执擴扩掃扫揚扬擾扰撫抚拋抛搶抢護护報报擔担擬拟攏拢揀拣擁拥擇择掛挂摯挚揮挥損损換换據据擺摆搖摇攜携攝摄敵敌數数齋斋斷断"
    "無无舊旧時时晝昼顯显晉晋曬晒曉晓暈晕暫暂術术機机殺杀雜杂權权條条來来楊杨極极構构槍枪標标棧栈棟栋欄栏樹树樣样橋桥檔档檢检樓楼歐欧歡欢歲岁殘残氣气漢汉湯汤溝沟滬沪淚泪瀉泻澤泽潔洁"
    "淺浅漿浆濁浊測测濟济渾浑濃浓濤涛潤润漲涨漸渐漁渔溫温遊游灣湾濕湿滿满濾滤灘滩滅灭燈灯靈灵災灾爐炉點点煉炼熱热煥焕煙烟愛爱爺爷牽牵犧牺狀状獨独獅狮獄狱獵猎獻献環环現现瑪玛"
    "電电畫画暢畅療疗瘋疯癢痒盜盗蓋盖盤盘監监眾众睜睁礎础碼码磚砖確确禮礼禍祸禪禅離离種种積积稱称穩稳窮穷竊窃窩窝競竞筆笔節节範范築筑簡简籌筹簽签籃篮籠笼類类糧粮緊紧糾纠紅红約约級级"
    "紀纪純纯紗纱納纳紛纷紙纸紋纹紐纽線线練练組组細细織织終终紹绍經经綁绑結结給给絕绝統统絹绢繡绣繼继續续維维綿绵綜综綠绿緒绪編编緣缘縮缩績绩縫缝纏缠罰罚羅罗習习翹翘聯联聰聪職职肅肃"
    "腸肠膚肤腎肾腫肿勝胜膽胆脈脉腦脑臟脏臉脸艦舰藝艺節节蘇苏蘋苹莊庄莖茎榮荣葷荤藥药獲获營营蕭萧薩萨蟲虫雖虽蝦虾螞蚂補补襯衬裝装褲裤見见觀观規规覓觅視视覽览覺觉觸触譽誉計计訂订認认"
    "討讨讓让訓训議议訊讯記记講讲許许論论設设訪访證证評评識识訴诉診诊詞词譯译試试詩诗誠诚話话誕诞詢询該该詳详語语誤误說说請请諸诸讀读課课誰谁調调談谈謀谋諧谐謝谢謎谜譜谱貝贝貞贞負负"
    "財财責责賢贤敗败貨货質质販贩貪贪貧贫購购貯贮貫贯賀贺貴贵貸贷貿贸費费資资賓宾賞赏賜赐賠赔賴赖賺赚賽赛贈赠贏赢趙赵趕赶躍跃踐践車车軌轨軟软轉转輪轮載载輕轻較较輔辅輛辆輯辑輸输辦办"
    "辭辞邊边遼辽達达遷迁過过邁迈運运還还這这進进遠远違违連连遲迟適适選选遺遗遙遥鄧邓鄭郑鄰邻醬酱釀酿釋释鑒鉴針针釣钓鈔钞鋼钢鑰钥欽钦鉤钩鈕钮錢钱鑽钻鐵铁鈴铃鉛铅銀银鋪铺銷销鎖锁鋒锋"
    "錯错錦锦鍵键鍋锅鍾钟鐘钟鎮镇鏡镜長长門门閃闪閉闭問问閏闰閑闲間间聞闻閣阁閱阅闊阔隊队陽阳陰阴陣阵階阶際际陸陆陳陈險险隨随隱隐隻只難难霧雾靜静麵面韓韩韻韵頁页頂顶項项順顺須须頑顽"
    "顧顾預预領领頻频題题額额顏颜願愿風风飛飞飢饥飯饭飲饮飽饱飾饰餅饼餓饿館馆饋馈馬马駕驾駐驻驗验騎骑騙骗驕骄髮发鬆松鬥斗鬧闹魚鱼鮮鲜鯨鲸鳥鸟鳴鸣鴨鸭鷹鹰鹽盐麥麦黃黄齊齐齒齿齡龄龍龙龜龟檯台臺台裡里裏里"
)
# Marks whose drawings differ less than one face from another; the words stay the same.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("’‘`´′ʼ＇", "'"),
        **dict.fromkeys("“”„″〝〞＂「」『』", '"'),
        **dict.fromkeys("—–―‒‐‑−－﹣─━ー", "-"),
        **dict.fromkeys("·•・‧∙⋅●", "·"),
        **dict.fromkeys("～∼〜˜", "~"),
        "。": ".",
        "、": ",",
        "×": "x",
        "✕": "x",
        "÷": "/",
        "￡": "£",
        "￥": "¥",
        "…": "...",
        "⋯": "...",
        "【": "[",
        "】": "]",
        "丨": "|",
    }
)
# Sets within which a machine reader, and often a person, cannot tell one from another out of context.
_ALIKE = (
    "0oο〇○口",
    "1l|i!",
    "-一_二二",
    "二ニ=",
    "三ミ",
    ".,'·:;`",
    "s5$",
    "z2",
    "b86",
    "¥yf",
    "£€ef",
    "+十t",
    "x乂×",
    "工エi",
    "力カ",
    "夕タ",
    "千干于",
    "未末",
    "己已巳",
    "人入八",
    "土士",
    "日曰目",
    "口回",
    "卜ト",
    "才オ",
    "q9g",
    "u v",
    "cg",
    "折析",
    "领領",
    "免兔",
    "大太",
    "王玉主",
    "\"''",
    "~-",
    "()c",
    "[]「」",
    "/l",
    "%*",
    "a@",
    "m nn",
    "d0",
    "g9",
    "7?",
    "4a",
    "*米",
    "口o",
)


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    return {ord(_TRADITIONAL[i]): _TRADITIONAL[i + 1] for i in range(0, len(_TRADITIONAL), 2)}


def fold(text: str) -> str:
    """The text as compared: width, script form, case, spaces and mark shapes folded. ￥50 起 and ¥50起 fold alike."""
    text = text.translate(_MARKS)
    text = unicodedata.normalize("NFKC", text).translate(_MARKS).translate(_simplified()).casefold()
    return "".join(c for c in text if not c.isspace() and not unicodedata.category(c).startswith(("Cf", "Cc")))


@lru_cache(maxsize=1)
def _alike_sets() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(fold(group)) for group in _ALIKE)


def looks_like(a: str, b: str) -> bool:
    """True when the two folded strings, either of which may be empty, could be one drawing: same mark, or a known pair."""
    if a == b:
        return True
    return len(a) == len(b) == 1 and any(a in group and b in group for group in _alike_sets())


def differences(expected: str, read: str) -> list[tuple[slice, slice]]:
    """Where two folded strings part: spans of `expected` and of `read`, character by character where lengths agree."""
    spans: list[tuple[slice, slice]] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, expected, read, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if a1 - a0 == b1 - b0:
            spans += [(slice(a0 + i, a0 + i + 1), slice(b0 + i, b0 + i + 1)) for i in range(a1 - a0)]
        else:
            spans.append((slice(a0, a1), slice(b0, b1)))
    return spans
