"""A small world of a team with ledgers, for rules that share out."""

from dataclasses import replace

from solver.problem import Carried
from tests.solver.rules.team_worlds import ANN, BO, CY, shift_team


def _carried(**amounts):
    return tuple(Carried(ledger=ledger, amount=amount) for ledger, amount in amounts.items())


FAIR_WORLDS = {
    "a team with ledgers": replace(
        shift_team(),
        employees=(
            replace(ANN, target_minutes=900, carried=_carried(nights=2)),
            replace(BO, target_minutes=600, carried=_carried(nights=-1, early=9)),
            replace(CY, target_minutes=300),
        ),
    )
}
