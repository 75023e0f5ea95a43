"""Annealing of rosters whose shifts are made of tasks."""

from __future__ import annotations

import numpy as np

from solver.lns.anneal import Annealing
from solver.lns.kernel import ASKED_ABOUT, BEST, TOTAL, UNSAVED, WHO, Ints
from solver.lns.tables import WEIGHTS
from solver.pooling import pooled_roster
from solver.tasks.kernel import Inside, lay_out, run, set_temperature
from solver.tasks.tables import TaskTables
from solver.work import Roster

KNOWN_WEIGHTS = 1 << 12
"""Weights that are kept; a power of two."""

RELAID = 30
"""Percent of the changes that only draw the inside of a span anew."""


class TaskAnnealing(Annealing):
    """A roster that random changes of who works when improve, with what is done when drawn at each change.

    Parameters
    ----------
    tables
        The problem.
    base
        The roster to begin with.
    seed
        The same seed, roster and number of changes give the same result.

    References
    ----------
    Siepmann, Frenkel (1992), Configurational bias Monte Carlo, Molecular Physics 75: judging a change by the
    weight of all ways to fill it in.
    """

    def __init__(self, tables: TaskTables, base: Roster, seed: int) -> None:
        """Take stock of the roster."""
        super().__init__(tables.together, pooled_roster(tables.problem, base), seed)
        self._insides = tables
        fixed = tables.fixed
        _, doing = tables.numbers(base)
        activities, cells = len(fixed.curves) - 1, doing.shape[1]
        size, most = int(fixed.spans[:, 1].max(initial=1)), int(np.diff(fixed.menus[:, 2]).max(initial=1))
        self.inside = Inside(
            doing=doing,
            best=doing.copy(),
            now=tables.people_at(doing),
            price=np.zeros((activities, cells), np.int64),
            weight=np.zeros((activities, cells)),
            factor=np.ones(fixed.extra.shape),
            temperature=np.ones(1),
            prices=np.zeros(KNOWN_WEIGHTS, np.int64),
            weights=np.zeros(KNOWN_WEIGHTS),
            value=np.zeros((size + 1, most)),
            reach=np.zeros((size + 1, most)),
            fresh=np.zeros((size + 1, most)),
            total=np.zeros(size + 1),
            scale=np.zeros(size + 1, np.int64),
            kept=np.zeros((4, size), np.int32),
        )
        self.reprice()

    def reprice(self) -> None:
        """Begin anew from the roster now, after what coverage costs was changed."""
        fixed, state, inside = self._insides.fixed, self.state, self.inside
        one_more = np.take_along_axis(fixed.more, inside.now[:, :, None], 2)[:, :, 0]
        for activity in range(len(inside.price)):
            curves = fixed.curve_list[fixed.curves[activity] : fixed.curves[activity + 1]]
            inside.price[activity] = one_more[curves].sum(axis=0)
        state.scalars[TOTAL] = state.cost.sum() + self._insides.cost_of(inside.doing, inside.now)
        state.scalars[BEST], state.scalars[UNSAVED] = state.scalars[TOTAL], 1

    def worth(self) -> int:
        """What the best roster since the last change of prices costs, at the usual weights of the levels."""
        state, inside, tables = self.state, self.inside, self._insides
        if state.scalars[UNSAVED]:
            works, doing, now = state.works, inside.doing, inside.now
        else:
            works, doing, now = state.best, inside.best, tables.people_at(inside.best)
        personal = sum(self._cost(state, person, own) for person, own in enumerate(works))
        return personal + tables.cost_of(doing, now, WEIGHTS["mandatory"])

    def advance(self, changes: int, temperature: float, *, only_insides: bool = False) -> None:
        """Try so many changes, or only draw so many insides of spans anew."""
        relaid = 100 if only_insides else RELAID
        state, inside, fixed = self.state, self.inside, self._insides.fixed
        set_temperature(
            inside.price,
            inside.weight,
            fixed.extra,
            fixed.has_extra,
            inside.factor,
            inside.temperature,
            inside.prices,
            temperature,
        )
        lay_out(self._tables.world, state, fixed, inside)
        while changes := run(self._tables.world, state, fixed, inside, changes, relaid):
            place = state.scalars[ASKED_ABOUT]
            self._answer(state, int(state.trial[place, WHO]), state.candidate[place])

    def roster(self) -> Roster:
        """The best roster so far."""
        if self.state.scalars[UNSAVED]:
            return self.roster_now()
        return self._made(self.state.best, self.inside.best)

    def roster_now(self) -> Roster:
        """The roster that is being changed."""
        return self._made(self.state.works, self.inside.doing)

    def _made(self, works: Ints, doing: Ints) -> Roster:
        return self._insides.roster(
            [(own[1 : own[0] + 1], did) for own, did in zip(works, doing, strict=True)]
        )
