"""Telegram joins where there is a token: updates by webhook or polling, messages where this process works."""

import asyncio
from typing import TYPE_CHECKING

from bot.delivery.sender import AT_ONCE
from bot.menus import commands
from bot.platforms.seat import Seat
from bot.platforms.telegram.posting import parts
from bot.texts import t

if TYPE_CHECKING:
    from bot.platforms.telegram.adapter import Telegram

_IN_A_CHAT = (3, 3.0)
"""About one a second in a chat, with short bursts."""
_STAND_BY_SECONDS = 1.0


async def join(seat: Seat) -> None:
    """See `bot.platforms.seat`."""
    token = seat.settings.telegram_token
    if token is None:
        return
    from bot.platforms.telegram.adapter import Telegram, make_bot

    at_once = max(AT_ONCE, seat.settings.send_rate // 4)
    bot = make_bot(token.get_secret_value(), seat.settings.telegram_api_url, at_once)

    def private_only(language: str | None, name: str) -> str:
        return seat.say(t("group.private_only", name=name), language)

    telegram = Telegram(bot, seat.handle, private_only, seat.clock.now, seat.reach_out)
    seat.must_be_ready("telegram", lambda: telegram.is_connected)
    await telegram.start(commands(seat.catalogues))
    seat.at_the_end(telegram.stop)
    seat.doors.telegram = telegram.name
    if not seat.role.works:
        seat.speak_through(telegram, seat.settings.send_rate, _IN_A_CHAT, parts)
    else:
        seat.send_through(telegram, seat.settings.send_rate, _IN_A_CHAT, parts, at_once)
    _take_updates(seat, telegram)


def _take_updates(seat: Seat, telegram: "Telegram") -> None:
    url, secret = seat.settings.telegram_webhook_url, seat.settings.telegram_webhook_secret
    if url is None or secret is None:
        if seat.role.works:
            _poll(seat, telegram)
        return
    if not seat.role.serves:
        return
    from bot.platforms.telegram.webhook import Webhook

    webhook = Webhook(url, secret.get_secret_value(), telegram.take)
    delivered = (url, secret.get_secret_value())
    seat.receive(webhook.path, webhook.receive, lambda: telegram.have_delivered(*delivered))


def _poll(seat: Seat, telegram: "Telegram") -> None:
    """Reads updates, as the only process that does."""
    lead = seat.database.lead("telegram-updates")
    seat.at_the_end(lead.release)

    async def poll() -> None:
        while True:
            if await lead.held():
                await telegram.have_kept()
                await telegram.poll()
            await asyncio.sleep(_STAND_BY_SECONDS)

    seat.keep(poll, "telegram-updates")
