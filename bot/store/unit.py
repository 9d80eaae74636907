"""One open transaction, as the rest of Limber sees it."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.store.check_ins import CheckIns
from bot.store.encryption import Keyring
from bot.store.gates import Gates
from bot.store.goals import Goals
from bot.store.history import History
from bot.store.ids import Ids
from bot.store.keys import Keys
from bot.store.letters import Letters
from bot.store.links import Links
from bot.store.obstacles import Obstacles
from bot.store.outbox import OutboxRows
from bot.store.packs import Packs
from bot.store.pages import WellPlans
from bot.store.people import People
from bot.store.plans import Plans
from bot.store.practices import Practices
from bot.store.predictions import Predictions
from bot.store.reminders import Reminders
from bot.store.retention import Silent
from bot.store.sessions import Sessions
from bot.store.slips import Slips
from bot.store.transcripts import Transcripts
from bot.store.updates import Updates
from bot.store.words import Words


@dataclass(frozen=True, slots=True)
class Vault:
    """What sealing needs: the operator's keys and the deployment's own, for look-ups and for cookies."""

    keyring: Keyring
    lookup_key: bytes = b""
    page_key: bytes = b""


class Store:
    """All queries of one transaction. Nothing is kept unless the whole transaction commits."""

    def __init__(self, session: Session, vault: Vault, ids: Ids) -> None:
        words = Words(session, vault.keyring)
        self.session = session
        self.words = words
        self.ids = ids
        self.keys = Keys(session, vault.keyring)
        self.page_key = vault.page_key
        self.updates = Updates(session)
        self.people = People(session, words, ids, vault.lookup_key)
        self.links = Links(session, vault.lookup_key)
        self.packs = Packs(session, words, ids, vault.lookup_key)
        self.plans = Plans(session, words, ids)
        self.reminders = Reminders(session, ids)
        self.practices = Practices(session, words, ids)
        self.history = History(session, words)
        self.goals = Goals(session, words, ids)
        self.slips = Slips(session, words, ids)
        self.check_ins = CheckIns(session, ids)
        self.predictions = Predictions(session, words, ids)
        self.letters = Letters(session, words, ids)
        self.sessions = Sessions(session, words, ids)
        self.well_plans = WellPlans(session, words)
        self.obstacles = Obstacles(session, ids)
        self.gates = Gates(session, ids)
        self.outbox = OutboxRows(session, words)
        self.transcripts = Transcripts(session, words)
        self.silent = Silent(session)
