"""Walks a case of the poll bot through the review console in headless Chromium, by keyboard alone, in both languages.

usage: python scripts/browser/case.py [--screenshots FOLDER]

Starts jaga-server with the example poll and a key of texts. A contact tells something on the chat page and asks to be contacted; a reviewer finds the case in the queue, reads it,
writes an answer and sends it, decides, and finds all of it in the audit; the contact gets the answer. What the contact writes then is in the queue again, and names the item before.
After a new chat the page says that nobody can be reached. On each page: no fault found by axe-core in light, dark and phone width, nothing sideways, no console message.
"""

import argparse
import http.client
import json
import pathlib
import secrets
import sys
import tempfile

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "service"))
import daemon  # noqa: E402
from console import VIEWS, WORDS, Reviewer  # noqa: E402

TOLD = {"id": "kak tolong, ada orang ancam mau sebar foto aku, aku takut", "en": "please help, someone threatens to share my photo"}
ANSWER = {"id": "Halo, kami dari tim. Kami di sini.", "en": "Hello, we are from the team. We are here."}
AGAIN = {"id": "dia nulis lagi barusan", "en": "he just wrote again"}
CASE = {
    "en": {"sent": "Your answer goes out next.", "answered": "A person answered the contact", "follows": "somebody should look again", "left": "has ended the chat"},
    "id": {"sent": "Jawaban Anda", "answered": "Manusia menjawab kontak", "follows": "perlu dilihat lagi", "left": "sudah mengakhiri obrolan"},
}


class Contact:
    """Somebody at the chat page, without its script."""

    def __init__(self, service, language):
        self.service, self.language, self.cookie, self.count = service, language, None, 0

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection(*self.service.address, timeout=30)
        headers = {"Content-Type": "application/json", **({"Cookie": self.cookie} if self.cookie else {})}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.headers["Set-Cookie"]:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        if answer.status not in (200, 204):
            raise daemon.Failure(f"{path} got {answer.status}: {content[:200]!r}")
        return [message["text"] for message in json.loads(content)["messages"]] if content else []

    def say(self, text):
        self.count += 1
        return self.ask("POST", "/chat/messages", {"id": f"m{self.count}", "text": text, "language": self.language})

    def waiting(self):
        return self.ask("GET", "/chat/messages")

    def leave(self):
        self.ask("POST", "/chat/leave")


def looks(reviewer, name, screenshots):
    """What axe and the window say of the page in each view; the browser stays on it."""
    page = reviewer.page
    for view, options in VIEWS.items():
        page.set_viewport_size(options["viewport"])
        page.emulate_media(color_scheme=options["color_scheme"])
        # Colours of buttons change gradually.
        page.wait_for_timeout(400)
        reviewer.looks(name, view)
        if screenshots:
            page.screenshot(path=str(screenshots / f"{name}-{reviewer.name}-{view}.png"), full_page=True)
    page.set_viewport_size(VIEWS["light"]["viewport"])
    page.emulate_media(color_scheme="light")


def open_first(reviewer):
    """From the queue into its first item, which is the case."""
    page = reviewer.page
    page.goto(reviewer.url + "/")
    reviewer.need(page.locator(".row").first.locator("[class*=danger-]").count() == 1, "the first item says no danger")
    if reviewer.tab_to("at === document.querySelector('.row .go')", "the first item"):
        with page.expect_navigation():
            reviewer.press("Enter")


def walk(browser, service, faults, language, screenshots):
    contact, words, case = Contact(service, language), WORDS[language], CASE[language]
    contact.say(TOLD[language])
    contact.say("1")
    reviewer = Reviewer(browser, service.url, faults, None, language, **VIEWS["light"])
    page = reviewer.page
    reviewer.language(language)
    reviewer.sign_in()
    looks(reviewer, "case-queue", screenshots)
    open_first(reviewer)
    item = page.url
    reviewer.need(page.locator("#case").count() == 1, "the item has no case")
    if reviewer.tab_to("at.matches('.to-case a')", "the way to the case"):
        reviewer.press("Enter")
        reviewer.need("#case" in page.url, "the way to the case leads elsewhere")
    if reviewer.tab_to("at.id === 'answer'", "the place for the answer"):
        page.keyboard.type(ANSWER[language])
        reviewer.need("1 SMS" in (page.locator("#answer-count").text_content() or ""), "the length in SMS is not said")
        looks(reviewer, "case-item", screenshots)
        if reviewer.tab_to("at.matches('#answer-form button')", "the button that sends"):
            with page.expect_navigation():
                reviewer.press("Enter")
    reviewer.settle()
    reviewer.need(case["sent"] in (page.locator("#notice").text_content() or ""), "that the answer was sent is not said")
    reviewer.need(ANSWER[language] not in page.content(), "the words of the answer are on the page")
    reviewer.need(ANSWER[language] in contact.waiting(), "the answer does not reach the contact")
    if reviewer.tab_to("at.name === 'verdict'", "the decision"):
        reviewer.press("Space")
        with page.expect_navigation():
            reviewer.press("Control+Enter")
        reviewer.settle()
        reviewer.need((page.locator("#notice").text_content() or "").startswith(words["saved"]), "the decision is not confirmed")
    reviewer.audit(words)
    reviewer.need(case["answered"] in (page.locator("table.audit").text_content() or ""), "the audit has no answer")
    contact.say(AGAIN[language])
    open_first(reviewer)
    reviewer.need(page.url != item, "what came after the decision has no item of its own")
    reviewer.need(case["follows"] in (page.locator("main").text_content() or ""), "the item does not name the one before")
    contact.leave()
    page.reload()
    reviewer.need(case["left"] in (page.locator("main").text_content() or ""), "that the contact has left is not said")
    reviewer.need(page.locator("#answer-form").count() == 0, "whoever left can be written to")
    looks(reviewer, "case-left", screenshots)
    # The next language begins with nothing that waits.
    if reviewer.tab_to("at.name === 'verdict'", "the decision"):
        reviewer.press("Space")
        with page.expect_navigation():
            reviewer.press("Control+Enter")
    reviewer.context.close()


def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    faults = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        key = pathlib.Path(folder) / "text.key"
        key.write_text(secrets.token_hex(32))
        key.chmod(0o600)
        with daemon.Daemon(
            folder, "--polls", str(daemon.ROOT / "Examples/polls"), "--text-key", str(key), "--set", "review.secondShare=0"
        ) as service:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for language in ("id", "en"):
                walk(browser, service, faults, language, options.screenshots)
            browser.close()
    for fault in faults[:40]:
        print(fault, file=sys.stderr)
    print(f"case: 2 languages, {len(faults)} faults")
    if faults:
        raise daemon.Failure(f"{len(faults)} faults")


if __name__ == "__main__":
    daemon.main(run)
