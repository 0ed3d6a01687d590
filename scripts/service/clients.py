#!/usr/bin/env python3
"""Calls a started jaga-server with the real clients of the services whose shapes it speaks, and checks what they get.

usage: python scripts/service/clients.py

openai and azure-ai-contentsafety are the packages of PyPI; Perspective and Matrix are called as their clients call, byte for byte of what they
document. The commands of the guide Moving from Perspective and the Osprey example are run too.
"""

import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import types
import urllib.error
import urllib.request

import azure.core.credentials
import azure.core.exceptions
import openai
from azure.ai.contentsafety import ContentSafetyClient
from azure.ai.contentsafety.models import AnalyzeTextOptions, AnalyzeTextOutputType, TextCategory

import daemon

THREAT = "kalau ga transfer malam ini fotomu aku sebar ke semua temen sekolahmu"
REQUEST = "aku kasih diamond tapi kirim foto yang kemarin dulu"
ISOLATION = "jangan cerita ke mama ya, hapus chat ini, pindah ke telegram aja"
HARMLESS = "besok kerja kelompok jam berapa di rumah siapa?"
DISCLOSURE = "kak tolong, ada orang ancam mau sebar foto aku, aku takut"

checked = 0


def expect(condition, what):
    """Counts a check; the first that fails ends the run."""
    global checked
    checked += 1
    if not condition:
        raise daemon.Failure(f"not so: {what}")


def refusal(kind, call):
    """The error of this kind that a call raises."""
    try:
        call()
    except kind as error:
        return error
    raise daemon.Failure(f"not so: the call raises {kind.__name__}")


def check_openai(url, token):
    client = openai.OpenAI(base_url=url + "/v1", api_key=token, max_retries=0)
    answer = client.moderations.create(model="omni-moderation-latest", input=[THREAT, HARMLESS, DISCLOSURE, REQUEST])
    expect(answer.model.startswith("jaga-"), "the answer names the model")
    threat, harmless, disclosure, request = answer.results
    expect(threat.flagged and threat.categories.harassment_threatening, "a threat is flagged as threatening harassment")
    expect(threat.categories.model_extra["sextortion/threat"] is True, "and under its own stage")
    expect(threat.category_scores.model_extra["sextortion"] > 0.9, "and its track has a high score")
    expect(threat.category_scores.hate == 0 and threat.category_applied_input_types.hate == [], "hate is not looked for")
    expect(not harmless.flagged, "homework is not flagged")
    expect(not any(harmless.categories.model_dump(by_alias=True).values()), "under no category")
    expect(not disclosure.flagged, "a call for help is not flagged")
    expect(disclosure.categories.model_extra["disclosure"] is True, "but shows")
    expect(request.flagged and request.categories.sexual_minors, "a request for pictures overlaps with sexual/minors")
    expect(request.categories.model_extra["topup/request"] is True, "and is flagged under its own stage")
    for name in ("harassment", "hate", "illicit", "illicit_violent", "self_harm", "self_harm_intent", "sexual", "violence"):
        expect(getattr(threat.categories, name) is False, f"{name} is there, and false")

    parts = client.moderations.create(input=[{"type": "text", "text": THREAT}])
    expect([result.flagged for result in parts.results] == [True], "parts are one input")
    error = refusal(openai.BadRequestError, lambda: client.moderations.create(
        input=[{"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}]))
    expect(error.code == "images-not-read" and error.param == "input[0]", "images are refused in words")
    expect("images are not read" in error.message, "with a sentence")
    stranger = openai.OpenAI(base_url=url + "/v1", api_key="jaga_wrong", max_retries=0)
    error = refusal(openai.AuthenticationError, lambda: stranger.moderations.create(input="halo"))
    expect(error.code == "invalid_api_key", "a wrong key is an AuthenticationError")


def check_azure(url, token):
    client = ContentSafetyClient(url, azure.core.credentials.AzureKeyCredential(token))

    def severities(text, **options):
        answer = client.analyze_text(AnalyzeTextOptions(text=text, **options))
        expect(answer.blocklists_match == [], "no block list matches")
        return {part.category: part.severity for part in answer.categories_analysis}

    threat = severities(THREAT)
    expect(threat[TextCategory.VIOLENCE] == 6 and threat["Sextortion"] == 6, "a threat is 6, as violence and under its own name")
    expect(threat[TextCategory.HATE] == 0 and threat[TextCategory.SELF_HARM] == 0, "hate and self-harm are not looked for")
    expect(set(severities(HARMLESS).values()) == {0}, "homework is 0 everywhere")
    disclosure = severities(DISCLOSURE)
    expect({name for name, value in disclosure.items() if value} == {"Disclosure"}, "a call for help is a disclosure alone")
    isolation = severities(ISOLATION, categories=[TextCategory.SEXUAL, "Grooming"], output_type=AnalyzeTextOutputType.EIGHT_SEVERITY_LEVELS)
    expect(isolation == {"Sexual": 5, "Grooming": 5}, "grooming counts as sexual there; eight levels")
    severities(HARMLESS, blocklist_names=["mine"], halt_on_blocklist_hit=True)
    error = refusal(azure.core.exceptions.HttpResponseError, lambda: severities(HARMLESS, categories=["Spam"]))
    expect(error.status_code == 400 and error.error.code == "InvalidRequestBody", "an unknown category is refused in its shape")
    stranger = ContentSafetyClient(url, azure.core.credentials.AzureKeyCredential("jaga_wrong"))
    refusal(azure.core.exceptions.ClientAuthenticationError, lambda: stranger.analyze_text(AnalyzeTextOptions(text="halo")))
    expect(True, "a wrong key is a ClientAuthenticationError")


def post(url, body, **headers):
    """(status, content type, bytes) of a request."""
    request = urllib.request.Request(url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"} | headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read()


def check_perspective(url, token):
    """As google-api-python-client sends and reads it; that client's description of the service is gone from the network."""
    def analyze(text, attributes, key=token, **more):
        status, _, body = post(f"{url}/v1alpha1/comments:analyze?key={key}&alt=json", {
            "comment": {"text": text}, "languages": ["id"], "requestedAttributes": {name: {} for name in attributes}, **more})
        return status, json.loads(body)

    status, answer = analyze(THREAT, ["RISK", "SEXTORTION", "DISCLOSURE"], doNotStore=True, clientToken="t1")
    values = {name: part["summaryScore"]["value"] for name, part in answer["attributeScores"].items()}
    expect(status == 200 and answer["clientToken"] == "t1", "an answer with the client's token")
    expect(values["RISK"] > 0.9 and values["SEXTORTION"] > 0.9 and values["DISCLOSURE"] < 0.5, "a threat is a risk")
    _, answer = analyze(HARMLESS, ["RISK"])
    expect(answer["attributeScores"]["RISK"]["summaryScore"]["value"] < 0.5, "homework is none")
    _, answer = analyze(DISCLOSURE, ["RISK", "DISCLOSURE"])
    expect(answer["attributeScores"]["DISCLOSURE"]["summaryScore"]["value"] > 0.9, "a call for help shows")
    expect(answer["attributeScores"]["RISK"]["summaryScore"]["value"] < 0.5, "and is no risk")
    text = "😀 " + ISOLATION
    _, answer = analyze(text, ["GROOMING_ISOLATION"], spanAnnotations=True)
    units = text.encode("utf-16-le")
    pieces = [
        units[2 * span["begin"]:2 * span["end"]].decode("utf-16-le")
        for span in answer["attributeScores"]["GROOMING_ISOLATION"]["spanScores"]]
    expect("jangan cerita ke mama" in pieces, "spans count as JavaScript counts")
    status, answer = analyze(THREAT, ["TOXICITY"])
    expect(status == 400 and answer["error"]["status"] == "INVALID_ARGUMENT", "TOXICITY is refused")
    expect("this service scores RISK, GROOMING" in answer["error"]["message"], "and told what there is")
    status, answer = analyze(THREAT, ["RISK"], key="jaga_wrong")
    expect(status == 401 and answer["error"]["status"] == "UNAUTHENTICATED", "a wrong key is refused")


def check_matrix(url, token):
    """As the module synapse-http-antispam calls: version 0.5.1, its eleven callbacks and its ping."""
    base, headers = url + "/v1/matrix", {"Authorization": f"Bearer {token}"}
    status, _, body = post(base + "/ping", {"id": "aBcDeFgH"}, **headers)
    expect(status == 200 and json.loads(body) == {"id": "aBcDeFgH", "status": "ok"}, "a ping comes back")

    def event(text, number):
        return {"event": {
            "type": "m.room.message", "room_id": "!room:example.org", "event_id": f"${number}", "sender": "@a:example.org",
            "origin_server_ts": 1790000000000 + number, "content": {"msgtype": "m.text", "body": text}, "unsigned": {}}}

    for number, text in enumerate((HARMLESS, THREAT, DISCLOSURE)):
        status, _, body = post(base + "/check_event_for_spam", event(text, number), **headers)
        expect(status == 200 and json.loads(body) == {}, "every event passes")
    request = urllib.request.Request(url + "/v1/conversations/" + "%21room%3Aexample.org", headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        flags = json.load(answer)["flags"]
    expect([flag["message_id"] for flag in flags] == ["$1", "$2"], "what should be looked at is flagged in its room")
    for name, body in {
        "user_may_join_room": {"user": "@a:x", "room": "!r:x", "is_invited": True}, "accept_make_join": {"user": "@a:x", "room": "!r:x"},
        "user_may_invite": {"inviter": "@a:x", "invitee": "@b:x", "room_id": "!r:x"},
        "user_may_send_3pid_invite": {"inviter": "@a:x", "medium": "email", "address": "a@example.org", "room_id": "!r:x"},
        "user_may_create_room": {"user_id": "@a:x"}, "user_may_create_room_alias": {"user_id": "@a:x", "room_alias": "#r:x"},
        "user_may_publish_room": {"user_id": "@a:x", "room_id": "!r:x"},
        "check_username_for_spam": {"user_profile": {"user_id": "@a:x"}, "requester_id": "@b:x"},
        "check_login_for_spam": {"user_id": "@a:x", "device_id": None, "initial_display_name": None, "request_info": [], "auth_provider_id": None},
        "federated_user_may_invite": {"event": {"type": "m.room.member"}},
    }.items():
        status, _, answer = post(f"{base}/{name}", body, **headers)
        expect(status == 200 and json.loads(answer) == {}, f"{name} passes")
    status, kind, _ = post(base + "/check_event_for_spam", event(THREAT, 9))
    expect(status == 401 and kind.startswith("text/plain"), "an error is no verdict: it is not JSON")


def check_osprey(url, token):
    """The Osprey example, on stand-ins for the three classes of Osprey that it names."""
    class Generic:
        def __class_getitem__(cls, _):
            return cls

    for name, attribute in {
        "osprey": None, "osprey.engine": None, "osprey.engine.executor": None, "osprey.engine.udf": None,
        "osprey.engine.executor.execution_context": "ExecutionContext", "osprey.engine.udf.arguments": "ArgumentsBase",
        "osprey.engine.udf.base": "UDFBase",
    }.items():
        sys.modules[name] = types.ModuleType(name)
        if attribute:
            setattr(sys.modules[name], attribute, type(attribute, (Generic,), {}))
    place = daemon.ROOT / "Examples/osprey/jaga_band.py"
    specification = importlib.util.spec_from_file_location("jaga_band", place)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    os.environ |= {"JAGA_URL": url, "JAGA_TOKEN": token}

    def band(text, number):
        arguments = types.SimpleNamespace(text=text, room=f"osprey{number}", message=str(number), author="a")
        return module.JagaBand().execute(None, arguments)

    bands = [band(text, number) for number, text in enumerate((HARMLESS, ISOLATION, THREAT, DISCLOSURE))]
    expect(bands == ["none", "review", "high", "support"], f"Osprey's function tells the bands, not {bands}")
    os.environ["JAGA_URL"] = "http://127.0.0.1:9"
    expect(band(HARMLESS, 9) == "unknown", "and does not fail where Jaga cannot be asked")


def check_guide(url, token):
    """Every command of the guide that is marked, with the address and the token of this run."""
    guide = (daemon.ROOT / "Documentation/Guides/Perspective.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh service\n(.*?)```", guide, re.DOTALL)
    expect(len(blocks) >= 3, "the guide has commands")
    for block in blocks:
        script = block.replace("http://127.0.0.1:8787", url)
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                env=os.environ | {"JAGA_TOKEN": token}, timeout=60, cwd=folder)
        expect(done.returncode == 0, f"this command of the guide runs:\n{script}{done.stdout}{done.stderr}")


def run():
    with tempfile.TemporaryDirectory() as folder:
        code, secret, words = daemon.command(folder, "token", "add", "clients", "--scopes", "score")
        if code != 0:
            raise daemon.Failure(f"no token could be made:\n{words}")
        token = secret.strip()
        with daemon.Daemon(folder) as service:
            for check in (check_openai, check_azure, check_perspective, check_matrix, check_osprey, check_guide):
                before = checked
                check(service.url, token)
                print(f"{check.__name__.removeprefix('check_')}: {checked - before} checks")
            marked = [line for line in service.log if "fotomu" in line or token in line]
            expect(not marked, "the log has neither texts nor tokens")
    print(f"clients: {checked} checks, all right")


if __name__ == "__main__":
    daemon.main(run)
