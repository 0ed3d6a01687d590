"""Works in the review console in headless Chromium as a reviewer does who has no mouse, and checks what a reviewer needs of it.

usage: python scripts/browser/console.py [--screenshots FOLDER] [--pipeline-token TOKEN] [--review-token TOKEN] URL

The service at URL is to have a fresh store; without tokens it must be open, that is on loopback and without any token. The script sends sample
conversations to it. Then, in Indonesian and in English, by keyboard alone: sign in, queue, conversation, reveal, decision, next item, audit. On every
page: no fault found by axe-core in light, dark and phone width, no sideways scrolling, no console message, no request to elsewhere, no two elements
of one id. Then the same without script. At last the pages are broken in four ways, each of which must be noticed.
"""

import argparse
import json
import pathlib
import re
import sys
import urllib.request

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

VIEWS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}
# Light has everything; the other views can only differ in colours and sizes.
RULES = {"dark": ["color-contrast"], "phone": ["scrollable-region-focusable", "target-size", "meta-viewport"]}
WORDS = {
    "en": {"language": "English", "saved": "Saved.", "whole": "The chain is whole", "decision": "Decision", "help": "Asks for help"},
    "id": {"language": "Indonesia", "saved": "Tersimpan.", "whole": "Rantai utuh", "decision": "Keputusan", "help": "Meminta bantuan"},
}
HOSTILE = "<img src=x onerror=pwned()>\"' \u202e {{csrf}}"


def conversations():
    """Sample conversations in neutral words; the last one has an id and texts that would like to be markup."""
    bait = [
        ("a", "hai, main ff juga?"), ("b", "iya kak, masih bronze wkwk"), ("a", "gw isiin 50rb mau? dm nya lagi promo"),
        ("b", "mau bgt kak"), ("a", "asal kirim foto yg kmrn dulu yaa, jangan bilang siapa2"), ("b", "ngga mau ah"),
        ("a", "kalo ga dikirim, fotomu aku sebar ke grup kelasmu"), ("b", "jangan kak plis, aku takut"),
    ]
    threat = [
        ("x", "hey, nice profile, want to video call now?"), ("y", "maybe later"),
        ("x", "i recorded our call, i have your followers list"), ("x", "send money tonight or i send it to your school"),
        ("y", "please dont"),
    ]
    help_wanted = [("k", "kak tolong, ada orang ancam mau sebar foto aku, aku takut"), ("m", "kamu di mana sekarang?")]
    rooms = [bait, threat, bait, threat] + [help_wanted] * 9
    chats = {f"room-{number}": lines for number, lines in enumerate(rooms, 1)}
    chats[HOSTILE] = bait[:6] + [(HOSTILE, "kalo ga dikirim, fotomu aku sebar ke grup kelasmu <b>\u200b\u202e</b>")]
    return [
        {"conversation_id": chat, "message_id": f"m{place}", "author_id": author, "text": text}
        for chat, lines in chats.items() for place, (author, text) in enumerate(lines)
    ]


def send(url, path, value, token, method="POST"):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url + path, json.dumps(value).encode(), headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


class Reviewer:
    """One browser window and the faults seen in it."""

    def __init__(self, browser, url, faults, token, name, **options):
        self.url, self.faults, self.token, self.name = url, faults, token, name
        self.context = browser.new_context(**{"locale": "fr-FR"} | options)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.fault(f"console: {message.type}: {message.text[:200]}"))
        self.page.on("pageerror", lambda error: self.fault(f"script: {error}"))
        self.page.on("dialog", lambda dialog: (self.fault("a dialog was opened"), dialog.dismiss()))
        self.page.on("request", lambda request: self.need(request.url.startswith(url + "/"), f"request: {request.url[:100]}"))

    def fault(self, text):
        self.faults.append(f"{self.name}: {text}")

    def need(self, holds, text):
        if not holds:
            self.fault(text)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self, script):
        return self.page.evaluate(f"() => {{ const at = document.activeElement; return {script}; }}")

    def tab_to(self, script, what, limit=80):
        """Presses Tab until the focused element is the wanted one, and says when it cannot be reached."""
        for _ in range(limit):
            if self.focused(script):
                self.need(self.is_visible_focus(), f"the focus on {what} cannot be seen")
                return True
            self.press("Tab")
        self.fault(f"{what} cannot be reached by keyboard")
        return False

    def is_visible_focus(self):
        return self.focused(
            "[at, at.closest('.row'), at.closest('.choice')].some((one) => one && getComputedStyle(one).outlineStyle !== 'none'"
            " || one && getComputedStyle(one).boxShadow !== 'none' && one === at)")

    def settle(self):
        self.page.wait_for_load_state("load")

    def language(self, language):
        """Changes the language by keyboard, as a habit."""
        self.page.goto(self.url + "/")
        if self.page.evaluate("() => document.documentElement.lang") == language:
            return
        if self.tab_to("at.matches('.habits > summary')", "the switch for habits"):
            self.press("Enter")
        if self.tab_to(f"at.matches('button[name=language][value={language}]')", "the button for the language"):
            with self.page.expect_navigation():
                self.press("Enter")
        self.need(self.page.evaluate("() => document.documentElement.lang") == language, f"the page is not in {language}")

    def sign_in(self):
        self.page.goto(self.url + "/")
        if "/sign-in" not in self.page.url:
            return
        self.need(self.focused("at.matches('#token, #name')"), "the sign-in does not begin in its field")
        self.page.keyboard.type(self.token or "Sari")
        with self.page.expect_navigation():
            self.press("Enter")
        self.need("/sign-in" not in self.page.url, "nobody was signed in")

    def queue(self, words):
        """Down and up the queue, then into its first item, which is somebody who asks for help."""
        self.press("Tab")
        self.need(self.focused("at.matches('a.skip')"), "the link past the navigation is not first")
        with_skip = self.focused("at.getAttribute('href')")
        self.press("Enter")
        self.need(with_skip == "#main" and self.focused("at.id") == "main", "the link past the navigation leads elsewhere")
        first = self.page.locator(".row .go").first.text_content()
        self.need(first == words["help"], f"the first item is '{first}', not somebody who asks for help")
        kinds = self.page.evaluate("() => Array.from(document.querySelectorAll('.row'), (row) => row.classList.contains('disclosure'))")
        self.need(kinds == sorted(kinds, reverse=True), "disclosures are not first")
        self.press("j", "j", "k")
        self.need(self.focused("at === document.querySelector('.row .go')"), "j and k do not move in the queue")
        self.need(self.is_visible_focus(), "the focus in the queue cannot be seen")
        with self.page.expect_navigation():
            self.press("Enter")
        self.need("/items/" in self.page.url, "Enter does not open the item")

    def conversation(self):
        """Through the messages; texts are veiled until they are asked for."""
        page = self.page
        hidden = page.locator(".veiled .text").first
        self.need(page.locator(".message").count() > 0, "no messages")
        self.need(page.locator(".text:visible").count() == 0, "texts are not veiled")
        self.press("j")
        self.need(self.focused("at.matches('.message')"), "j does not go to a message")
        self.press("r")
        self.need(hidden.is_visible(), "r does not show the message")
        self.press("a")
        self.need(page.locator(".text:visible").count() == page.locator(".text").count() > 0, "a does not show all messages")
        self.need(page.locator("#live").text_content() != "", "that all are shown is not announced")
        self.press("a")
        self.need(page.locator(".text:visible").count() == 0, "a does not veil all messages")
        if self.tab_to("at.matches('.reveal')", "the box that shows a message"):
            self.press("Space")
            self.need(self.focused("getComputedStyle(at.closest('.body').querySelector('.text')).display") == "block", "the box shows nothing")
        self.need(page.locator("mark").count() > 0, "no words are marked")
        reference = page.evaluate("() => Array.from(document.querySelectorAll('.ref'), (one) => document.querySelector(one.getAttribute('href'))?.textContent ?? '')")
        self.need(reference and all(reference), "a mark without its reason")

    def decide(self, words, key):
        """A decision by shortcut; then the sentence about it has the focus, and the next item is there."""
        before = self.page.url
        self.press(key)
        self.need(self.focused("at.name === 'verdict' && at.checked"), f"{key} chooses nothing")
        with self.page.expect_navigation():
            self.press("Control+Enter")
        self.settle()
        self.need(self.page.url != before, "the decision leads to no other page")
        self.need(self.focused("at.id") == "notice", "the focus is not on what happened")
        self.need((self.page.locator("#notice").text_content() or "").startswith(words["saved"]), "the decision is not confirmed")

    def decide_by_tab(self, words):
        """The same without shortcuts: Tab, arrows, Enter."""
        if not self.tab_to("at.name === 'verdict'", "the decision"):
            return
        self.press("ArrowDown")
        self.need(self.focused("at.name === 'verdict' && at.checked"), "arrows choose nothing")
        if self.tab_to("at.name === 'label'", "the other stage") and self.tab_to("at.matches('#decision-form button')", "the button that saves"):
            with self.page.expect_navigation():
                self.press("Enter")
            self.settle()
            self.need((self.page.locator("#notice").text_content() or "").startswith(words["saved"]), "the decision is not confirmed")

    def audit(self, words):
        if self.tab_to("at.getAttribute('href') === '/audit'", "the way to the audit"):
            with self.page.expect_navigation():
                self.press("Enter")
        self.need(words["decision"] in (self.page.locator("table.audit").text_content() or ""), "the audit has no decision")
        if self.tab_to("at.closest('form')?.getAttribute('action') === '/audit/verify' && at.matches('button')", "the check of the audit"):
            with self.page.expect_navigation():
                self.press("Enter")
        self.need(words["whole"] in (self.page.locator("main").text_content() or ""), "the audit is not whole")

    def switch_shortcuts_off(self):
        if self.tab_to("at.matches('.habits > summary')", "the switch for habits"):
            self.press("Enter")
        if self.tab_to("at.matches('button[name=shortcuts][value=off]')", "the switch for shortcuts"):
            with self.page.expect_navigation():
                self.press("Enter")
        at = self.page.url
        self.press("q", "1", "j")
        self.need(self.page.url == at and not self.focused("at.matches('.message')"), "switched-off shortcuts still work")
        if self.tab_to("at.matches('.habits > summary')", "the switch for habits"):
            self.press("Enter")
        if self.tab_to("at.matches('button[name=shortcuts][value=on]')", "the switch for shortcuts"):
            with self.page.expect_navigation():
                self.press("Enter")

    def looks(self, name, view):
        """What axe-core finds, and what it does not look for."""
        options = {"resultTypes": ["violations"]}
        if view != "light":
            options["runOnly"] = {"type": "rule", "values": RULES[view]}
        found = Axe().run(self.page, options=options).response["violations"]
        for one in found:
            nodes = "; ".join(node["html"][:120] for node in one["nodes"][:3])
            self.fault(f"{name} {view}: {one['id']} ({len(one['nodes'])} times): {one['help']}: {nodes}")
        width, shown = self.page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        self.need(width <= shown, f"{name} {view}: the page is {width} wide in a window of {shown}")
        ids = self.page.evaluate("() => Array.from(document.querySelectorAll('[id]'), (one) => one.id)")
        self.need(len(ids) == len(set(ids)), f"{name} {view}: two elements of one id")
        self.need(self.page.evaluate("() => window.pwned") is None, f"{name}: a name of the data was run")


def pages_of(reviewer):
    """The addresses of one page of each kind, those with hostile names among them."""
    page = reviewer.page
    page.goto(reviewer.url + "/")
    items = page.evaluate("() => Array.from(document.querySelectorAll('.row'), (row) => [row.querySelector('.go').getAttribute('href'), row.classList.contains('disclosure'), row.textContent])")
    found = {"queue": "/", "find": "/find?conversation=room-1", "audit": "/audit", "work": "/work", "nothing": "/items/999999"}
    for path, is_disclosure, text in items:
        found.setdefault("hostile" if "onerror" in text else "disclosure" if is_disclosure else "risk", path)
    page.goto(reviewer.url + found["find"])
    closed = page.evaluate("() => Array.from(document.querySelectorAll('.row'), (row) => row.querySelector('.round-closed') ? row.querySelector('.go').getAttribute('href') : '').filter(Boolean)")
    if closed:
        found["closed"] = closed[0]
    return found


def walk(browser, url, faults, token, language):
    reviewer = Reviewer(browser, url, faults, token, language, **VIEWS["light"])
    words = WORDS[language]
    reviewer.language(language)
    reviewer.sign_in()
    reviewer.queue(words)
    reviewer.conversation()
    reviewer.decide(words, "1")
    reviewer.decide(words, "3")
    reviewer.decide_by_tab(words)
    reviewer.switch_shortcuts_off()
    reviewer.audit(words)
    reviewer.context.close()


def look(browser, url, faults, token, language, screenshots):
    """Every kind of page in every view."""
    count = 0
    for view, options in VIEWS.items():
        reviewer = Reviewer(browser, url, faults, token, language, **options)
        reviewer.language(language)
        reviewer.looks("sign-in", view)
        shoot(reviewer, screenshots, "sign-in", language, view)
        reviewer.sign_in()
        pages = pages_of(reviewer)
        reviewer.need({"risk", "disclosure", "hostile", "closed"} <= pages.keys(), f"pages are missing: {sorted(pages)}")
        for name, path in pages.items():
            before = len(faults)
            reviewer.page.goto(url + path)
            # The browser reports the 404 that is wanted here.
            if name == "nothing":
                faults[before:] = [fault for fault in faults[before:] if "404" not in fault]
            reviewer.looks(name, view)
            shoot(reviewer, screenshots, name, language, view)
            if name in ("risk", "hostile"):
                reviewer.page.locator("#reveal-all").click()
                reviewer.looks(f"{name} shown", view)
                shoot(reviewer, screenshots, f"{name}-shown", language, view)
            count += 1
        reviewer.page.goto(url + "/")
        reviewer.page.locator(".habits > summary").click()
        reviewer.page.locator("#keys > summary").click()
        reviewer.looks("habits", view)
        shoot(reviewer, screenshots, "habits", language, view)
        if view == "light":
            reviewer.page.emulate_media(media="print")
            reviewer.need(not reviewer.page.locator(".tabs").is_visible(), "the navigation is seen in print")
        reviewer.context.close()
    return count


def shoot(reviewer, folder, name, language, view):
    if folder:
        reviewer.page.screenshot(path=folder / f"console-{name}-{language}-{view}.png", full_page=True)


def without_script(browser, url, faults, token):
    reviewer = Reviewer(browser, url, faults, token, "without script", java_script_enabled=False, **VIEWS["light"])
    page = reviewer.page
    page.goto(url + "/sign-in")
    page.locator("#token, #name").press_sequentially(token or "Budi")
    reviewer.press("Enter")
    page.wait_for_url(url + "/")
    reviewer.need(page.locator(".needs-script:visible").count() == 0, "dead buttons")
    page.locator(".row .go").first.press("Enter")
    page.wait_for_url("**/items/*")
    box = page.locator(".reveal").first
    reviewer.need(page.locator(".text:visible").count() == 0, "texts are not veiled")
    box.press("Space")
    reviewer.need(page.locator(".text:visible").count() == 1, "a box shows no text")
    page.locator("input[name=verdict]").first.press("Space")
    page.locator("#decision-form button").press("Enter")
    page.wait_for_selector("#notice.done")
    reviewer.context.close()


def broken(browser, url, token):
    """Faults that are put in must be found."""
    ways = {
        "the language": (lambda html: re.sub(r'<html lang="\w+"', "<html", html), "html-has-lang"),
        "an inline style": (lambda html: html.replace("<h1>", '<h1 style="color:red">'), "console: "),
        "an outside picture": (lambda html: html.replace("<h1>", '<img alt="" src="https://example.org/x.png"><h1>'), "request: "),
        "a name of a field": (lambda html: html.replace("<label>", "<div>").replace("</label>", "</div>"), "select-name"),
    }
    for name, (change, sign) in ways.items():
        faults = []
        reviewer = Reviewer(browser, url, faults, token, "broken", **VIEWS["light"])
        reviewer.sign_in()

        def answer(route):
            response = route.fetch()
            route.fulfill(response=response, body=change(response.text()))

        reviewer.page.route(url + "/", answer)
        reviewer.page.goto(url + "/")
        reviewer.looks("queue", "light")
        reviewer.context.close()
        if not any(sign in fault for fault in faults):
            sys.exit(f"check-console: {name} was broken, and nothing noticed it: {faults}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--screenshots", type=pathlib.Path)
    parser.add_argument("--pipeline-token")
    parser.add_argument("--review-token")
    options = parser.parse_args()
    url = options.url.rstrip("/")
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    messages = conversations()
    send(url, "/v1/score", {"messages": messages}, options.pipeline_token)
    for chat in {message["conversation_id"] for message in messages}:
        own = [message for message in messages if message["conversation_id"] == chat]
        path = "/v1/conversations/" + urllib.request.quote(chat, safe="") + "/messages"
        send(url, path, {"messages": own}, options.pipeline_token, method="PUT")
    faults, count = [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for language in ("id", "en"):
            walk(browser, url, faults, options.review_token, language)
        without_script(browser, url, faults, options.review_token)
        for language in ("id", "en"):
            count += look(browser, url, faults, options.review_token, language, options.screenshots)
        broken(browser, url, options.review_token)
        browser.close()
    for fault in faults[:40]:
        print(fault, file=sys.stderr)
    print(f"console: {count} pages looked at, {len(faults)} faults")
    if faults:
        sys.exit(f"check-console: {len(faults)} faults")


if __name__ == "__main__":
    main()
