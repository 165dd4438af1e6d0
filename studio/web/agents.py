"""What people call a browser, out of what it says of itself. It may say anything: the result is for reading, nothing rests on it."""

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(agent: str) -> str:
    """Firefox · Linux; the agent's first word where nothing is known; "?" where it says nothing."""
    names = [next((name for mark, name in table if mark in agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, names)) or (agent.split() or ["?"])[0][:40]
