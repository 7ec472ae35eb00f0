"""Discord's limits held against what is sent: what its own API description leaves out as well."""

from adapters.discord import limits


def walk(components):
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        for key in ("accessory", "component"):
            if component.get(key):
                yield from walk([component[key]])


def message_problems(body):
    """``body`` of a message, or the ``data`` of an answer."""
    problems = []
    components = list(walk(body.get("components") or ()))
    if body.get("flags", 0) & 1 << 15 and (body.get("content") or body.get("embeds")):
        problems.append("components V2 exclude content and embeds")
    if len(components) > limits.MESSAGE_COMPONENTS:
        problems.append(f"{len(components)} components")
    text = sum(len(c["content"]) for c in components if c["type"] == 10)
    if text > limits.MESSAGE_TEXT:
        problems.append(f"{text} characters")
    problems += [f"empty text in {c}" for c in components if c["type"] == 10 and not c["content"].strip()]
    ids = [c["custom_id"] for c in components if "custom_id" in c]
    if len(ids) != len(set(ids)):
        problems.append("a custom_id twice")
    for component in components:
        problems += component_problems(component)
    if len(body.get("nonce") or "") > limits.NONCE:
        problems.append("a long nonce")
    return problems


def component_problems(component):
    problems = []
    if component["type"] == 1 and not 1 <= len(component["components"]) <= limits.BUTTONS_A_ROW:
        problems.append(f"{len(component['components'])} buttons in a row")
    if component["type"] == 2:
        if not 1 <= len(component.get("label") or "") <= limits.LABEL:
            problems.append(f"label {component.get('label')!r}")
        if len(component.get("url") or "") > limits.LINK:
            problems.append("a long address")
    if not 1 <= len(component.get("custom_id", "x")) <= limits.CUSTOM_ID:
        problems.append(f"custom_id {component['custom_id']!r}")
    if component["type"] == 18 and len(component["label"]) > limits.FIELD_LABEL:
        problems.append(f"label {component['label']!r}")
    options = component.get("options") or ()
    problems += [f"option {o!r}" for o in options if max(len(o["label"]), len(o["value"])) > limits.SELECT_TEXT]
    return problems


def modal_problems(modal):
    problems = [] if len(modal["title"]) <= limits.MODAL_TITLE else [f"title {modal['title']!r}"]
    if not 1 <= len(modal["components"]) <= limits.MODAL_INPUTS:
        problems.append(f"{len(modal['components'])} inputs")
    for component in walk(modal["components"]):
        problems += component_problems(component)
    return problems


def command_problems(command):
    problems, size = [], 0
    pending = [command]
    while pending:
        node = pending.pop()
        names = [node["name"], *(node.get("name_localizations") or {}).values()]
        abouts = [node.get("description", ""), *(node.get("description_localizations") or {}).values()]
        is_choice = "value" in node
        if max(map(len, names)) > (limits.CHOICE_TEXT if is_choice else limits.COMMAND_NAME):
            problems.append(f"name {names}")
        if max(map(len, abouts)) > limits.COMMAND_DESCRIPTION:
            problems.append(f"description {abouts}")
        size += max(map(len, names)) + max(map(len, abouts)) + len(str(node.get("value", "")))
        for key, most in (("options", limits.COMMAND_OPTIONS), ("choices", limits.CHOICES)):
            below = node.get(key) or ()
            if len(below) > most:
                problems.append(f"{len(below)} {key} in {node['name']}")
            pending += below
    return problems if size <= limits.COMMAND_TEXT else [*problems, f"{size} characters in {command['name']}"]


def request_problems(entry):
    """Of one request as simcord or the loopback fake kept it."""
    body = entry.json if isinstance(entry.json, dict) else {}
    if entry.path.endswith("/callback"):
        data = body.get("data") or {}
        return modal_problems(data) if body["type"] == 9 else message_problems(data)
    if entry.path.endswith("/commands") and isinstance(entry.json, list):
        return [problem for command in entry.json for problem in command_problems(command)]
    return message_problems(body)


def request_pings(entry):
    """A message that leaves it to Discord whom it mentions."""
    body = entry.json if isinstance(entry.json, dict) else {}
    if entry.path.endswith("/callback"):
        if body["type"] not in {4, 7}:
            return []
        body = body.get("data") or {}
    if "components" not in body and "content" not in body:
        return []
    allowed = body.get("allowed_mentions")
    return [] if allowed is not None and allowed.get("parse") == [] else [f"{entry.method} {entry.path}: {allowed}"]
