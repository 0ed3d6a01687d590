"""What the poll bot must say: a poll and the bot's responses, read from their files, and a seeded way through the poll.

This is written from the guide, not from the program, so that the one can be held against the other. The reader knows as much of YAML as those files use.
"""

import dataclasses
import pathlib
import random
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# A word that no list knows, in what contacts write freely.
MARK = "qzxwvtanda"
# (text, the response, urgency) by language: stand-ins for what somebody might tell.
TOLD = {
    "id": [
        (f"kak tolong, ada orang ancam mau sebar foto aku, aku takut {MARK}", "pressure", "ongoing"),
        (f"kak dia bilang mau sebar foto aku malam ini kalau aku ga kirim, tolong {MARK}", "pressure-urgent", "immediate"),
        (f"aku pengen mati aja kak {MARK}", "self-harm", "immediate"),
    ],
    "en": [
        (f"please help, someone threatens to share my photo and i'm scared {MARK}", "pressure", "ongoing"),
        (f"he says he will share my photo tonight if i don't pay, please help {MARK}", "pressure-urgent", "immediate"),
    ],
}
WORDS = {
    "id": {"yes": ["ya", "iya kak", "Y", "1"], "no": ["tidak", "gak", "2"], "goOn": ["lanjut", "LANJUT"], "stop": ["STOP", "berhenti"],
           "skip": ["lewati"], "begin": ["halo", "aman", "assalamualaikum"]},
    "en": {"yes": ["yes", "Yes!", "1"], "no": ["no", "2"], "goOn": ["go on"], "stop": ["stop", "unsubscribe"], "skip": ["skip"],
           "begin": ["safe", "Safe"]},
}
URGENCIES = ["past", "ongoing", "immediate"]


def read(path):
    """The values of a YAML file."""
    lines = []
    for text in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if text.strip() and not text.lstrip().startswith("#"):
            lines.append((len(text) - len(text.lstrip()), text.strip()))
    return block(lines, 0)[0]


def block(lines, at):
    """(value, next line) of the lines that stand as far to the right as this one."""
    indent = lines[at][0]
    found = [] if lines[at][1].startswith("- ") else {}
    while at < len(lines) and lines[at][0] == indent:
        text = lines[at][1]
        if isinstance(found, list):
            rest = text[2:].lstrip()
            if rest[0] in "{[\"'" or not re.match(r"[\w-]+:( |$)", rest):
                found.append(flow(rest))
                at += 1
            else:
                lines[at] = (indent + len(text) - len(rest), rest)
                value, at = block(lines, at)
                found.append(value)
            continue
        key, _, rest = text.partition(":")
        if rest.strip():
            found[key] = flow(rest.strip())
            at += 1
        else:
            found[key], at = block(lines, at + 1)
    return found, at


def flow(text):
    """A scalar, a quoted string, or a list or mapping in brackets."""
    value, _ = inline(text, 0, "")
    return value


def inline(text, at, ends):
    while text[at] == " ":
        at += 1
    if text[at] in "[{":
        close, found = "]}"["[{".index(text[at])], [] if text[at] == "[" else {}
        at += 1
        while text[at] != close:
            if isinstance(found, dict):
                stop = text.index(":", at)
                key, at = text[at:stop].strip().strip("\"'"), stop + 1
            value, at = inline(text, at, "," + close)
            if isinstance(found, dict):
                found[key] = value
            else:
                found.append(value)
            while text[at] in ", ":
                at += 1
        return found, at + 1
    if text[at] in "\"'":
        stop = text.index(text[at], at + 1)
        return text[at + 1:stop], stop + 1
    stop = at
    while stop < len(text) and text[stop] not in ends:
        stop += 1
    return text[at:stop].strip(), stop


class Bot:
    """A poll, and what the bot says of its own."""

    def __init__(self, poll=ROOT / "Examples/polls/online-safety.yaml"):
        self.poll = read(poll)
        lines = {line["id"]: line["say"] for line in read(ROOT / "lexicons/helplines.yaml")["helplines"]}
        self.said = {}
        for language in ("id", "en"):
            for occasion, response in read(ROOT / f"lexicons/{language}/responses.yaml")["responses"].items():
                text = " ".join(response["parts"])
                self.said[language, occasion] = re.sub(r"\{helpline:([\w-]+)\}", lambda found: lines[found[1]][language], text)
        self.steps = {step["id"]: step for step in self.poll["steps"]}

    def asked(self, step, language):
        """A question with its choices, as it is sent."""
        lines = [step["ask"][language]]
        lines += [f"{number}. {choice['label'][language]}" for number, choice in enumerate(step.get("choices", []), 1)]
        return "\n".join(lines)

    def after(self, step):
        """The step that follows when nothing else is said."""
        order = list(self.steps)
        place = order.index(step["id"]) + 1
        return step.get("goto") or (order[place] if place < len(order) else None)


@dataclasses.dataclass
class Way:
    """One contact's way: what is written, and what must come back to each."""

    language: str
    turns: list = dataclasses.field(default_factory=list)  # (reply, texts that follow)
    answers: list = dataclasses.field(default_factory=list)  # (question, choice)
    urgency: str = ""  # of the case; empty for none
    wants: object = None
    ending: str = ""


class Walk:
    """Makes a way through a poll by chance."""

    def __init__(self, bot, seed):
        self.bot, self.chance = bot, random.Random(seed)
        self.way = Way(self.chance.choice(["id", "id", "en"]))

    def word(self, kind):
        return self.chance.choice(WORDS[self.way.language][kind])

    def said(self, occasion):
        return self.bot.said[self.way.language, occasion]

    def write(self, reply, *texts):
        self.way.turns.append((reply, list(texts)))

    def end(self, ending):
        self.way.ending = ending

    def make(self):
        poll, language = self.bot.poll, self.way.language
        begin = self.word("begin")
        self.write(begin, poll["opt_in"]["text"][language])
        if self.chance.random() < 0.04:
            self.write(self.word("no"), self.said("stop"))
            self.end("declined")
            return self.way
        texts, step = self.enter(poll["steps"][0]["id"])
        self.write(self.word("yes"), *texts)
        while step is not None:
            step = self.answer(step)
        return self.way

    def enter(self, name):
        """(what is said up to the next question, its step); None after the last."""
        texts = []
        while name not in (None, "end"):
            step = self.bot.steps[name]
            if "say" in step:
                texts.append(step["say"][self.way.language])
                name = self.bot.after(step)
            elif "end" in step:
                name = None
            elif step.get("keep") == "consent":
                return texts + [self.bot.poll["consent"][self.way.language]], step
            else:
                return texts + [self.bot.asked(step, self.way.language)], step
        self.end("finished")
        return texts + [self.said("done")], None

    def answer(self, step):
        """One reply to a question, or several; the next question, None at the end."""
        luck = self.chance.random()
        if luck < 0.03:
            self.write(self.word("stop"), self.said("stop"))
            self.end("stopped")
            return None
        if "choices" not in step:
            return self.speak(step)
        if luck < 0.10:
            self.write("qwop", self.said("again"), self.bot.asked(step, self.way.language))
        elif luck < 0.14:
            word = self.word("skip")
            # A choice is heard by its id too, and before the bot's own words.
            same = next((choice for choice in step["choices"] if choice["id"] == word), {})
            if same:
                self.way.answers.append((step["id"], word))
            texts, following = self.enter(same.get("goto") or self.bot.after(step))
            self.write(word, *texts)
            return following
        elif luck < 0.18:
            text, occasion, urgency = self.chance.choice(TOLD[self.way.language])
            self.write(text, self.said(occasion), self.said("offer"))
            return self.rest(urgency, step["id"])
        place = self.chance.randrange(len(step["choices"]))
        choice = step["choices"][place]
        self.way.answers.append((step["id"], choice["id"]))
        forms = [str(place + 1), "abcdefgh"[place], choice["label"][self.way.language], choice["label"][self.way.language].upper()]
        following = choice.get("goto") or self.bot.after(step)
        if choice.get("tells", "none") not in ("none", "false"):
            self.write(self.chance.choice(forms), self.said("disclosure"), self.said("offer"))
            return self.rest("ongoing" if choice["tells"] == "true" else choice["tells"], following)
        texts, following = self.enter(following)
        self.write(self.chance.choice(forms), *texts)
        return following

    def speak(self, step):
        """Free text, after the question whether it may be used."""
        agreed = self.chance.random() < 0.6
        self.write(self.word("yes" if agreed else "no"), self.bot.asked(step, self.way.language))
        texts, following = self.enter(self.bot.after(step))
        if self.chance.random() < 0.2:
            self.write(self.word("skip"), *texts)
        else:
            self.way.answers.append((step["id"], None))
            self.write(f"main {MARK} bareng keluarga" if self.way.language == "id" else f"play {MARK} with family", *texts)
        return following

    def rest(self, urgency, place):
        """Somebody told: the poll waits, and goes on at a place."""
        self.way.urgency = max([self.way.urgency or "past", urgency], key=URGENCIES.index)
        if self.chance.random() < 0.3:
            self.write(f"namanya {MARK}" if self.way.language == "id" else f"the name is {MARK}")
        wants = self.chance.random() < 0.5
        self.way.wants = wants
        self.write(self.word("yes" if wants else "no"), self.said("contact-yes" if wants else "contact-no"), self.said("go-on"))
        if self.chance.random() < 0.2:
            self.write(self.word("stop"), self.said("stop"))
            self.end("stopped")
            return None
        texts, following = self.enter(place)
        self.write(self.word("goOn"), *texts)
        return following
