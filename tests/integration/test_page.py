"""The report in a real browser: it asks for nothing, fits a phone, prints, and what came from data is text."""

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import sync_playwright
from samples import episode, write

from madata.validators.check import Finding
from madata.validators.picture import Bar, Bars, Example, Points
from madata.validators.report import write_report
from madata.validators.runner import target, validate

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

EVIL = "<script>document.title = 'taken'</script><img src=/x onerror=\"document.title = 'taken'\">"
QUIET = ("background-networking", "component-update", "sync", "quic", "gpu")
PHONE, DESK = 360, 1200


@pytest.fixture(scope="module")
def browser():
    if not (chromium := shutil.which("chromium")):
        absent = "chromium is not there; `apt-get install chromium` brings it"
        if os.environ.get("CI") or os.environ.get("MADATA_REQUIRE_TEACHER") == "1":
            pytest.fail(absent)
        pytest.skip(absent)
    options = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in QUIET)]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=options)
        yield started
        started.close()


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """A report with a finding, figure, picture and example of every kind, each of them hostile."""
    path = tmp_path_factory.mktemp("report")
    with (path / "findings.jsonl").open("w+b") as log:
        verdict = validate([target(write(path / "x.jsonl", episode(), b"{"))], log, ("duplicates", "form"))
        tally = verdict.checks["duplicates"]
        tally.figures |= {
            "limit": 0.1,
            EVIL: EVIL,
            "ids": [EVIL] * 90,
            "wide": {EVIL: dict.fromkeys("abcdefghijkl", 1 / 3)},
        }
        tally.pictures += [
            Bars(f"bars {EVIL}", "share", (Bar(f"a {EVIL}", 0.4, 0.3, 0.5, 0.25), Bar("b", 0.2))),
            Bars("turns", "episodes", tuple(Bar(str(length), length) for length in range(30))),
            Points("lines", f"x {EVIL}", "y", {f"s {EVIL}": ((0, 1), (1, 3)), "t": ((0, 2), (1, 1))}),
            Points("dots", "x", "y", {"s": tuple((at % 7, at % 11) for at in range(77))}, joined=False),
        ]
        tally.examples += [Example(f"pair {at} {EVIL}", {"left": "word " * 900, "right": EVIL * 30}) for at in range(3)]
        verdict.add(Finding("form", f"tom-{at}", EVIL, EVIL, EVIL * 9) for at in range(30))
        write_report(verdict, path)
    return path


@pytest.fixture
def opened(browser, directory):
    """The page at a width, and what it said and asked for."""
    pages = []

    def at(width, **options):
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        pages.append(page)
        told = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: told.append(request.url))
        page.goto((directory / "index.html").as_uri())
        return page, told

    yield at
    for page in pages:
        page.close()


@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
def test_it_asks_for_nothing_and_fits(opened, directory, width):
    page, told = opened(width)
    assert told == [(directory / "index.html").as_uri()]
    assert page.title() == "madata validate"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("script, img, link").count() == 0


def test_it_asks_for_nothing_of_a_server(browser, directory):
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, form, *arguments):
            asked.append(self.path)

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=directory)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html", wait_until="networkidle")
        page.close()
        server.shutdown()
    assert set(asked) == {"/index.html"}


def test_the_verdict_comes_first_and_every_check_has_its_heading(opened):
    page, _ = opened(PHONE)
    assert page.locator("h1").inner_text().startswith("31 findings (1 schema, 30 form): 2 episodes in ")
    assert page.locator("h1").bounding_box()["y"] < 50
    assert page.locator("h2").all_inner_texts() == ["Checks", "schema", "form", "duplicates"]
    assert page.locator("#form ol > li").count() == 10
    page.locator(".checks a", has_text="duplicates").click()
    assert -1 < page.locator("#duplicates").bounding_box()["y"] < 800


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_are_seen(opened, width, scheme):
    page, _ = opened(width, color_scheme=scheme)
    figures = page.locator("figure")
    assert figures.count() == 4
    for figure in figures.all():
        box = figure.bounding_box()
        assert box["width"] > 300 and box["height"] > 60
    bar, other = (each.bounding_box()["width"] for each in page.locator("figure").first.locator("rect").all())
    assert bar == pytest.approx(2 * other, rel=0.02)
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for mark, of in (
        (".bars rect", "fill"),
        (".joined.c1", "stroke"),
        (".plot text", "fill"),
        (".bars .line", "stroke"),
    ):
        colour = page.evaluate(f"getComputedStyle(document.querySelector('{mark}')).{of}")
        assert contrast(colour, back) >= 3, (mark, colour, back)
    texts = page.locator(".plot").first.locator("text")
    assert texts.first.bounding_box()["height"] > 8


def test_sides_stand_side_by_side_where_there_is_room(opened):
    for width, beside in ((DESK, True), (PHONE, False)):
        page, _ = opened(width)
        left, right = (each.bounding_box() for each in page.locator(".example").first.locator("> div > div").all())
        assert (left["y"] == right["y"]) is beside
        assert (right["y"] >= left["y"] + left["height"]) is not beside


def test_what_is_folded_opens(opened):
    page, _ = opened(PHONE)
    second = page.locator(".example").nth(1)
    assert not second.locator("p").first.is_visible()
    second.locator("summary").click()
    assert second.locator("p").first.is_visible()
    assert EVIL in second.locator("p").nth(1).inner_text()


def test_what_is_open_is_printed_whole(opened):
    page, _ = opened(DESK)
    page.emulate_media(media="print")
    text = page.locator(".example p").first
    assert text.evaluate("each => each.scrollHeight <= each.clientHeight")
    folded = page.pdf(format="A4").count(b"/Type /Page\n")
    assert folded >= 3
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert folded < page.pdf(format="A4").count(b"/Type /Page\n") <= 40


def contrast(one, other):
    """The contrast ratio of WCAG 2.2 (3 is what graphics need) of two colours "rgb(r, g, b)"."""

    def luminance(colour):
        channels = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
