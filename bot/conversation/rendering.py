"""From what a step says to the words that go out, in the person's language."""

from dataclasses import replace

from bot.conversation.dialogue import Choice, Say
from bot.conversation.messages import Button, Pressed, Wire
from bot.texts import Catalogues


class Rendering:
    """Words the messages of a turn."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    def wire(
        self, say: Say, language: str, version: int, captioned: bool = False, *, taps_only: bool = False
    ) -> Wire:
        """One message, worded. Buttons that answer a question carry the version of the conversation.

        Where people answer by taps alone, `<key>_taps` goes before `<key>`, if the catalogue has it.
        """
        text = say.text
        if taps_only and self._catalogues.has(f"{text.key}_taps"):
            text = replace(text, key=f"{text.key}_taps")
        return Wire(
            text=self._catalogues.html(text, language),
            buttons=tuple(
                tuple(self._button(choice, language, version) for choice in row) for row in say.buttons if row
            ),
            picture=say.picture,
            document=say.document,
            edits=say.edits,
            captioned=captioned,
            asks_place=say.asks_place,
        )

    def pressed(self, pressed: Pressed) -> Wire:
        """The message whose button was pressed, as it stands from now on: the choice told, no buttons."""
        chosen = f"{pressed.text}\n\n✓ {pressed.label}" if pressed.label else pressed.text
        return Wire(text=chosen, edits=pressed.message_ref, captioned=pressed.captioned)

    def _button(self, choice: Choice, language: str, version: int) -> Button:
        press = choice.value if choice.addressed else f"s:{version}:{choice.value}"
        return Button(self._catalogues.plain(choice.label, language), press)
