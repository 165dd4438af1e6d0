"""What browser tests share: how a person signs in, fills the form and submits."""

from playwright.sync_api import BrowserContext, Page

from tests.studio.running import RunningStudio

ARGUMENTS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-quic"
)


def signed_in(context: BrowserContext, studio: RunningStudio, errors: list[str]) -> Page:
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/sign-in")
    page.fill("[name=username]", "owner")
    page.fill("[name=password]", studio.password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")
    return page


def write_brief(page: Page, headline: str, *formats: str) -> None:
    page.goto("/briefs/new")
    page.fill("[name=headline]", headline)
    for box in page.locator("[name=formats]").all():
        box.set_checked(box.get_attribute("value") in formats)
    others = [f for f in formats if not page.locator(f"[name=formats][value='{f}']").count()]
    page.fill("[name=other_formats]", ", ".join(others))


def submit(page: Page) -> None:
    page.click("#submit")
    page.wait_for_selector("#wall")
