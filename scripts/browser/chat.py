"""Chats with a started jaga-server at /chat in headless Chromium, as wide as a small phone, and checks what somebody there needs of it.

usage: python scripts/browser/chat.py [--screenshots FOLDER]

Through Examples/polls in Indonesian and in English: by its buttons, by keyboard alone, and with a line that asks for help, whose answer must come and
open a case. Then what goes wrong: no network, an answer that is lost, a page that is loaded anew, a phone that others look at. In light and dark: no
fault found by axe-core, no sideways scrolling, no console message, no request to elsewhere, nothing in the browser's stores. At last the page is broken
in three ways, each of which must be noticed.
"""

import argparse
import pathlib
import re
import secrets
import sqlite3
import sys
import tempfile

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "service"))
import console  # noqa: E402
import daemon  # noqa: E402

PHONE = {"width": 360, "height": 740}
WORDS = {
    "id": {
        "locale": "id-ID", "start": "Mulai", "yes": "YA", "optin": "Mau ikut? YA atau TIDAK", "age": "Berapa umurmu?", "done": "Sudah selesai.",
        "help": "kak tolong, ada orang ancam mau sebar foto aku, aku takut", "kind": "bukan salahmu", "offer": "Balas 1 kalau mau.",
        "typed": "lebih banyak teman yang baik", "skip": "LEWATI", "unsent": "Belum terkirim.", "resume": "Lanjutkan chat", "goon": "LANJUT",
        "switched": "Chat ini tetap dalam bahasa Inggris.", "you": "Kamu:", "answers": ["1: mau", "2: tidak"],
    },
    "en": {
        "locale": "en-GB", "start": "Start", "yes": "YES", "optin": "Join? YES or NO", "age": "How old are you?", "done": "That was the last question.",
        "help": "please help, someone says he will post my pictures, i am scared", "kind": "not your fault", "offer": "Reply 1 for yes.",
        "typed": "more kind people around", "skip": "SKIP", "unsent": "Not sent yet.", "resume": "Go on with the chat", "goon": "GO ON",
        "switched": "This chat goes on in Indonesian.", "you": "You:", "answers": ["1: yes", "2: no"],
    },
}
# The first message of the bot after the contact's last.
IN_SIGHT = """() => {
  const log = document.getElementById('log').getBoundingClientRect();
  const box = Array.from(document.querySelectorAll('.own')).pop().nextElementSibling.getBoundingClientRect();
  return box.top >= log.top && box.bottom <= log.bottom; }"""
KEPT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, databases: (await indexedDB.databases()).length,
  caches: await caches.keys().then((keys) => keys.length, () => 0), cookies: document.cookie })"""


class Visitor(console.Reviewer):
    """One phone at the chat page."""

    def __init__(self, browser, url, faults, name, language="id", **options):
        options = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "locale": WORDS[language]["locale"]} | options
        super().__init__(browser, url, faults, None, name, **options)
        self.words, self.language = WORDS[language], language
        self.left = []
        self.context.route("https://*.wikipedia.org/**", self.leave)

    def fault(self, text):
        # Where the page leaves to is no request of the page; this browser never gets there.
        if not re.match(r"request: https://(id|en)\.wikipedia\.org/$", text):
            super().fault(text)

    def leave(self, route):
        self.left.append(route.request)
        route.fulfill(status=200, content_type="text/html", body="<!DOCTYPE html><html lang=en><title>Elsewhere</title><p>Elsewhere</p></html>")

    def open(self):
        self.page.goto(self.url + "/chat")
        self.need(self.page.evaluate("() => document.documentElement.lang") == self.language, "the page does not begin in the browser's language")
        self.page.locator("#start").tap() if self.page.evaluate("() => 'ontouchstart' in window") else self.page.locator("#start").click()
        return self

    def heard(self, text):
        """Waits for a message of the bot."""
        try:
            self.page.locator(".said:not(.own)", has_text=text).last.wait_for(timeout=15000)
            return True
        except Exception:
            self.fault(f"the bot does not say '{text}' but {self.texts()[-3:]}")
            return False

    def texts(self):
        return self.page.locator(".said").all_inner_texts()

    def choose(self, number=0):
        """Taps a button; the next ones, or none, are there afterwards."""
        before = self.page.locator(".said:not(.own)").count()
        button = self.page.locator("#choices button").nth(number)
        button.tap()
        self.page.wait_for_function("(count) => document.querySelectorAll('.said:not(.own)').length > count", arg=before, timeout=15000)

    def labels(self):
        return self.page.locator("#choices button").all_inner_texts()

    def write(self, text):
        self.page.locator("#text").fill(text)
        self.press("Enter")
        self.need(self.page.locator("#text").input_value() == "", "Enter does not send")

    def kept(self):
        found = self.page.evaluate(KEPT)
        self.need(not any(found.values()), f"the browser keeps {found}")
        cookies = self.context.cookies()
        self.need([one["name"] for one in cookies] == ["jaga_chat"], f"cookies: {cookies}")
        for one in cookies:
            fit = one["httpOnly"] and one["sameSite"] == "Strict" and one["path"] == "/chat" and one["expires"] == -1
            self.need(fit, f"the cookie is {one}")


def scale(visitor, name, screenshots, view):
    """The checks of the console, and sizes that a thumb needs."""
    visitor.looks(name, view)
    small = visitor.page.evaluate("""() => Array.from(document.querySelectorAll('button, a, textarea')).filter((one) => {
        const box = one.getBoundingClientRect(); return box.width > 0 && box.height < 40 && !one.closest('.said'); }).map((one) => one.textContent)""")
    visitor.need(small == [], f"{name}: too small for a thumb: {small}")
    if screenshots:
        visitor.page.screenshot(path=screenshots / f"chat-{name}-{visitor.language}-{visitor.scheme}.png")


def by_buttons(browser, url, faults, language, scheme, screenshots):
    """From the start to the end of the poll."""
    visitor = Visitor(browser, url, faults, f"{language} {scheme} buttons", language, color_scheme=scheme)
    visitor.scheme = scheme
    words, page = visitor.words, visitor.page
    view = "light" if scheme == "light" else "dark"
    page.goto(url + "/chat")
    scale(visitor, "intro", screenshots, view)
    visitor.need(visitor.context.cookies() == [], "who only looks gets a cookie")
    visitor.open().heard(words["optin"])
    visitor.need(visitor.labels() == [words["yes"], "TIDAK" if language == "id" else "NO", "STOP"], f"the first choices are {visitor.labels()}")
    visitor.choose()
    visitor.heard(words["age"])
    visitor.need(len(visitor.labels()) == 4, f"the ages are {visitor.labels()}")
    scale(visitor, "question", screenshots, view)
    visitor.choose(1)
    for _ in range(12):
        labels = visitor.labels()
        if not labels or labels == [words["skip"]]:
            break
        # The first choice nobody worries about; the path through a 'no' is the longest.
        visitor.choose(0)
    visitor.write(words["typed"])
    visitor.heard(words["done"])
    visitor.need(page.locator(".own.waits").count() == 0, "messages are marked as not sent")
    scale(visitor, "end", screenshots, view)
    visitor.kept()
    visitor.context.close()


def by_keys(browser, url, faults, language, scheme, screenshots, store):
    """Somebody asks for help in the middle of it, without a finger on the screen."""
    visitor = Visitor(browser, url, faults, f"{language} {scheme} keys", language, color_scheme=scheme)
    visitor.scheme = scheme
    words, page = visitor.words, visitor.page
    before = cases(store)
    page.goto(url + "/chat")
    visitor.press("Tab")
    visitor.need(visitor.focused("at.id") == "exit", "the way out is not first")
    if visitor.tab_to("at.id === 'start'", "the start"):
        visitor.press("Enter")
    visitor.heard(words["optin"])
    visitor.need(visitor.focused("at.id") == "text", "the focus is not where one writes")
    page.keyboard.type(words["yes"].lower())
    visitor.press("Enter")
    visitor.heard(words["age"])
    visitor.need(visitor.focused("at.id") == "text", "the focus leaves the field")
    page.keyboard.type("hm")
    visitor.press("Shift+Enter")
    visitor.need(page.locator("#text").input_value() == "hm\n", "Shift and Enter make no line")
    page.locator("#text").fill(words["help"])
    visitor.press("Enter")
    visitor.heard(words["kind"])
    visitor.heard(words["offer"])
    said = " ".join(page.locator(".said:not(.own)").all_inner_texts()).lower()
    for naming in ("foto", "ancam", "picture", "post my", "scared", "takut"):
        visitor.need(naming not in said, f"the bot says '{naming}' on a screen that others may see")
    visitor.need(cases(store) == before + 1, f"{cases(store) - before} cases instead of one")
    visitor.need(visitor.labels() == words["answers"], f"the offer's choices are {visitor.labels()}")
    # Screen readers hear every message once, with who says it.
    roles = page.evaluate("() => { const log = document.getElementById('log'); return [log.getAttribute('role'), log.getAttribute('aria-live')]; }")
    visitor.need(roles == ["log", "polite"], f"the messages are {roles}")
    visitor.need(page.locator(".own").last.inner_text().startswith(words["you"]), "nobody hears who wrote")
    visitor.need(page.evaluate(IN_SIGHT), "the first words of an answer are out of sight")
    scale(visitor, "help", screenshots, "light" if scheme == "light" else "dark")
    visitor.press("Shift+Tab", "Shift+Tab")
    if visitor.tab_to("at.matches('#choices button')", "the choices", limit=4):
        visitor.press("Enter")
    visitor.need(visitor.focused("at.id") == "log", "the focus is lost with the button")
    page.locator("#choices button", has_text=words["goon"]).wait_for(timeout=15000)
    visitor.need(visitor.labels() == [words["goon"], "STOP"], f"the way on is {visitor.labels()}")
    visitor.context.close()


def cases(store):
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        return database.execute("SELECT count(*) FROM review_case").fetchone()[0]


def troubles(browser, url, faults, language, screenshots):
    """No network; a lost answer; a message that comes later; a page loaded anew; a new chat; the other language."""
    visitor = Visitor(browser, url, faults, f"{language} troubles", language)
    visitor.scheme = "light"
    words, page = visitor.words, visitor.page
    visitor.open().heard(words["optin"])

    before = len(faults)
    visitor.context.set_offline(True)
    visitor.write(words["yes"])
    page.locator("#status", has_text=words["unsent"]).wait_for(timeout=10000)
    visitor.need(page.locator(".own.waits").count() == 1, "a message that was not sent looks as if it was")
    scale(visitor, "offline", screenshots, "light")
    visitor.context.set_offline(False)
    # The browser reports the failures that are wanted here.
    faults[before:] = [fault for fault in faults[before:] if "ERR_INTERNET_DISCONNECTED" not in fault]
    visitor.heard(words["age"])
    visitor.need(page.locator(".own.waits").count() == 0, "a message that was sent looks as if it was not")

    # The service takes the message, and the answer never arrives.
    before = len(faults)
    posted = []

    def lose(route):
        posted.append(route.request.post_data_json["id"])
        if len(posted) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/chat/messages", lose)
    count = page.locator(".said").count()
    page.locator("#choices button").first.tap()
    page.wait_for_function("(count) => document.querySelectorAll('.said').length === count", arg=count + 2, timeout=15000)
    page.unroute("**/chat/messages")
    faults[before:] = [fault for fault in faults[before:] if "ERR_FAILED" not in fault]
    page.wait_for_timeout(1500)
    visitor.need(len(set(posted)) == 1 and len(posted) >= 2, f"the message was sent as {posted}")
    visitor.need(page.locator(".said").count() == count + 2, "an answer is shown twice")

    # Something waits that this page has not asked for: it comes by itself.
    count = page.locator(".said:not(.own)").count()
    answer = visitor.context.request.post(url + "/chat/messages", data={"id": "elsewhere", "text": "1"})
    visitor.need(answer.ok and len(answer.json()["messages"]) > 0, "nothing waits")
    page.wait_for_function("(count) => document.querySelectorAll('.said:not(.own)').length > count", arg=count, timeout=15000)
    last = visitor.texts()[-1]

    page.locator("#languages a").nth(1 if language == "id" else 0).click()
    other = "en" if language == "id" else "id"
    visitor.need(page.evaluate("() => document.documentElement.lang") == other, "the language does not change")
    visitor.need(WORDS[other]["switched"] in page.locator("#status").inner_text(), "nobody says that the chat keeps its language")
    visitor.need(len(visitor.labels()) > 0 and page.locator(".said:visible").count() == page.locator(".said").count(), "the other language hides messages")
    page.locator("#languages a").nth(0 if language == "id" else 1).click()

    page.wait_for_timeout(600)
    page.reload()
    visitor.need(page.locator(".said").count() == 0, "the chat is on the screen after it was loaded anew")
    visitor.need(page.locator("#start").inner_text() == words["resume"], "the page does not know that the chat goes on")
    page.locator("#start").tap()
    visitor.need(visitor.heard(last.split("\n")[0]) and page.locator(".said").count() == 1, "the open question is not shown again")

    page.locator("#new").tap()
    visitor.need(visitor.focused("at.id") == "over", "the question about a new chat has no focus")
    scale(visitor, "new", screenshots, "light")
    visitor.press("Escape")
    visitor.need(page.locator(".said").count() == 1 and not page.locator("#over").is_visible(), "Escape does not stay in the chat")
    page.locator("#new").tap()
    page.locator("#over-yes").tap()
    page.wait_for_timeout(500)
    visitor.need(visitor.context.cookies() == [], "a new chat leaves the cookie")
    visitor.need(page.locator(".said").count() == 0 and page.locator("#start").inner_text() == words["start"], "a new chat shows the old one")
    page.locator("#start").tap()
    visitor.heard(words["optin"])
    visitor.context.close()


def shared(browser, url, faults, language):
    """Somebody comes into the room."""
    visitor = Visitor(browser, url, faults, f"{language} leaving", language)
    words, page = visitor.words, visitor.page
    page.goto(url + "/healthz")
    visitor.open().heard(words["optin"])
    visitor.write(words["help"])
    visitor.heard(words["offer"])
    page.locator("#text").fill(words["help"])
    visitor.need(page.title() == "Chat", f"the tab says {page.title()}")
    with page.expect_navigation(url="https://*.wikipedia.org/**"):
        page.locator("#exit").tap()
    visitor.need(len(visitor.left) == 1 and "referer" not in visitor.left[0].headers, "the page that is left to hears where from")
    page.go_back()
    visitor.need("/chat" not in page.url, "one step back is the chat")
    page.goto(url + "/chat")
    visitor.need(page.locator(".said").count() == 0 and page.locator("#text").input_value() == "", "the chat is there again")
    page.locator("#start").tap()
    page.wait_for_timeout(1500)
    visitor.need(page.locator(".said").count() == 0, "what had been shown is shown again")
    visitor.context.close()


def without_script(browser, url, faults, language, screenshots):
    visitor = Visitor(browser, url, faults, f"{language} without script", language, java_script_enabled=False)
    page = visitor.page
    page.goto(url + "/chat")
    visitor.need(page.locator("noscript p").is_visible(), "nobody says that the chat needs a script")
    visitor.need(page.locator("button:visible, textarea:visible").count() == 0, "dead buttons")
    page.locator("#languages a").nth(1 if language == "id" else 0).click()
    visitor.need(f'lang="{"en" if language == "id" else "id"}"' in page.content()[:80], "the language does not change without script")
    if screenshots:
        page.screenshot(path=screenshots / f"chat-without-script-{language}.png")
    visitor.context.close()


def broken(browser, url):
    """Faults that are put in must be found."""
    ways = {
        "the language": (lambda html: re.sub(r'<html lang="\w+"', "<html", html), "html-has-lang"),
        "an inline script": (lambda html: html.replace("<main", "<script>window.x=1</script><main"), "console: "),
        "the width": (lambda html: html.replace("<h2>", '<svg width="900" height="1"></svg><h2>'), "wide in a window"),
    }
    for name, (change, sign) in ways.items():
        faults = []
        visitor = Visitor(browser, url, faults, "broken")

        def answer(route):
            response = route.fetch()
            route.fulfill(response=response, body=change(response.text()))

        visitor.page.route(url + "/chat", answer)
        visitor.page.goto(url + "/chat")
        visitor.page.add_style_tag(url="/chat/chat.css")
        if name == "the width":
            visitor.page.evaluate("() => { document.querySelector('.card').style.overflow = 'visible'; }")
        visitor.looks("intro", "light")
        visitor.context.close()
        if not any(sign in fault for fault in faults):
            raise daemon.Failure(f"{name} was broken, and nothing noticed it: {faults}")


def run():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    faults = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        key = pathlib.Path(folder) / "text.key"
        key.write_text(secrets.token_hex(32))
        key.chmod(0o600)
        polls = daemon.ROOT / "Examples/polls"
        with daemon.Daemon(folder, "--polls", str(polls), "--text-key", str(key)) as service:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for language in WORDS:
                for scheme in ("light", "dark"):
                    by_buttons(browser, service.url, faults, language, scheme, options.screenshots)
                    by_keys(browser, service.url, faults, language, scheme, options.screenshots, service.store)
                troubles(browser, service.url, faults, language, options.screenshots)
                shared(browser, service.url, faults, language)
                without_script(browser, service.url, faults, language, options.screenshots)
            broken(browser, service.url)
            browser.close()
            told = [words["help"] for words in WORDS.values()]
            if any(line in entry for entry in service.log for line in told):
                faults.append("the log has a message")
    for fault in faults[:40]:
        print(fault, file=sys.stderr)
    print(f"chat: 2 languages, light and dark, {len(faults)} faults")
    if faults:
        raise daemon.Failure(f"{len(faults)} faults")


if __name__ == "__main__":
    daemon.main(run)
