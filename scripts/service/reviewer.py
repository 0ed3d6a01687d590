"""A reviewer who works in the console by its pages, as a browser would, without a script."""

import http.cookies
import re
import urllib.parse
import http.client

VERDICTS = ["confirm", "wrong", "unsure"]


class Reviewer:
    """Signs in with a token, or by a name where the service has none, and decides one item after the other."""

    def __init__(self, daemon, token=None, name="writer"):
        self.connection = http.client.HTTPConnection(*daemon.address, timeout=10)
        self.cookies, self.count = {}, 0
        _, _, page = self.ask("GET", "/sign-in")
        status, _, _ = self.ask("POST", "/sign-in", {
            "csrf": field(page, "csrf") or "", "next": "/", **({"token": token} if token else {"name": name})})
        if status != 303 or "jaga_session" not in self.cookies:
            raise ValueError(f"the sign-in got {status}")
        self.name = name

    def ask(self, method, path, form=None):
        """(status, where to, page)."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for value in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(value).items():
                self.cookies[name] = morsel.value
        return answer.status, answer.headers.get("Location"), page

    def decide_next(self):
        """(item, reviewer) of a decision that was acknowledged; None when there is nothing, or somebody was faster."""
        _, _, queue = self.ask("GET", "/")
        # A notice above the list may name an item that was decided.
        found = re.search(r'href="/items/(\d+)"', queue.partition('class="rows"')[2])
        if not found:
            return None
        item = int(found.group(1))
        _, _, page = self.ask("GET", f"/items/{item}")
        version = field(page, "version")
        if version is None:
            return None
        self.count += 1
        self.cookies.pop("jaga_notice", None)
        status, _, _ = self.ask("POST", f"/items/{item}/decision", {
            "csrf": field(page, "csrf"), "version": version, "verdict": VERDICTS[self.count % len(VERDICTS)], "label": ""})
        done = self.cookies.get("jaga_notice", "").split(".")[0] in ("decided", "queue-done")
        return (item, self.name) if status == 303 and done else None


def field(page, name):
    """The value of a hidden field; None when there is no such form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found and found.group(1)
