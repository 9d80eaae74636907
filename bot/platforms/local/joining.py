"""The local page joins where it is on, in a process that serves."""

from bot.conversation.diary import Diary
from bot.menus import page_words
from bot.platforms.seat import Seat


async def join(seat: Seat) -> None:
    """See `bot.platforms.seat`."""
    if not (seat.settings.local_chat_on and seat.role.serves):
        return
    from bot.platforms.local.home import LocalHome
    from bot.platforms.local.page import Hub, build_page

    hub = Hub()
    diary = Diary(seat.database, seat.catalogues, seat.clock)
    words = page_words(seat.catalogues, seat.settings.default_language)
    home = LocalHome(seat.handle, diary, hub, words, seat.clock)
    seat.send_through(home)
    page_key = await seat.database.read(lambda store: store.page_key)
    seat.show(build_page(home, hub, seat.clock, page_key, seat.door_key))
