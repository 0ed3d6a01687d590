"""Puts a gateway in front of the poll bot, with many contacts at once, and kills the service at random moments.

usage: courier.py [--conversations N] [--kills N] [--seed N] [--keep FOLDER]

Every third contact writes in bursts, each reply as soon as the one before was taken, STOP included while messages wait; every second one comes by a gateway that counts
its ids for each phone, so that they collide. Every contact goes a seeded way of its own through Examples/polls/online-safety.yaml, in one of two languages, with answers, words that fit no choice, free text, STOP and things
that somebody tells. The gateway repeats posts that got no answer and some that did, refuses some of the bot's messages, takes others and lets the connection drop,
and reports what became of them, in any order; some posts come again much later. Held to are: each contact gets exactly the texts that belong to its own replies, in their order; what comes twice comes under one id; what
somebody tells opens a case, with its urgency and wish, and nothing else opens one; answers are counted once; every message is known as sent or delivered; no text and no
number is in the log, the metrics, or in the clear in the store, after each kill and at the end.
"""

import argparse
import asyncio
import collections
import pathlib
import random
import sqlite3
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from daemon import Daemon, Failure, command, main, poll_bot  # noqa: E402
from polls import MARK, Bot, Walk  # noqa: E402

# At once on their way to the service.
POSTS = 64
PATIENCE = 180


def bare(text):
    """Without white space: where a long text is cut into messages is for the tests in Swift."""
    return "".join(text.split())


class Contact:
    """Somebody with a telephone."""

    def __init__(self, number, bot, seed):
        self.address = f"+62990{number:07d}"
        self.way = Walk(bot, f"{seed} {number}").make()
        self.received, self.expected = "", ""
        self.is_bursting, self.shares_ids = number % 3 == 1, number % 2 == 1
        # What was expected before STOP, of a burst: some of it may be withdrawn, and nothing comes after the goodbye.
        self.before, self.goodbye = None, ""
        self.told = asyncio.Event()

    @property
    def is_served(self):
        if self.before is None:
            return self.received == self.expected
        return self.is_prefix and self.received.endswith(self.goodbye)

    @property
    def is_prefix(self):
        """Whether what came is the beginning of what belongs to the replies."""
        if self.before is None or self.expected.startswith(self.received):
            return self.expected.startswith(self.received)
        # As much of the goodbye as came, behind a beginning of what was before it.
        return any(
            self.received.endswith(self.goodbye[:length]) and self.before.startswith(self.received[:len(self.received) - length])
            for length in range(len(self.goodbye), 0, -1))

    def expect(self, texts, is_stop):
        if is_stop and self.is_bursting:
            self.before, self.goodbye = self.expected, bare("".join(texts))
        self.expected += bare("".join(texts))


class Gateway:
    """Takes what the bot sends and brings what contacts write."""

    def __init__(self, contacts, seed):
        self.contacts = {contact.address: contact for contact in contacts}
        self.chance = random.Random(f"gateway {seed}")
        self.daemon, self.path = None, None
        self.messages, self.faults = {}, []
        self.count = collections.Counter()
        self.gate = asyncio.Semaphore(POSTS)
        self.reports = set()

    async def listen(self):
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        return server, server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                form = urllib.parse.parse_qs((await reader.readexactly(length)).decode(), keep_blank_values=True)
                luck = self.chance.random()
                if luck < 0.02:
                    self.count["refused"] += 1
                    writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
                    continue
                self.take(form["id"][0], form["to"][0], form["text"][0])
                if luck < 0.04:
                    self.count["dropped"] += 1
                    break
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        except Exception as error:  # noqa: BLE001: a fault of the harness must not pass for one of the service
            self.faults.append(f"the gateway could not read a message: {type(error).__name__}: {error}")
        finally:
            writer.close()

    def take(self, name, address, text):
        if name in self.messages:
            self.count["seen twice"] += 1
            if self.messages[name] != (address, text):
                self.faults.append(f"message {name} came again with another text or for another contact")
            return
        self.messages[name] = (address, text)
        contact = self.contacts.get(address)
        if contact is None:
            self.faults.append(f"a message is for {address}, who has written nothing")
            return
        contact.received += bare(text)
        if not contact.is_prefix:
            self.faults.append(
                f"{address} got what does not follow: …{contact.received[-120:]!r} where …{contact.expected[len(contact.received) - 120:][:160]!r} belongs")
        contact.told.set()
        if self.chance.random() < 0.3:
            task = asyncio.ensure_future(self.report(name))
            self.reports.add(task)
            task.add_done_callback(self.reports.discard)

    async def report(self, name):
        """Says what became of a message, once or twice."""
        kinds = ["sent", "delivered", "delivered"][self.chance.randrange(3):]
        self.chance.shuffle(kinds)
        for kind in kinds:
            await self.post(kind, {"id": name}, '"message":"Status Update Accepted"')
        self.count["reports"] += 1

    async def bring(self, contact, number, reply):
        """A contact's message, again until it is taken, and sometimes once more."""
        fields = {"from": contact.address, "text": reply, "id": str(number) if contact.shares_ids else f"{contact.address}-{number}"}
        await self.post("receive", fields, '"message":"Message Accepted"')
        if self.chance.random() < 0.03:
            self.count["repeated without need"] += 1
            await self.post("receive", fields, '"message":"Message Accepted"')
        elif self.chance.random() < 0.03:
            self.count["repeated without need"] += 1
            task = asyncio.ensure_future(self.bring_late(fields))
            self.reports.add(task)
            task.add_done_callback(self.reports.discard)

    async def bring_late(self, fields):
        """A post once more, when others have come since."""
        await asyncio.sleep(self.chance.uniform(0.5, 4))
        await self.post("receive", fields, '"message":"Message Accepted"')

    async def post(self, kind, fields, wanted):
        body = urllib.parse.urlencode(fields).encode()
        tries = 0
        while True:
            try:
                async with self.gate:
                    status, answer = await self.ask(f"{self.path}/{kind}", body)
            except (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError):
                status, answer = None, b""
            if status == 200 and wanted.encode() in answer:
                return
            if status not in (None, 503):
                self.faults.append(f"/{kind} got {status}: {answer[:200]!r}")
                return
            tries += 1
            self.count["repeated for want of an answer"] += 1
            if tries > 1_000:
                self.faults.append(f"/{kind} got no answer in {tries} tries")
                return
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))

    async def ask(self, path, body):
        reader, writer = await asyncio.open_connection(*self.daemon.address)
        try:
            writer.write(
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            answer = await asyncio.wait_for(reader.read(), 30)
            if not answer.startswith(b"HTTP/1.1 "):
                raise EOFError
            return int(answer[9:12]), answer
        finally:
            writer.close()


class Run:
    """One run, from the first message to the last look at the store."""

    def __init__(self, options, folder, bot):
        self.options, self.folder = options, pathlib.Path(folder)
        self.contacts = [Contact(number, bot, options.seed) for number in range(options.conversations)]
        self.gateway = Gateway(self.contacts, options.seed)
        self.chance = random.Random(f"kills {options.seed}")
        self.replies = sum(len(contact.way.turns) for contact in self.contacts)
        self.taken = self.kills = 0
        self.logs = []

    def start(self, port):
        # Contacts of the harness answer within moments.
        options, self.gateway.path = poll_bot(
            self.folder, f"http://127.0.0.1:{port}/send", channel_retrySeconds=1, channel_tries=50, polls_repliesPerMinute=1_000)
        daemon = Daemon(self.folder / "state", *options, "--log-level", "debug", seconds=90)
        self.logs.append(daemon.log)
        return daemon

    async def go(self):
        server, port = await self.gateway.listen()
        self.gateway.daemon = await asyncio.to_thread(self.start, port)
        try:
            begin = time.monotonic()
            killer = asyncio.ensure_future(self.kill(port))
            await asyncio.gather(*(self.chat(contact) for contact in self.contacts))
            await killer
            while self.gateway.reports and not self.gateway.faults:
                await asyncio.sleep(0.1)
            # Whatever else might be sent has time to come.
            await asyncio.sleep(3)
            self.seconds = time.monotonic() - begin
            # The clients have stopped: a plain call may hold up the loop.
            metrics = self.gateway.daemon.ask("/metrics")[1]
            self.look("metrics", metrics)
            if self.gateway.daemon.stop() != 0:
                self.gateway.faults.append("the service did not stop with exit code 0")
        finally:
            if self.gateway.daemon.is_running:
                self.gateway.daemon.kill()
            server.close()

    async def chat(self, contact):
        """A contact's replies, each after all that the last one brought."""
        await asyncio.sleep(self.chance.uniform(0, 2))
        for number, (reply, texts) in enumerate(contact.way.turns):
            if self.gateway.faults:
                return
            is_last = number == len(contact.way.turns) - 1
            contact.expect(texts, is_last and contact.way.ending == "stopped")
            await self.gateway.bring(contact, number, reply)
            self.taken += 1
            if contact.is_bursting and not is_last:
                continue
            end = time.monotonic() + PATIENCE
            while not contact.is_served and not self.gateway.faults:
                contact.told.clear()
                try:
                    await asyncio.wait_for(contact.told.wait(), 5)
                except TimeoutError:
                    if time.monotonic() > end:
                        self.gateway.faults.append(
                            f"{contact.address} waits for …{contact.expected[len(contact.received):][:160]!r} after {reply[:20]!r}")

    async def kill(self, port):
        """Kills where so many replies were taken, and a moment later."""
        for place in sorted(self.chance.uniform(0.03, 0.9) for _ in range(self.options.kills)):
            while self.taken < place * self.replies and not self.gateway.faults:
                await asyncio.sleep(0.02)
            if self.gateway.faults:
                return
            await asyncio.sleep(self.chance.uniform(0, 0.2))
            self.gateway.daemon.kill()
            self.kills += 1
            await asyncio.to_thread(self.look_at_files)
            self.gateway.daemon = await asyncio.to_thread(self.start, port)

    def look_at_files(self):
        for path in sorted((self.folder / "state").iterdir()):
            self.look(path.name, path.read_bytes())

    def look(self, place, data):
        """Notes text or numbers of contacts that stand somewhere."""
        # Of a number so many digits that no score has them by chance.
        for mark in (MARK.encode(), MARK.encode("utf-16-le"), MARK.encode().hex().encode(), b"62990000", b"Berapa umurmu", b"How old are you"):
            if mark in data:
                self.gateway.faults.append(f"{place} holds {mark!r}")

    def check(self):
        """What is wrong with the store, now that everything is over."""
        self.look_at_files()
        self.look("the log", "\n".join(line for log in self.logs for line in log).encode())
        store = self.folder / "state/jaga.sqlite"
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
            yield from self.check_messages(database)
            yield from self.check_cases(database)
            kept = collections.Counter(database.execute("SELECT question_id, choice_id FROM poll_answer"))
            wanted = collections.Counter(answer for contact in self.contacts for answer in contact.way.answers)
            if kept != wanted:
                yield f"answers are counted wrongly: {dict(kept - wanted)} too many, {dict(wanted - kept)} too few"
            sessions = database.execute("SELECT count(*), count(DISTINCT contact), count(ended_at) FROM poll_session").fetchone()
            if sessions != (len(self.contacts),) * 3:
                yield f"of {len(self.contacts)} sessions there are, by number, contact and end: {sessions}"
        code, _, errors = command(self.folder / "state", "audit", "verify")
        if code != 0:
            yield errors.strip()

    def check_messages(self, database):
        rows = {row[0]: row[1:] for row in database.execute("SELECT outgoing_id, conversation_id, status FROM outgoing")}
        # What a STOP in a burst withdrew was never sent.
        bursting = {self.conversation(rows, contact) for contact in self.contacts if contact.before is not None}
        withdrawn = {name for name, (conversation, status) in rows.items() if status == "withdrawn" and conversation in bursting}
        self.withdrawn = len(withdrawn - set(self.gateway.messages))
        if set(rows) - withdrawn != set(self.gateway.messages) - withdrawn:
            yield f"{len((set(rows) ^ set(self.gateway.messages)) - withdrawn)} messages are known to the service or the gateway alone"
        # Where the gateway took a message and its answer was lost, STOP comes before the next try.
        stopped = {contact.address for contact in self.contacts if contact.way.ending == "stopped"}
        waiting = [
            name for name, (_, status) in rows.items() if status not in ("sent", "delivered") and name not in withdrawn
            and not (status == "withdrawn" and self.gateway.messages.get(name, ("",))[0] in stopped)]
        if waiting:
            yield f"{len(waiting)} messages are neither sent nor delivered, such as {rows[waiting[0]]}"
        self.delivered = sum(status == "delivered" for _, status in rows.values())
        if self.delivered != self.gateway.count["reports"]:
            yield f"{self.delivered} messages are delivered, and {self.gateway.count['reports']} were reported"
        self.conversations = {}
        for name, (address, _) in self.gateway.messages.items():
            if name in rows and self.conversations.setdefault(address, rows[name][0]) != rows[name][0]:
                yield f"{address} has two conversations"
        if len(set(self.conversations.values())) != len(self.contacts):
            yield "two contacts share a conversation"

    def conversation(self, rows, contact):
        """The conversation of a contact, by a message that the gateway has."""
        return next((rows[name][0] for name, (address, _) in self.gateway.messages.items() if address == contact.address and name in rows), None)

    def check_cases(self, database):
        kept = {row[0]: row[1:] for row in database.execute(
            "SELECT i.conversation_id, i.kind, i.urgency, c.urgency, c.wants_contact, c.lang FROM review_item i JOIN review_case c USING (item)")}
        items = database.execute("SELECT count(*) FROM review_item").fetchone()[0]
        levels = {"past": 1, "ongoing": 2, "immediate": 3}
        wanted = {
            self.conversations.get(contact.address): (
                "disclosure", levels[contact.way.urgency], contact.way.urgency, None if contact.way.wants is None else int(contact.way.wants),
                contact.way.language)
            for contact in self.contacts if contact.way.urgency}
        self.cases = len(wanted)
        if items != len(kept) or kept != wanted:
            wrong = [name for name in kept.keys() | wanted.keys() if kept.get(name) != wanted.get(name)]
            told = {self.conversations.get(contact.address): [reply for reply, _ in contact.way.turns] for contact in self.contacts}
            yield f"{items} items, {len(kept)} cases, {len(wanted)} that were told; {len(wrong)} differ, such as " + "; ".join(
                f"{kept.get(name)} instead of {wanted.get(name)} after {told.get(name)}" for name in wrong[:3])
        texts = database.execute("SELECT count(DISTINCT conversation_id) FROM sealed_text").fetchone()[0]
        if texts != len(wanted):
            yield f"{texts} conversations have sealed texts, and {len(wanted)} have a case"


def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--conversations", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Run(options, options.keep or temporary, Bot())
        asyncio.run(work.go())
        faults = work.gateway.faults or list(work.check())
        if faults:
            raise Failure(f"seed {options.seed}, after {work.taken} replies and {work.kills} kills:\n  " + "\n  ".join(faults[:8]))
        count = work.gateway.count
        print(
            f"courier: {options.conversations} conversations, {work.replies} replies, {len(work.gateway.messages)} messages in {work.seconds:.0f} s; {work.kills} kills; "
            f"{count['repeated for want of an answer']} posts repeated for want of an answer, {count['repeated without need']} without need; "
            f"{count['seen twice']} messages seen twice, each under one id; {count['refused']} refused, {count['dropped']} connections dropped; {work.withdrawn} withdrawn by STOP; "
            f"{work.cases} cases, {work.delivered} delivered; nothing lost, mixed up or in the clear")


if __name__ == "__main__":
    main(run)
