"""Slack's limits as its documentation gives them, held against what the adapter sends. Written apart from the adapter's own numbers."""

import re

from slack_sdk.models.blocks import Block

MARKUP = re.compile(r"<(?!!date\^\d+\^[^|>]+\|[^|>]+>|#C\w+>)[^>]*>?")
"""An angle bracket that is no native date or channel: a mention, a link, a broadcast."""


def problems_of_message(body):
    """Everything that Slack would refuse, cut, or read as a mention."""
    problems = []
    text = body.get("text", "")
    if not text:
        problems.append("no text for screen readers")
    if len(text) > 4000:
        problems.append(f"text of {len(text)}")
    problems += markup(text)
    return problems + problems_of_blocks(body.get("blocks", []), most=50)


def problems_of_view(view):
    problems = []
    if view["type"] == "modal":
        for name in {"title", "submit", "close"} & set(view):
            problems += _limit(name, view[name]["text"], 24)
        if len(view.get("private_metadata", "")) > 3000 or len(view.get("callback_id", "")) > 255:
            problems.append("metadata or callback_id")
    return problems + problems_of_blocks(view["blocks"], most=100)


def problems_of_blocks(blocks, *, most):
    problems = [] if len(blocks) <= most else [f"{len(blocks)} blocks"]
    texts = list(texts_of(blocks))
    if sum(map(len, texts)) > 13_200:
        problems.append(f"msg_blocks_too_long: {sum(map(len, texts))}")
    for block in blocks:
        problems += _of_block(block)
    problems += [problem for text in texts for problem in markup(text)]
    pressed = [e["action_id"] for b in blocks for e in elements_of(b) if "action_id" in e and b["type"] != "input"]
    problems += _twice("action_id", pressed) + _twice("block_id", [b["block_id"] for b in blocks if "block_id" in b])
    return problems + [problem for block in Block.parse_all(blocks) for problem in _of_model(block)]


def _twice(what, ids):
    return [f"{what} twice: {ids}"] if len(ids) != len(set(ids)) else []


def _of_model(block):
    try:
        block.validate_json()
    except Exception as error:
        return [f"slack_sdk's model: {error}"]
    return []


def elements_of(block):
    yield from block.get("elements", []) if block["type"] != "rich_text" else ()
    for name in ("element", "accessory"):
        if name in block:
            yield block[name]


def texts_of(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def markup(text):
    return [f"markup: {found!r}" for found in MARKUP.findall(text)]


def _of_block(block):
    match block["type"]:
        case "header":
            return _limit("header", block["text"]["text"], 150)
        case "section":
            problems = _of_element(block["accessory"]) if "accessory" in block else []
            return problems + _limit("section", block["text"]["text"], 3000)
        case "context":
            problems = [] if 0 < len(block["elements"]) <= 10 else ["context elements"]
            return problems + [p for e in block["elements"] for p in _limit("context", e["text"], 2000)]
        case "rich_text":
            runs = [run for section in block["elements"] for run in section["elements"]]
            problems = [] if runs else ["empty rich_text"]
            return problems + [p for run in runs for p in _limit("rich text", run["text"], 3000)]
        case "actions":
            problems = [] if 0 < len(block["elements"]) <= 25 else ["actions"]
            return problems + [p for element in block["elements"] for p in _of_element(element)]
        case "input":
            return _limit("label", block["label"]["text"], 2000) + _of_element(block["element"])
        case "divider":
            return []
        case other:
            return [f"unknown block {other}"]


def _of_element(element):
    problems = _limit("action_id", element["action_id"], 255)
    match element["type"]:
        case "button":
            problems += _limit("button", element["text"]["text"], 75)
            problems += _limit("url", element["url"], 3000) if "url" in element else []
            if element.get("style", "primary") not in {"primary", "danger"}:
                problems.append("style")
        case "static_select":
            if not 0 < len(element["options"]) <= 100:
                problems.append("options")
            for option in element["options"]:
                problems += _limit("option", option["text"]["text"], 75) + _limit("value", option["value"], 150)
            if "initial_option" in element and element["initial_option"] not in element["options"]:
                problems.append("initial_option")
        case "plain_text_input":
            if not 0 < element["max_length"] <= 3000 or len(element.get("initial_value", "")) > element["max_length"]:
                problems.append("input length")
        case other:
            problems.append(f"unknown element {other}")
    if "placeholder" in element:
        problems += _limit("placeholder", element["placeholder"]["text"], 150)
    return problems


def _limit(what, text, most):
    return [] if 0 < len(text) <= most else [f"{what} of {len(text)}: {text[:40]!r}"]
