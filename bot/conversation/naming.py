"""What plans are called outside a turn."""

from collections.abc import Callable

from bot.content.loader import Content
from bot.store.plans import OpenPlan


def namer(content: Content, language: str, *, discreet: bool = False) -> Callable[[OpenPlan], str]:
    """What the skill of a plan is called in a language: its own name, or, if `discreet`, a neutral one."""

    def name(plan: OpenPlan) -> str:
        skill = content.skill(plan.row.skill, language) if plan.row.skill else None
        if skill is None:
            return plan.words.name
        return skill.discreet_name if discreet else skill.name

    return name
