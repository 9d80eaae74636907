"""The one description of what Limber does in a chat: every row holds at every home.

`reaches` names commands (`/log`), press prefixes (`n:`) and steps (`log.told`) that the row must come by.
"""

from tests.conformance.rows.beginning import BEGINNING
from tests.conformance.rows.finding_ones_way import FINDING_ONES_WAY
from tests.conformance.rows.logging import LOGGING
from tests.conformance.rows.nudges import NUDGES
from tests.conformance.rows.packs import PACKS
from tests.conformance.rows.places_and_plans import PLACES_AND_PLANS
from tests.conformance.rows.practising import PRACTISING
from tests.conformance.rows.trust import TRUST

TABLE = (*BEGINNING, *FINDING_ONES_WAY, *LOGGING, *NUDGES, *PACKS, *PLACES_AND_PLANS, *PRACTISING, *TRUST)
