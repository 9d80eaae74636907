"""Discord joins where there is a token, in the one process that holds the connection to its gateway."""

from bot.menus import slash_commands
from bot.platforms.seat import Seat
from bot.settings import SettingsError
from bot.texts import t

_RATE = 40


async def join(seat: Seat) -> None:
    """See `bot.platforms.seat`. Raises `SettingsError` where Discord refuses the token."""
    token, free_text = seat.settings.discord_token, seat.settings.discord_free_text
    if token is None or not seat.role.speaks_discord:
        return
    from bot.platforms.discord.adapter import Discord, Sentences, TokenRefused

    sentences = Sentences(
        private_only=lambda language, bot: seat.say(t("server.private_only", bot=bot), language),
        closed=lambda language: seat.say(t("server.closed"), language),
        late=lambda language: seat.say(t("server.late"), language),
    )
    discord = Discord(
        token.get_secret_value(), seat.handle, seat.complete, sentences, seat.clock.now, free_text=free_text
    )
    seat.at_the_end(discord.stop)
    try:
        await discord.start(seat.settings.discord_api_url, slash_commands(seat.catalogues, free_text))
    except TokenRefused:
        raise SettingsError("DISCORD_TOKEN (its value is not shown) is refused by Discord.") from None
    seat.send_through(discord, _RATE)
    seat.keep(discord.listen, "discord-gateway")
