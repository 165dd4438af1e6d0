"""Changes to a document: each does what it says and nothing else, and none leaves the canvas, the brand or the least sizes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generation.compositing.compose import text_lines
from generation.compositing.design import LogoLayer, PanelLayer, PriceLayer, TextLayer
from generation.editing.applying import apply, apply_all
from generation.editing.changes import EditProblem, Hide, Move, Recolour, Resize, Retype, Swap, read_changes, told
from generation.editing.document import Document, colours, copy_of, editables, group_of, plate_of
from generation.editing.refitting import least_size
from generation.preflight.ground import without_type

LINES = ("headline", "cta", "price")
once = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def boxes(document: Document) -> dict[str, list[float]]:
    return {layer.id: layer.box.as_list() for layer in document.design.layers}


def test_moving_there_and_back_is_no_change(document: Document) -> None:
    for element in editables(document):
        there = apply(document, Move(id=element.id, dx=3, dy=2))
        moved = {id for id, box in boxes(there).items() if box != boxes(document)[id]}
        assert moved <= {layer.id for layer in group_of(document.design, element.id)}
    back = apply_all(document, [Move(id="headline", dx=3, dy=2), Move(id="headline", dx=-3, dy=-2)])
    for id, box in boxes(document).items():
        assert boxes(back)[id] == pytest.approx(box)


def test_a_label_and_its_plate_go_together(document: Document) -> None:
    label = document.design.layer("cta")
    plate = plate_of(document.design, label)
    assert isinstance(plate, PanelLayer)
    after = apply(document, Move(id="cta", dx=-5, dy=1))
    assert after.design.layer(plate.id).box.x0 == pytest.approx(plate.box.x0 - 5)
    assert after.layout.first("cta") is not None and after.layout.first("cta").box == after.design.layer(plate.id).box  # type: ignore[union-attr]


@once
@given(id=st.sampled_from(("headline", "cta", "price", "logo")), dx=st.floats(-3000, 3000), dy=st.floats(-3000, 3000))
def test_nothing_is_moved_off_the_canvas(document: Document, id: str, dx: float, dy: float) -> None:
    after = apply(document, Move(id=id, dx=dx, dy=dy))
    for layer in group_of(after.design, id):
        before = document.design.layer(layer.id).box
        assert after.canvas.union(before).contains(layer.box, 0.01)


@once
@given(id=st.sampled_from(("headline", "cta", "price", "logo")), factor=st.floats(0.1, 8))
def test_resizing_keeps_to_canvas_and_least_sizes(document: Document, id: str, factor: float) -> None:
    after = apply(document, Resize(id=id, factor=factor))
    layer, before = after.design.layer(id), document.design.layer(id)
    if isinstance(layer, TextLayer | PriceLayer) and isinstance(before, TextLayer | PriceLayer):
        assert layer.style.size >= least_size(document, before) - 0.01
    assert layer.box.width / layer.box.height == pytest.approx(before.box.width / before.box.height, rel=1e-3)
    whole = [each.box for each in group_of(after.design, id)]
    assert all(after.canvas.grown(0.01).contains(box, 1) for box in whole)


@once
@given(text=st.text("会员日大促金秋好礼立减五折abcdef 0189，。", min_size=1, max_size=24).filter(str.strip))
def test_a_retyped_line_says_the_words_and_touches_nobody(document: Document, text: str) -> None:
    try:
        after = apply(document, Retype(id="headline", text=text))
    except EditProblem as problem:
        assert problem.field == "headline" and "px" in problem.words.en and "像素" in problem.words.zh
        return
    layer = after.design.layer("headline")
    assert isinstance(layer, TextLayer) and after.copy["headline"] == " ".join(text.split())
    assert "".join("".join(layer.lines).split()).casefold()
    others = {id: box for id, box in boxes(after).items() if id != "headline"}
    assert others == {id: box for id, box in boxes(document).items() if id != "headline"}
    home = document.design.layer("headline").box
    for other in document.design.layers:
        if isinstance(other, TextLayer | PriceLayer | LogoLayer) and other.id != "headline":
            assert layer.box.intersection(other.box) is None or home.intersection(other.box)
    assert layer.style.size <= document.design.layer("headline").style.size + 0.01  # type: ignore[union-attr]


def test_ink_lies_in_the_new_box(document: Document) -> None:
    after = apply(document, Retype(id="headline", text="金秋会员日"))
    layer = after.design.layer("headline")
    assert isinstance(layer, TextLayer)
    for path in text_lines(layer):
        bounds = path.computeTightBounds()
        assert layer.box.x0 - 2 <= bounds.left() and bounds.right() <= layer.box.x1 + 2
        assert layer.box.y0 - 2 <= bounds.top() and bounds.bottom() <= layer.box.y1 + 2


def test_another_language_takes_the_brands_face_for_it(document: Document) -> None:
    after = apply(document, Retype(id="price", text="$9"))
    layer = after.design.layer("price")
    assert isinstance(layer, PriceLayer) and layer.text == "$9"
    english = apply(document, Retype(id="headline", text="Sale"))
    headline = english.design.layer("headline")
    assert isinstance(headline, TextLayer)
    assert (headline.language, headline.style.face) == ("en", document.brand.typefaces.display_latin)


def test_a_typed_line_break_stays(documents: dict[str, Document]) -> None:
    room = apply_all(documents["600x600"], [Hide(id="subline"), Move(id="price", dx=0, dy=120)])
    after = apply(room, Retype(id="headline", text="会员狂欢\n日"))
    layer = after.design.layer("headline")
    assert isinstance(layer, TextLayer) and layer.lines == ("会员狂欢", "日")
    with pytest.raises(EditProblem, match="fewer lines"):
        apply(documents["600x600"], Retype(id="headline", text="会\n员\n狂\n欢\n日\n好"))


def test_only_the_brands_colours(document: Document) -> None:
    color = colours(document)[0]
    after = apply(document, Recolour(id="headline", color=color))
    assert after.design.layer("headline").color == color  # type: ignore[union-attr]
    with pytest.raises(EditProblem, match="brand"):
        apply(document, Recolour(id="headline", color="#123456"))
    with pytest.raises(EditProblem):
        apply(document, Recolour(id="logo", color=color))


def test_swapped_elements_take_each_others_place(documents: dict[str, Document]) -> None:
    document = documents["600x600"]
    a, b = document.design.layer("headline").box, document.design.layer("price").box
    after = apply(document, Swap(id="headline", other="price"))
    c, d = after.design.layer("headline").box, after.design.layer("price").box
    assert (a.center[1] < b.center[1]) == (c.center[1] > d.center[1])
    assert min(a.y0, b.y0) == pytest.approx(min(c.y0, d.y0)) and max(a.y1, b.y1) == pytest.approx(max(c.y1, d.y1))


def test_only_what_may_be_missing_is_hidden(document: Document) -> None:
    for element in editables(document):
        if element.optional:
            after = apply(document, Hide(id=element.id))
            assert after.layer(element.id) is None and element.id not in after.copy
            assert all(line.id != element.id for line in after.lines)
        else:
            with pytest.raises(EditProblem):
                apply(document, Hide(id=element.id))


def test_the_scene_is_not_for_moving(document: Document) -> None:
    for change in (Move(id="scene", dx=1, dy=1), Resize(id="scene", factor=2), Retype(id="scene", text="x")):
        with pytest.raises(EditProblem):
            apply(document, change)
    with pytest.raises(EditProblem, match="any more"):
        apply(document, Move(id="gone", dx=1, dy=1))


def test_the_words_are_those_of_the_plan(document: Document) -> None:
    assert copy_of(document.design, document.lines)["headline"] == "会员狂欢日"
    assert without_type(document.design).layers


def test_what_changed_is_told_once_an_element(document: Document) -> None:
    changes = read_changes(
        [
            {"kind": "move", "id": "headline", "dx": 1, "dy": 0},
            {"kind": "move", "id": "headline", "dx": 1, "dy": 0},
            {"kind": "retype", "id": "price", "text": "¥80"},
        ]
    )
    said = told(changes, {layer.id: layer.role for layer in document.design.layers})
    assert said.en == "headline moved; price: “¥80”" and said.zh == "主标题移动；价格改为“¥80”"


@pytest.mark.parametrize(
    "data", [None, "x", [1], [{"kind": "move"}], [{"kind": "hide", "id": "a", "more": 1}], [{}] * 300]
)
def test_what_is_no_list_of_changes_is_refused(data: object) -> None:
    with pytest.raises(EditProblem):
        read_changes(data)
