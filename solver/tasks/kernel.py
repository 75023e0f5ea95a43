"""The compiled part of the search for shifts made of tasks: what is done when, drawn by what it costs.

A change of who works when is proposed and judged by `solver.lns.kernel`, as if all tasks were one. Here the
inside of each span that comes is drawn from all ways to fill it with tasks, a cheaper one being the more
likely the lower the temperature; and the spans are judged by what all their insides together are worth.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from math import exp, log
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from solver.lns import kernel
from solver.lns.kernel import (
    BEST,
    CHANGE,
    COME,
    FORBIDDEN,
    GONE,
    HARD,
    KIND_OF_MOVE,
    MENU,
    PEOPLE,
    TOTAL,
    UNSAVED,
    WAITING,
    WHO,
    Ints,
    Keys,
    Longs,
    Number,
    State,
    World,
    draw,
    inlined,
    judge,
    places,
    propose,
    take,
)

Reals = NDArray[np.float64]

F = TypeVar("F", bound=Callable[..., Any])

CALLED = sha256(Path(kernel.__file__).read_bytes()).hexdigest()[:8]
"""Stands for the code of the other file whose functions are called from here."""


def compiled(function: F) -> F:
    """Compile a function as `solver.lns.kernel` does, and anew where either of the two files has changed.

    What is kept on disk is found by the name of the function, so the name says which other code it calls.
    """
    function.__qualname__ += f"_{CALLED}"
    return kernel.compiled(function)


CLIP = 150.0
"""The largest exponent of a weight."""

SMALL, LARGE = 1e-100, 1e100
"""A row of weights whose sum falls below the first is multiplied by the second."""

NEVER = -1e300
"""The logarithm of nothing."""

SPAN_FIRST, SPAN_CELLS = range(2)
"""Columns of the spans: the first cell of an option, and how many it has."""

LAYOUT, UNIT, TASKS = range(3)
"""Columns of the insides of menus: where it is said what is done cell by cell, or -1 where that is drawn; the
cells between two times at which tasks may change; the first place in the list of its tasks."""


class Fixed(NamedTuple):
    """What does not change: what can be done inside of work. An *activity* is a skill at a location."""

    spans: Ints  # [option, column]
    menus: Ints  # [menu, column]
    layouts: Ints  # what is done cell by cell in menus in which that is given
    tasks: Ints  # all activities of all menus, one after the other
    curves: Ints  # [activity]: first place in the list of the curves it counts for
    curve_list: Ints
    counting: Ints  # [curve]: first place in the list of the activities that count for it
    counting_list: Ints
    more: Longs  # [curve, cell, people]: what one person more costs
    kind: Ints  # [person]: people who can do the same and are bound by the same
    extra: Longs  # [kind of person, activity, cell]: what an activity costs besides
    has_extra: Ints  # [kind of person]
    least: Ints  # [kind of person, menu, activity]: units that a task lasts
    most: Ints


class Inside(NamedTuple):
    """What changes: what is done when, and what it would cost to have one more person do it."""

    doing: Ints  # [person, cell]: the activity; -1 for none
    best: Ints
    now: Ints  # [curve, cell]: people
    price: Longs  # [activity, cell]
    weight: Reals  # [activity, cell]: exp(-price / temperature)
    factor: Reals  # [kind of person, activity, cell]
    temperature: Reals
    prices: Longs  # prices of which the weight is known
    weights: Reals
    value: Reals  # [unit, activity]: the weight of a unit in the span that is looked at
    reach: Reals  # [unit, activity]: of all ways to get there, the last task being that and long enough
    fresh: Reals  # [unit, activity]: the part of it in which the last task has just become long enough
    total: Reals  # [unit]
    scale: Longs  # [unit]: how often a row was multiplied by `LARGE`
    kept: Ints  # [which span, cell]: the insides before a change


@compiled
def weight_of(price: Number, temperature: Number) -> Number:
    """What an activity at that price weighs."""
    return exp(min(CLIP, max(-CLIP, -price / temperature)))


@compiled
def known_weight(price: Number, temperature: Number, prices: Longs, weights: Reals) -> Number:
    """The same, kept for the next time."""
    place = price & (prices.size - 1)
    if prices[place] != price:
        prices[place] = price
        weights[place] = weight_of(price, temperature)
    return weights[place]


@compiled
def set_temperature(
    price: Longs, weight: Reals, extra: Longs, has_extra: Ints, factor: Reals, temperature: Reals,
    prices: Longs, new: Number,
) -> None:  # fmt: skip
    """Weigh all anew."""
    temperature[0] = new
    for place in range(prices.size):
        prices[place] = FORBIDDEN
    for activity in range(price.shape[0]):
        for cell in range(price.shape[1]):
            weight[activity, cell] = weight_of(price[activity, cell], new)
    for kind in range(extra.shape[0]):
        if has_extra[kind]:
            for activity in range(price.shape[0]):
                for cell in range(price.shape[1]):
                    own = extra[kind, activity, cell]
                    factor[kind, activity, cell] = 0.0 if own >= FORBIDDEN else weight_of(own, new)


@compiled
def count_cells(
    curves: Ints,
    curve_list: Ints,
    counting: Ints,
    counting_list: Ints,
    more: Longs,
    now: Ints,
    price: Longs,
    weight: Reals,
    temperature: Number,
    prices: Longs,
    weights: Reals,
    doing: Ints,
    first: Number,
    cells: Number,
    people: Number,
) -> Number:
    """Count one person more (``people`` = 1) or less (-1) on what is done in some cells; what that costs."""
    cost = np.int64(0)
    for cell in range(first, first + cells):
        activity = doing[cell]
        if activity < 0:
            continue
        for place in range(curves[activity], curves[activity + 1]):
            curve = curve_list[place]
            here = now[curve, cell]
            there = here + people
            cost += more[curve, cell, here] if people > 0 else -more[curve, cell, there]
            change = more[curve, cell, there] - more[curve, cell, here]
            now[curve, cell] = there
            if change:
                for at in range(counting[curve], counting[curve + 1]):
                    other = counting_list[at]
                    price[other, cell] += change
                    weight[other, cell] = known_weight(price[other, cell], temperature, prices, weights)
    return cost


@compiled
def own_cost(extra: Longs, doing: Ints, first: Number, cells: Number) -> Number:
    """What a person's activities cost besides cover."""
    cost = np.int64(0)
    for cell in range(first, first + cells):
        if doing[cell] >= 0:
            cost += extra[doing[cell], cell]
    return cost


@compiled
def fill_values(
    weight: Reals, factor: Reals, has_extra: Number, tasks: Ints, first_task: Number, last_task: Number,
    unit: Number, value: Reals, first: Number, cells: Number,
) -> Number:  # fmt: skip
    """The weights of all tasks in all units of a span, the largest being 1; the logarithm of the divisor."""
    logarithm, product = 0.0, 1.0
    units = (cells + unit - 1) // unit
    for at in range(units):
        start, end = first + at * unit, first + min(cells, (at + 1) * unit)
        largest = 0.0
        for place in range(first_task, last_task):
            activity, own = tasks[place], 1.0
            for cell in range(start, end):
                own *= weight[activity, cell]
                if has_extra:
                    own *= factor[activity, cell]
            value[at, place - first_task] = own
            largest = max(largest, own)
        if largest <= 0.0:
            return NEVER
        share = 1.0 / largest
        for place in range(last_task - first_task):
            value[at, place] *= share
        product *= largest
        if product < SMALL or product > LARGE:
            logarithm += log(product)
            product = 1.0
    return logarithm + log(product)


@compiled
def begun(
    value: Reals, reach: Reals, total: Reals, scale: Longs, unit: Number, length: Number, task: Number,
    number: Number,
) -> Number:  # fmt: skip
    """The weight of all ways in which a task begins ``length`` units before a unit, scaled as that before."""
    start = unit - length
    own = 1.0
    for at in range(start, unit):
        own *= value[at, task]
    if start > 0:
        others = total[start] - reach[start, task]
        if others < 0.5 * total[start]:  # a small difference of large numbers would be noise
            others = 0.0
            for other in range(number):
                if other != task:
                    others += reach[start, other]
        own *= others
    behind = scale[unit - 1] - scale[start]
    for _ in range(behind):
        own *= LARGE
    return own


@compiled
def fill_reach(
    value: Reals, reach: Reals, fresh: Reals, total: Reals, scale: Longs, least: Ints, most: Ints,
    tasks: Ints, first_task: Number, last_task: Number, units: Number, partial: Number,
) -> Number:  # fmt: skip
    """Weigh all ways to fill the units of a span with tasks; the logarithm of the weight of all."""
    number = last_task - first_task
    total[0], scale[0] = 1.0, 0
    for task in range(number):
        reach[0, task] = 0.0
    for unit in range(1, units + 1):
        total[unit] = 0.0
        for task in range(number):
            activity = tasks[first_task + task]
            shortest, longest = least[activity], most[activity]
            if unit == units and partial and longest >= units:
                shortest = units + 1
            own = 0.0
            if longest >= units:
                own = reach[unit - 1, task] * value[unit - 1, task]
                fresh[unit, task] = 0.0
                if unit >= shortest:
                    fresh[unit, task] = begun(value, reach, total, scale, unit, shortest, task, number)
                own += fresh[unit, task]
            else:
                for length in range(shortest, min(unit, longest) + 1):
                    own += begun(value, reach, total, scale, unit, length, task, number)
            reach[unit, task] = own
            total[unit] += own
        scale[unit] = scale[unit - 1]
        if 0.0 < total[unit] < SMALL:
            scale[unit] += 1
            total[unit] *= LARGE
            for task in range(number):
                reach[unit, task] *= LARGE
                fresh[unit, task] *= LARGE
    if total[units] <= 0.0:
        return NEVER
    return log(total[units]) - scale[units] * log(LARGE)


@compiled
def chance(random: Keys) -> Number:
    """A random number from 0 to less than 1."""
    return draw(random, 1 << 30) / (1 << 30)


@compiled
def draw_task(reach: Reals, random: Keys, unit: Number, number: Number, but: Number) -> Number:
    """The last task of a way to a unit, not ``but``."""
    whole = 0.0
    for task in range(number):
        if task != but:
            whole += reach[unit, task]
    left, found = chance(random) * whole, -1
    for task in range(number):
        if task != but and reach[unit, task] > 0.0:
            found = task
            left -= reach[unit, task]
            if left < 0.0:
                break
    return found


@compiled
def draw_inside(
    value: Reals, reach: Reals, fresh: Reals, total: Reals, scale: Longs, least: Ints, most: Ints,
    tasks: Ints, first_task: Number, last_task: Number, unit_cells: Number, units: Number, partial: Number,
    random: Keys, doing: Ints, first: Number, cells: Number,
) -> None:  # fmt: skip
    """Draw what is done in a span whose ways have been weighed, from its end to its start."""
    number = last_task - first_task
    unit, task = units, draw_task(reach, random, units, number, -1)
    while unit > 0:
        activity = tasks[first_task + task]
        shortest, longest = least[activity], most[activity]
        length, begins = 0, True
        if longest >= units:
            begins = chance(random) * reach[unit, task] < fresh[unit, task]
            length = shortest if begins else 1
        else:
            left = chance(random) * reach[unit, task] / LARGE ** (scale[unit] - scale[unit - 1])
            for one in range(shortest, min(unit, longest) + 1):
                own = begun(value, reach, total, scale, unit, one, task, number)
                if own > 0.0:
                    length = one
                    left -= own
                    if left < 0.0:
                        break
        start = unit - length
        for cell in range(first + start * unit_cells, first + min(cells, unit * unit_cells)):
            doing[cell] = activity
        unit = start
        if begins and unit > 0:
            task = draw_task(reach, random, unit, number, task)


@inlined
def count_span(fixed: Fixed, inside: Inside, person: Number, option: Number, people: Number) -> Number:
    """Count a person more or less in what is done inside an option; what that costs."""
    first, cells = fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS]
    cost = count_cells(
        fixed.curves, fixed.curve_list, fixed.counting, fixed.counting_list, fixed.more, inside.now,
        inside.price, inside.weight, inside.temperature[0], inside.prices, inside.weights,
        inside.doing[person], first, cells, people,
    )  # fmt: skip
    kind = fixed.kind[person]
    if fixed.has_extra[kind]:
        cost += people * own_cost(fixed.extra[kind], inside.doing[person], first, cells)
    return cost


@compiled
def given_weight(
    price: Longs,
    extra: Longs,
    layouts: Ints,
    layout: Number,
    first: Number,
    cells: Number,
    temperature: Number,
) -> Number:
    """The logarithm of the weight of what is given cell by cell."""
    cost = np.int64(0)
    for cell in range(cells):
        activity = layouts[layout + cell]
        if activity >= 0:
            cost += price[activity, first + cell] + extra[activity, first + cell]
    return -cost / temperature


@inlined
def weigh(world: World, fixed: Fixed, inside: Inside, person: Number, option: Number) -> Number:
    """The logarithm of the weight of all ways to fill an option."""
    menu, kind = world.options[option, MENU], fixed.kind[person]
    first, cells = fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS]
    if fixed.menus[menu, LAYOUT] >= 0:
        return given_weight(
            inside.price, fixed.extra[kind], fixed.layouts, fixed.menus[menu, LAYOUT], first, cells,
            inside.temperature[0],
        )  # fmt: skip
    first_task, last_task, unit = (
        fixed.menus[menu, TASKS],
        fixed.menus[menu + 1, TASKS],
        fixed.menus[menu, UNIT],
    )
    logarithm = fill_values(
        inside.weight, inside.factor[kind], fixed.has_extra[kind], fixed.tasks, first_task, last_task,
        unit, inside.value, first, cells,
    )  # fmt: skip
    if logarithm <= NEVER:
        return NEVER
    ways = fill_reach(
        inside.value, inside.reach, inside.fresh, inside.total, inside.scale, fixed.least[kind, menu],
        fixed.most[kind, menu], fixed.tasks, first_task, last_task, (cells + unit - 1) // unit, cells % unit,
    )  # fmt: skip
    return NEVER if ways <= NEVER else logarithm + ways


@inlined
def fill(world: World, state: State, fixed: Fixed, inside: Inside, person: Number, option: Number) -> None:
    """Draw the inside of an option that was weighed last."""
    menu, kind = world.options[option, MENU], fixed.kind[person]
    first, cells = fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS]
    if fixed.menus[menu, LAYOUT] >= 0:
        for cell in range(cells):
            inside.doing[person, first + cell] = fixed.layouts[fixed.menus[menu, LAYOUT] + cell]
        return
    first_task, last_task, unit = (
        fixed.menus[menu, TASKS],
        fixed.menus[menu + 1, TASKS],
        fixed.menus[menu, UNIT],
    )
    draw_inside(
        inside.value, inside.reach, inside.fresh, inside.total, inside.scale, fixed.least[kind, menu],
        fixed.most[kind, menu], fixed.tasks, first_task, last_task, unit, (cells + unit - 1) // unit,
        cells % unit, state.random, inside.doing[person], first, cells,
    )  # fmt: skip


@compiled
def lift(doing: Ints, kept: Ints, first: Number, cells: Number) -> None:
    """Take what is done in some cells out, and keep it."""
    for cell in range(cells):
        kept[cell] = doing[first + cell]
        doing[first + cell] = -1


@compiled
def lay(doing: Ints, kept: Ints, first: Number, cells: Number) -> None:
    """Put back what was kept."""
    for cell in range(cells):
        doing[first + cell] = kept[cell]


@compiled
def clear(doing: Ints, first: Number, cells: Number) -> None:
    """Nothing is done any more."""
    for cell in range(first, first + cells):
        doing[cell] = -1


@compiled
def is_free(doing: Ints, first: Number, cells: Number) -> bool:
    """Whether nothing is done in some cells."""
    free = True
    for cell in range(first, first + cells):
        free = free and doing[cell] < 0
    return free


@compiled
def keep_best(scalars: Longs, works: Ints, best: Ints, doing: Ints, best_doing: Ints) -> None:
    """Copy the roster if it is the best and not copied yet."""
    if not scalars[UNSAVED]:
        return
    for person in range(works.shape[0]):
        for at in range(works[person, 0] + 1):
            best[person, at] = works[person, at]
        for cell in range(doing.shape[1]):
            best_doing[person, cell] = doing[person, cell]
    scalars[UNSAVED] = 0


@compiled
def note(scalars: Longs) -> None:
    """Note whether the roster is the best so far."""
    if scalars[TOTAL] < scalars[BEST]:
        scalars[BEST] = scalars[TOTAL]
        scalars[UNSAVED] = 1


@inlined
def relay(world: World, state: State, fixed: Fixed, inside: Inside, person: Number, option: Number) -> None:
    """Draw the inside of somebody's work anew."""
    first, cells = fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS]
    cost = count_span(fixed, inside, person, option, -1)
    lift(inside.doing[person], inside.kept[0], first, cells)
    if weigh(world, fixed, inside, person, option) > NEVER:
        fill(world, state, fixed, inside, person, option)
    else:
        lay(inside.doing[person], inside.kept[0], first, cells)
    cost += count_span(fixed, inside, person, option, 1)
    state.scalars[TOTAL] += cost
    note(state.scalars)


@compiled
def has_blank(doing: Ints, first: Number, cells: Number) -> bool:
    """Whether nothing is done in one of some cells."""
    blank = False
    for cell in range(first, first + cells):
        blank = blank or doing[cell] < 0
    return blank


@compiled
def lay_out(world: World, state: State, fixed: Fixed, inside: Inside) -> None:
    """Draw the inside of all work of which it is not said."""
    for person in range(state.works.shape[0]):
        for place in range(1, state.works[person, 0] + 1):
            option = np.int64(state.works[person, place])
            first, cells = fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS]
            drawn = fixed.menus[world.options[option, MENU], LAYOUT] < 0
            if drawn and has_blank(inside.doing[person], first, cells):
                keep_best(state.scalars, state.works, state.best, inside.doing, inside.best)
                relay(world, state, fixed, inside, person, option)


@inlined
def lift_all(world: World, state: State, fixed: Fixed, inside: Inside) -> Number:
    """Take out what goes by a trial; what that costs."""
    cost = np.int64(0)
    for place in range(state.scalars[PEOPLE]):
        person = state.trial[place, WHO]
        for part in range(2):
            option = state.trial[place, GONE + part]
            if option >= 0:
                cost += count_span(fixed, inside, person, option, -1)
                lift(
                    inside.doing[person], inside.kept[2 * place + part],
                    fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS],
                )  # fmt: skip
    return cost


@inlined
def lay_all(world: World, state: State, fixed: Fixed, inside: Inside) -> None:
    """Put back what would have gone by a trial."""
    for place in range(state.scalars[PEOPLE]):
        person = state.trial[place, WHO]
        for part in range(2):
            option = state.trial[place, GONE + part]
            if option >= 0:
                lay(
                    inside.doing[person], inside.kept[2 * place + part],
                    fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS],
                )  # fmt: skip
                count_span(fixed, inside, person, option, 1)


@inlined
def weigh_gone(world: World, state: State, fixed: Fixed, inside: Inside) -> Number:
    """The logarithm of the weight of what goes by a trial and is lifted: each given those before it."""
    logarithm = 0.0
    for place in range(state.scalars[PEOPLE]):
        person = state.trial[place, WHO]
        for part in range(2):
            option = state.trial[place, GONE + part]
            if option >= 0:
                logarithm += weigh(world, fixed, inside, person, option)
                lay(
                    inside.doing[person], inside.kept[2 * place + part],
                    fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS],
                )  # fmt: skip
                if state.scalars[PEOPLE] > 1:
                    count_span(fixed, inside, person, option, 1)
    for place in range(state.scalars[PEOPLE]):
        person = state.trial[place, WHO]
        for part in range(2):
            option = state.trial[place, GONE + part]
            if option >= 0:
                if state.scalars[PEOPLE] > 1:
                    count_span(fixed, inside, person, option, -1)
                clear(inside.doing[person], fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS])
    return logarithm


@inlined
def fill_come(world: World, state: State, fixed: Fixed, inside: Inside, least: Number) -> bool:
    """Draw the insides of what comes by a trial; whether there is room for it, and it weighs enough.

    ``least`` is the logarithm of a weight. What comes last needs to be drawn only where all weighs so much.
    """
    left = np.int64(0)
    for place in range(state.scalars[PEOPLE]):
        for part in range(2):
            left += state.trial[place, COME + part] >= 0
    logarithm = 0.0
    enough = left > 0 or least <= 0.0
    state.scalars[CHANGE] = 0
    for place in range(state.scalars[PEOPLE]):
        person = state.trial[place, WHO]
        for part in range(2):
            option = state.trial[place, COME + part]
            if option < 0:
                continue
            left -= 1
            if enough:
                enough = is_free(
                    inside.doing[person], fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS]
                )
            if enough:
                own = weigh(world, fixed, inside, person, option)
                logarithm += own
                enough = own > NEVER and (left > 0 or logarithm >= least)
            if enough:
                fill(world, state, fixed, inside, person, option)
                state.scalars[CHANGE] += count_span(fixed, inside, person, option, 1)
            else:
                state.trial[place, COME + part] = -1 - option
    return bool(enough)


@inlined
def clear_come(world: World, state: State, fixed: Fixed, inside: Inside) -> None:
    """Take out what came by a trial."""
    for place in range(state.scalars[PEOPLE]):
        person = state.trial[place, WHO]
        for part in range(2):
            option = state.trial[place, COME + part]
            if option >= 0:
                count_span(fixed, inside, person, option, -1)
                clear(inside.doing[person], fixed.spans[option, SPAN_FIRST], fixed.spans[option, SPAN_CELLS])


@inlined
def change(world: World, state: State, fixed: Fixed, inside: Inside, before: Number) -> bool:
    """Do a trial that the rules about people allow, if it weighs enough; whether it was done."""
    scalars, temperature = state.scalars, inside.temperature[0]
    personal = scalars[TOTAL] - before
    scalars[TOTAL] = before
    gone_cost = lift_all(world, state, fixed, inside)
    gone = weigh_gone(world, state, fixed, inside)
    limit = log(1.0 - chance(state.random))
    done = fill_come(world, state, fixed, inside, limit + gone + personal / temperature)
    if done:
        scalars[TOTAL] += personal + gone_cost + scalars[CHANGE]
    else:
        clear_come(world, state, fixed, inside)
        lay_all(world, state, fixed, inside)
    return done


@compiled
def run(world: World, state: State, fixed: Fixed, inside: Inside, moves: Number, relaid: Number) -> Number:
    """Try changes until ``moves`` more are done or a verdict has to be asked for.

    ``relaid`` percent of them only draw the inside of a span anew.

    Returns
    -------
    int
        How many are left to do; never 0 while a verdict is asked for.
    """
    scalars = state.scalars
    while moves > 0:
        moves -= 1
        keep_best(scalars, state.works, state.best, inside.doing, inside.best)
        if not scalars[WAITING]:
            if draw(state.random, 100) < relaid:
                person = draw(state.random, state.works.shape[0])
                works = state.works[person]
                if works[0]:
                    option = np.int64(works[1 + draw(state.random, works[0])])
                    relay(world, state, fixed, inside, person, option)
                continue
            people = propose(world, state)
            if people == 0:
                continue
            scalars[PEOPLE], scalars[CHANGE] = people, 0
            state.gains[scalars[KIND_OF_MOVE], 0] += 1
            state.limit[0] = HARD // 2
            if world.shifts.shape[0]:
                scalars[CHANGE] += places(
                    world.options, world.menus, world.shifts, state.filled, state.trial, people, 1
                )
                places(world.options, world.menus, world.shifts, state.filled, state.trial, people, -1)
        before = scalars[TOTAL]
        verdict = judge(world, state)
        scalars[WAITING] = verdict < 0
        if verdict < 0:
            return moves + 1
        if verdict > 0 and change(world, state, fixed, inside, before):
            take(world, state)
            note(scalars)
            state.gains[scalars[KIND_OF_MOVE], 1] += 1
    return 0
