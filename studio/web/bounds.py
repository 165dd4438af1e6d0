"""How much one request may send at all. Django would put a body of any size into a temporary file before it asks whose it is."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from brand_styles.words import Words

MOST_BYTES = 256 * 1024 * 1024  # so that a file far too large for a form is still told beside its field

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

TOO_MUCH = Words(
    en="This is far more than a form here takes. Go back: what you typed is still there. Then choose smaller files.",
    zh="发送的内容远超表单上限。请返回上一页（已填写的内容仍在），再选择较小的文件。",
)


class Bounded:
    """An ASGI application around another, which answers 413 to whoever sends more than `most` bytes, and reads no further."""

    def __init__(self, app: App, most: int = MOST_BYTES) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif _claimed(scope) > self.most:
            await _refuse(send)
        else:
            await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        """For bodies that come in pieces without a length. What was too much looks to the application as if its sender had left."""
        taken, answered = 0, False

        async def count() -> Message:
            nonlocal taken
            if taken > self.most:
                return {"type": "http.disconnect"}
            message = await receive()
            taken += len(message.get("body", b""))
            return message if taken <= self.most else {"type": "http.disconnect"}

        async def note(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        await self.app(scope, count, note)
        if taken > self.most and not answered:
            await _refuse(send)


def _claimed(scope: Scope) -> int:
    """The length that the sender names; 0 where they name none."""
    text = next((value for name, value in scope["headers"] if name.lower() == b"content-length"), b"")
    return int(text[:18]) if text.isdigit() else 0


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": f"{TOO_MUCH.en}\n{TOO_MUCH.zh}\n".encode()})
