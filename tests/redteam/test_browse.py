"""What a page does is seen when it is there, and an honest page is seen to do nothing."""

import boxes
import browse
import pytest

pytestmark = pytest.mark.slow
POLICY = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"


@pytest.fixture(scope="module")
def chromium():
    if not boxes.chromium():
        pytest.skip("no Chromium found; install one with: sudo apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=boxes.chromium(), args=browse.FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def seen(chromium, tmp_path):
    def read(html: str, head: str = "") -> list[str]:
        page = tmp_path / "page.html"
        page.write_text(f"<!doctype html>{head}<div class='rendered_html'>{html}</div>")
        return browse.read(chromium, page.as_uri(), (f"{tmp_path.as_uri()}/",), "a page")

    return read


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>redteam()</script>", "runs a script in a page"),
        ("<img src=x onerror=redteam()>", "runs a script in a page"),
        ("<a href='javascript:redteam()'>x</a>", "runs a script in a page"),
        ("<details><summary onclick=redteam()>x</summary></details>", "runs a script in a page"),
        ("<script>document.title = 'mine'</script>", "has a script in a page"),
        ("<script>document.currentScript.remove()</script>", "has a script in a page"),
        ("<p onmouseenter='this.title = 1'>x</p>", "has a script in a page"),
        (
            "<div style='height:3000px'></div><div style='height:300px' onclick='redteam()'>x</div>"
            "<div style='height:3000px'></div>",
            "runs a script in a page",
        ),
        ("<script>alert(1)</script>", "opens a dialog in a page"),
        ("<img src='http://stranger.example/x'>", "calls http://stranger.example/x in a page"),
        ("<img src='/logout'>", "calls file:///logout in a page"),
        (
            "<meta http-equiv=refresh content='0;url=http://stranger.example/y'>",
            "calls http://stranger.example/y in a page",
        ),
        ("<style>body { background: url(//stranger.example/z) }</style>", "calls file://stranger.example/z in a page"),
        (
            "<script>addEventListener('click', () => fetch('http://x.example/api/grade', {method: 'POST'}))</script>"
            "<div style='position:fixed;inset:0'>x</div>",
            "changes a score in a page",
        ),
    ],
)
def test_a_page_that_acts_is_seen(html, what, seen):
    assert what in seen(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>text</p><img src='beside.png'><img src='data:image/png;base64,AAAA'>",
        "<a href='https://stranger.example/'>an honest link, which calls somebody when it is clicked</a>",
    ],
)
def test_a_page_that_does_nothing_is_not_taken_for_one_that_acts(html, seen):
    assert seen(html) == []


def test_of_what_a_policy_holds_back_only_scripts_count(seen):
    assert seen("<img src='http://stranger.example/x'>", POLICY) == []
    refused = ["has a script that is refused in a page"]
    assert seen("</div><img src=x onerror='1'>", POLICY) == refused
    assert seen("</div><script>1</script>", POLICY) == refused
    assert "has a script that is refused in a page" in seen("<a href='javascript:1'>x</a>", POLICY)


def test_windows_cover_a_page_from_top_to_bottom():
    assert browse.tops(100) == browse.tops(800) == [0]
    assert browse.tops(1700) == [0, 450, 900]
    assert browse.tops(100_800) == [0, 50_000, 100_000]
