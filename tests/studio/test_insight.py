"""The page of plots: answers in words, figures to take away, and nobody's figures to whom they don't belong."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from brand_styles.models import Brand
from generation.models import Brief
from reviews.agreement import Estimate
from reviews.statistics import Share
from studio.insight.charts import Chart, Reader, Row, percents, standing_out
from studio.insight.drawing import across, plot_of, weeks_of
from studio.models import Membership, Role, User
from studio.web.insight import harmless
from tests.reviews.season import Season

SignIn = Callable[[User], Client]


def member(name: str, brand: str = "demo", role: Role = Role.REVIEWER) -> User:
    user = User.objects.create_user(name, password=f"a-password-for-{name}")
    Membership.objects.create(user=user, brand=Brand.objects.get(slug=brand), role=role)
    return user


@pytest.fixture
def three(brands: None, monkeypatch: pytest.MonkeyPatch) -> list[User]:
    monkeypatch.setattr("reviews.queue.slip_in", lambda *args: None)  # gold and repeats come by chance
    return [member(name) for name in ("lin", "mei", "wu")]


@pytest.fixture
def season(made_brief: Brief, three: list[User]) -> Season:
    """Four weeks of 18 pictures, each judged by two of three."""
    season = Season(made_brief, [user.pk for user in three])
    season.run(weeks=4, briefs=6)
    return season


def page_of(client: Client, query: str = "", language: str = "en") -> str:
    answer = client.get(f"/insight{query}", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(client: Client, chart: str, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/insight/{chart}.csv{query}")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_answers_stand_in_the_titles_and_the_figures_in_the_csv(
    season: Season, three: list[User], as_person: SignIn
) -> None:
    client = as_person(three[0])
    page = page_of(client)
    assert "728×90 falls behind" in page and "dimensions the scores agree enough" in page and "Marked most" in page
    weeks = rows_of(client, "usable")
    assert len(weeks) == 4 and sum(int(row["count"]) for row in weeks) == 72 - undecided(page_of(client), weeks)
    formats = {row["key"]: float(row["value"]) for row in rows_of(client, "usable-format")}
    assert formats["728×90"] < min(formats["1080×1080"], formats["300×250"])
    assert all(
        float(row["low"]) <= float(row["value"]) <= float(row["high"]) for row in rows_of(client, "usable-concept")
    )
    assert {row["key"] for row in rows_of(client, "agreement")} >= {"layout", "appeal", "saturation"}
    assert {row["label"] for row in rows_of(client, "verdicts")} >= {"Gwet's AC1", "Fleiss' kappa"}


def undecided(page: str, weeks: list[dict[str, str]]) -> int:
    """Pictures on which two reviewers disagree wait for a third, and are counted nowhere; the page's title counts what the table does."""
    told = sum(int(row["count"]) for row in weeks)
    assert f"of {told} pictures are usable" in page and 40 < told <= 72
    return 72 - told


def test_chinese_readers_get_their_own_words(season: Season, three: list[User], as_person: SignIn) -> None:
    page = page_of(as_person(three[0]), language="zh-hans")
    assert "728×90偏低" in page and "评审一致性" in page and "近 12 周" in page


def test_a_reviewer_sees_their_own_figures_and_a_designer_everybody_s(
    season: Season, three: list[User], as_person: SignIn
) -> None:
    mine = rows_of(as_person(three[0]), "alike")
    assert [row["key"] for row in mine] == [str(three[0].pk)]
    own = page_of(as_person(three[0]))
    assert "your own figures" in own and "mei" not in own and "wu" not in own
    everybody = rows_of(as_person(member("ada", role=Role.DESIGNER)), "alike")
    assert {row["label"] for row in everybody} == {"lin", "mei", "wu"}


def test_who_designs_one_brand_is_not_shown_the_reviewers_of_another(
    season: Season, three: list[User], as_person: SignIn
) -> None:
    both = member("ada", brand="larkmoor", role=Role.DESIGNER)
    Membership.objects.create(user=both, brand=season.brand, role=Role.REVIEWER)
    client = as_person(both)
    assert rows_of(client, "alike") == rows_of(client, "alike", "?brand=demo") == []
    assert rows_of(client, "alike", "?brand=larkmoor") == []


def test_brand_and_time_stand_in_the_address(season: Season, three: list[User], as_person: SignIn) -> None:
    client = as_person(three[0])
    assert len(rows_of(client, "usable", "?brand=demo&weeks=4")) in (3, 4)
    assert client.get("/insight?brand=larkmoor").status_code == 404
    assert client.get("/insight/usable.csv?brand=larkmoor").status_code == 404
    assert client.get("/insight/nothing.csv").status_code == 404
    assert 'value="12" selected' in page_of(client, "?weeks=99999999999")
    assert 'value="demo" selected' in page_of(client, "?brand=demo&weeks=0")


def test_a_brand_of_others_is_never_counted(season: Season, stranger: User, as_person: SignIn) -> None:
    client = as_person(stranger)
    assert rows_of(client, "usable") == rows_of(client, "usable-format") == rows_of(client, "hours") == []
    assert "usable-brand" not in page_of(client)


def test_where_nothing_is_there_the_page_says_what_is_wanted(owner: User, as_person: SignIn) -> None:
    page = page_of(as_person(owner))
    assert "Open Review and judge some" in page and "as gold" in page and "<table" not in page


def test_who_may_not_review_has_no_entry(teammate: User, owner: User, as_person: SignIn) -> None:
    assert as_person(teammate).get("/insight").status_code == 403
    assert 'href="/insight"' not in as_person(teammate).get("/briefs").content.decode()
    assert 'href="/insight"' in as_person(owner).get("/briefs").content.decode()


def test_a_kind_stands_out_only_where_intervals_part() -> None:
    worse, better = Share("a", 20, 100), Share("b", 70, 100)
    assert standing_out([worse, better]) == ("worst", worse, Share("", 70, 100))
    assert standing_out([Share("a", 66, 100), better]) is None
    assert standing_out([Share("a", 0, 9), better]) is None, "nine pictures say too little"
    best = Share("c", 99, 100)
    alike = [Share(str(number), 50, 100) for number in range(5)]
    assert standing_out([*alike, best]) == ("best", best, Share("", 250, 500))


def test_marks_and_intervals_lie_where_their_values_do() -> None:
    row = Row("k", "<b>", 0.5, 0.25, 0.75, 9, "50 %")
    chart = Chart("s", "q", 'say "this"', "e", (row, row), low=0.0, high=2.0, marks=((1.0, "1"),))
    assert [across(chart, value) for value in (-1, 0.5, 2, 3)] == [0, 25, 100, 100]
    drawn = plot_of(chart, row)
    assert 'cx="25.00%"' in drawn and 'x1="12.50%"' in drawn and 'x2="37.50%"' in drawn and 'x1="50.00%"' in drawn
    assert "style=" not in drawn and "&lt;b&gt;" in weeks_of(chart) and "say &quot;this&quot;" in weeks_of(chart)


def test_a_name_is_no_formula_in_a_spreadsheet() -> None:
    assert harmless('=HYPERLINK("x")') == '\'=HYPERLINK("x")' and harmless("728×90") == "728×90"
    assert percents(Estimate(None, None, None, 0)) == "–" and percents(Estimate(0.5, 0.25, 0.75, 4)) == "50 % (25–75)"
    assert Reader("zh-hans").say("pictures", n=3) == "3 张"


def test_a_page_that_leaves_something_out_says_so(
    season: Season, three: list[User], as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_person(three[0])
    assert "the newest 20,000" not in page_of(client)
    monkeypatch.setattr("studio.insight.room.MOST", 100)  # of 144 answers
    assert "the newest 20,000" in page_of(client)
