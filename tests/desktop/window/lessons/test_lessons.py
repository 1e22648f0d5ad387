"""Lessons in the whole window: the page keys, the menu, the caption, one's own scenes, broken ones."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from desktop import language, theme
from desktop.window.controls.track import Track
from desktop.window.lessons.bar import LessonBar
from desktop.window.lessons.place import places
from desktop.window.transport_button import TransportButton
from models.text import Language
from pipelines.lessons import LOOSE, SHIPPED, lessons_in
from pipelines.scene import read_scene
from tests.desktop.window.whole import Whole, lane_scene

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups, on a screen that is none

EVERY = places(lessons_in(SHIPPED))
EDGES = lessons_in(SHIPPED)[0].scenes
GOOD = 'caption = "Mine"\n[[lanes]]\npipeline = "canny"\n'


def said(whole: Whole) -> str:
    """What stands in the bar of the lesson."""
    return whole.window.chrome.lessons.bar.words()


def pipelines(whole: Whole) -> list[str]:
    return [lane.pipeline.name for lane in whole.session.studio.lanes]


def address(whole: Whole) -> str:
    return whole.session.source.address if whole.session.source else ""


def own(whole: Whole, name: str, text: str) -> Path:
    """A scene of one's own."""
    path = whole.preferences.own_scenes / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def entries(whole: Whole) -> list[str]:
    """What the menu says, from above."""
    menu = whole.window.chrome.lessons.menu
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.text()]


def has_its_height(bar: LessonBar) -> bool:
    return bar.height() >= bar.heightForWidth(bar.width())


def choose(whole: Whole, words: str) -> None:
    menu = whole.window.chrome.lessons.menu
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if words in action.text()).trigger()


# --- the page keys


def test_page_down_walks_through_every_scene_and_stops_at_the_last(whole: Whole) -> None:
    whole.play("demo:", "original")
    for place in EVERY:
        whole.press("PgDown")
        scene = read_scene(place.path)
        assert scene.title is not None
        assert scene.caption is not None
        for words in (f"{place.number}/{place.count}", scene.title.en, scene.caption.en):
            assert words in said(whole)
        assert pipelines(whole)[: len(scene.lanes)] == [lane.pipeline.name for lane in scene.lanes]
        assert whole.window.wall.selected == scene.selected
        assert whole.session.distortions == scene.distortions
    last = said(whole)
    whole.press("PgDown")
    assert said(whole) == last
    assert whole.notices() == ["This was the last scene."]


def test_page_up_goes_back_over_the_border_of_a_lesson_and_stops_at_the_first(whole: Whole) -> None:
    whole.play("demo:", "original")
    whole.window.chrome.lessons.play(lessons_in(SHIPPED)[1].scenes[0])
    whole.press("PgUp")
    assert f"{len(EDGES)}/{len(EDGES)}" in said(whole)
    for _ in EDGES[1:]:
        whole.press("PgUp")
    first = said(whole)
    assert f"1/{len(EDGES)}" in first
    whole.press("PgUp")
    assert said(whole) == first
    assert whole.notices() == ["This is the first scene."]


def test_page_up_begins_nothing(whole: Whole) -> None:
    whole.film("dog")
    whole.press("PgUp")
    assert said(whole) == ""
    assert pipelines(whole) == ["dog"]


def test_in_a_lesson_a_remote_control_is_not_taken_for_the_sliders(whole: Whole) -> None:
    whole.play("demo:", lane_scene("dog", sigma=2.0))
    whole.window.chrome.lessons.play(EDGES[4])
    whole.focus(whole.window.chrome.column.findChildren(Track)[0])
    before = whole.lane(1).parameters
    whole.press("PgDown")
    assert f"6/{len(EDGES)}" in said(whole)
    whole.press("PgUp")
    assert f"5/{len(EDGES)}" in said(whole)
    assert whole.lane(1).parameters == before


def test_after_a_lesson_the_page_keys_are_the_sliders_own_again(whole: Whole) -> None:
    whole.film(lane_scene("dog", sigma=2.0))
    whole.press("PgDown")
    whole.press("Shift+Y")
    track = whole.window.chrome.column.findChildren(Track)[0]
    whole.focus(track)
    before = whole.lane().parameters
    whole.press("PgUp")
    assert whole.lane().parameters != before
    assert said(whole) == ""


# --- what is seen


def test_in_presentation_the_caption_stands_under_the_pictures_and_can_be_touched(whole: Whole) -> None:
    whole.film("original")
    whole.press("P")
    whole.press("PgDown")
    bar = whole.window.chrome.lessons.bar
    assert bar.isVisible()
    assert not whole.window.wall._caption.isVisible()
    assert whole.area(bar).top() >= whole.area(whole.window.wall).bottom()
    letters = bar.findChildren(TransportButton)
    for button in letters:
        assert min(button.width(), button.height()) >= theme.TARGET
    following = next(button for button in letters if button.accessibleName() == "Next scene")
    whole.click(following)
    assert f"2/{len(EDGES)}" in said(whole)


def test_before_an_audience_the_letters_are_larger(whole: Whole) -> None:
    whole.film("original")
    whole.press("PgDown")
    caption = whole.window.chrome.lessons.bar._caption
    before = caption.font().pixelSize()
    whole.press("P")
    assert caption.font().pixelSize() > max(before, whole.window.height() / 36)


def test_an_audience_sees_the_histogram_which_the_column_shows_to_who_sits_before_it(whole: Whole) -> None:
    whole.film("original")
    whole.window.chrome.lessons.play(EDGES[1])
    aside = whole.window.chrome.lessons.bar.aside
    whole.until_all_are_new()
    assert not aside.isVisible()
    whole.press("P")
    whole.until(aside.isVisible)
    whole.press("PgDown")
    whole.press("Esc")
    assert not aside.isVisible()


def test_the_words_follow_the_language(whole: Whole) -> None:
    whole.film("original")
    whole.press("PgDown")
    scene = read_scene(EDGES[0])
    assert scene.title is not None
    assert scene.caption is not None
    whole.press("J")
    assert language.current() == "ja"
    assert scene.title.ja in said(whole)
    assert scene.caption.ja in said(whole)


def test_a_caption_goes_where_something_else_is_put_into_its_lanes(whole: Whole) -> None:
    whole.film("original")
    whole.press("PgDown")
    caption = read_scene(EDGES[0]).caption
    assert caption is not None
    whole.press("]")
    assert caption.en not in said(whole)
    assert "Pixels" in said(whole)
    whole.press("[")
    assert caption.en in said(whole)


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_at_200_percent_nothing_is_cut(whole: Whole, spoken: Language) -> None:
    whole.film("original")
    whole.preferences.speak(spoken)
    whole.preferences.set_text_size(200)
    whole.window.resize(1280, 720)
    for path in EDGES[:4]:
        whole.window.chrome.lessons.play(path)
        bar = whole.window.chrome.lessons.bar
        whole.until(functools.partial(has_its_height, bar))
        for label in (bar._title, bar._caption):
            assert label.height() >= label.heightForWidth(label.width())
        assert whole.window.wall.height() > 200


# --- what plays


def test_a_scene_that_names_no_source_keeps_the_one_that_runs(whole: Whole) -> None:
    film = whole.film("original")
    for path in EDGES[:3]:
        whole.window.chrome.lessons.play(path)
    assert whole.session.source is film


def test_after_a_stimulus_the_persons_own_source_comes_back(whole: Whole) -> None:
    whole.play("demo:", "original")
    whole.window.chrome.lessons.play(EDGES[5])
    whole.press("PgDown")
    assert address(whole).startswith("stimulus:mach")
    whole.press("PgDown")
    assert address(whole) == "demo:"
    whole.press("PgUp")
    whole.session.open("stimulus:bar")  # a person has chosen another one meanwhile
    whole.press("PgDown")
    assert address(whole).startswith("stimulus:bar")


def test_the_demo_shows_at_once_what_a_scene_is_about(whole: Whole) -> None:
    whole.play("demo:", "original")
    playable = whole.session.playable
    assert playable is not None
    playable.seek(1500)
    whole.until(lambda: playable.position >= 1500)
    whole.press("PgDown")
    whole.until(lambda: 75 <= playable.position < 1000)


def test_a_frozen_picture_stays_for_the_next_scenes(whole: Whole) -> None:
    film = whole.film("original")
    whole.press("PgDown")
    whole.press("F")
    whole.press("PgDown")
    assert whole.session.frozen
    assert whole.session.source is film


def test_leaving_brings_back_what_was_before(whole: Whole) -> None:
    whole.play("demo:", lane_scene("dog", sigma=3.0), "canny")
    before = whole.session.scene()
    source = whole.session.source
    for path in EDGES[:3]:
        whole.window.chrome.lessons.play(path)
    whole.press("Shift+Y")
    assert whole.session.scene() == before
    assert whole.session.source is source
    assert said(whole) == ""
    assert not whole.window.chrome.lessons.bar.isVisible()
    assert not whole.window.chrome.actions["leave-lesson"].isEnabled()


# --- the menu


def test_the_menu_lists_the_lessons_and_the_scenes_of_the_one_that_is_on(whole: Whole) -> None:
    whole.film("original")
    lessons = [f"{lesson.title.en}   {len(lesson.scenes)} scenes" for lesson in lessons_in(SHIPPED)]
    assert entries(whole)[: len(lessons)] == lessons
    choose(whole, lessons[1])
    listed = entries(whole)
    scenes = lessons_in(SHIPPED)[1].scenes
    titles = [title.en for path in scenes if (title := read_scene(path).title)]
    assert listed[2 : 2 + len(scenes)] == [f"{n}   {title}" for n, title in enumerate(titles, 1)]
    menu = whole.window.chrome.lessons.menu
    assert [action.text() for action in menu.actions() if action.isChecked()] == [f"1   {titles[0]}"]
    choose(whole, titles[3])
    assert f"4/{len(scenes)}" in said(whole)


def test_the_menu_opens_from_the_bar_and_before_an_audience_from_the_caption(whole: Whole) -> None:
    whole.film("original")
    menu = whole.window.chrome.lessons.menu
    whole.window.chrome.bar.lessons.click()
    assert menu.isVisible()
    menu.close()
    whole.press("PgDown")
    whole.press("P")
    whole.click(whole.window.chrome.lessons.bar.place)
    assert menu.isVisible()
    menu.close()


def test_what_one_saves_stands_beside_the_shipped_lessons(whole: Whole) -> None:
    whole.film("original")
    own(whole, "2-mine.toml", 'title = "My canny & me"\n' + GOOD)
    own(whole, "10-later.toml", GOOD)
    words = f"{LOOSE.en}   2 scenes"
    assert words in entries(whole)
    choose(whole, words)
    assert pipelines(whole) == ["canny"]
    assert "My canny & me" in said(whole)
    assert "1/2" in said(whole)
    whole.press("PgDown")
    assert "10-later" in said(whole)  # a scene without a title is called like its file


# --- what is broken


NEWER = "format = 2\nlayout = 9\n"
BROKEN = {
    "newer.toml": (NEWER, 1, "written for a newer version"),
    "pipeline.toml": ('\n[[lanes]]\npipeline = "edgy"\n', 3, "edgy"),
    "parameter.toml": ('[[lanes]]\npipeline = "dog"\n[lanes.parameters]\nsigmaa = 2\n', 4, "sigma"),
    "value.toml": ('[[lanes]]\npipeline = "dog"\n[lanes.parameters]\nsigma = nan\n', 4, "sigma"),
    "toml.toml": ("layout = 1\nlayout = 2\n", 2, "TOML"),
    "start.toml": ("start = -1\n", 1, "seconds"),
    "selected.toml": ('selected = 2\n[[lanes]]\npipeline = "dog"\n', 1, "no lane"),
    "title.toml": ("title = 3\n", 1, "text in quotes"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_scene_is_told_by_file_and_line_and_the_rest_goes_on(whole: Whole, name: str) -> None:
    text, line, word = BROKEN[name]
    own(whole, "a/1.toml", GOOD)
    own(whole, f"a/2-{name}", text)
    own(whole, "a/3.toml", 'caption = "The third"\n')
    whole.film("original")
    choose(whole, "a   3 scenes")
    assert "1/3" in said(whole)
    whole.press("PgDown")
    assert "3/3" in said(whole)
    [notice] = whole.notices()
    assert notice.startswith(f"2-{name}, line {line}: ")
    assert word in notice
    assert notice.endswith("This scene was passed over.")
    before = said(whole)
    choose(whole, f"2   2-{name.removesuffix('.toml')}")
    assert said(whole) == before
    assert len(whole.notices()) == 2
    whole.press("PgUp")
    assert "1/3" in said(whole)


def test_a_source_that_is_gone_costs_only_itself(whole: Whole, tmp_path: Path) -> None:
    own(whole, "a/1.toml", f'source = "video:{tmp_path}/gone.mp4"\n' + GOOD)
    film = whole.film("original")
    choose(whole, "a   1 scenes")
    assert pipelines(whole) == ["canny"]
    assert whole.session.source is film
    assert "Mine" in said(whole)
    whole.until(lambda: any("gone.mp4" in words for words in whole.notices()))


def test_a_scene_that_is_removed_in_the_middle_of_a_lesson_ends_nothing(whole: Whole) -> None:
    first = own(whole, "a/1.toml", GOOD)
    own(whole, "a/2.toml", GOOD)
    whole.film("original")
    whole.window.chrome.lessons.play(first)
    first.unlink()
    whole.press("PgDown")
    assert said(whole)


# --- a file that lies elsewhere


def test_an_opened_scene_says_its_caption_and_belongs_to_no_lesson(whole: Whole, tmp_path: Path) -> None:
    whole.film("original")
    path = tmp_path / "mine.toml"
    path.write_text('title = "Elsewhere"\n' + GOOD)
    whole.window.chrome.lessons.play(path)
    assert said(whole) == "Elsewhere Mine"
    path.write_text('[[lanes]]\npipeline = "dog"\n')
    whole.window.chrome.lessons.play(path)
    assert said(whole) == ""
    assert pipelines(whole) == ["dog"]
