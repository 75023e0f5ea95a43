"""The compiled part of annealing: what changes of a roster cost, over tables of numbers.

Functions take only the arrays they read: an array costs as much to hand over as eight numbers. They stand in
one file because compiled code is kept on disk until its file changes, whatever else it calls.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])

Number = Any
"""A whole number, as compiled code and numpy have them."""


def compiled(function: F) -> F:
    """Compile a function once and for all; it may make no arrays, so nothing counts references to them."""
    options: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False, "error_model": "numpy"}
    return cast(F, njit(**options)(function))


def inlined(function: F) -> F:
    """A function that becomes part of the compiled one that calls it."""
    return cast(F, njit(inline="always")(function))


Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Keys = NDArray[np.uint64]
Flags = NDArray[np.uint8]

HARD = 100_000
"""What a unit of a hard breach costs; other costs stay below."""

FORBIDDEN = 1 << 40
"""The price of what a person cannot work; also further away than any minute."""

MISSING = 1 << 62
"""Stands for a verdict that is not known yet."""

START, END, DAY, MENU, ROW, COLUMN, FIRST_CELL, LAST_CELL = range(8)
"""Columns of the options: times, day, menu, place in the menu's grid of starts and ends, cells covered."""

OPTIONS, ROWS, COLUMNS, GRID, RIVALS, KIND, SHIFT = range(7)
"""Columns of the menus: first option, size and place of the grid, people who have it, kind, given shift."""

CONSTANT, NEXT_START, ONE_A_DAY, ASKS_DAYS, ASKS_TIMES = range(5)
TOTALS, GAPS, RESTS, PAST, LATER, OPEN, DISTINCTS, RUNS, FOLLOWS = range(5, 14)
"""Columns of the people: charged in any case, first start after the horizon, flags; first rows of rules."""

MEASURE, SINCE, UNTIL, LEAST, MOST, TOTAL_WEIGHT = range(6)
"""Columns of the totals."""

GAP_MEASURE, GAP_MINUTES, FROM_START, GAP_WEIGHT, BEFORE = range(5)
"""Columns of the gaps; work that starts before minute ``BEFORE`` is too close to history."""

THINGS, FEWEST, MOST_THINGS, DISTINCT_WEIGHT = range(4)
"""Columns of the distincts: the measure is a set of things, a bit for each."""

STEP, STEPS, SIZE, HORIZON, HORIZON_END, BY_WORK, SHORTEST, LONGEST, RUN_WEIGHT = range(9)
"""Columns of the runs: the measure of the step, where the list of steps without work is (then those of fixed
and of unlimited ones), and what `solver.resources.Runs` says."""

CLASS, REFUSED, CLASSES, WITHIN, FOLLOW_WEIGHT = range(5)
"""Columns of the follows: the measure of the class, where the list is of what refuses what, and so on."""

WINDOWS, REST_WEIGHT = range(2)
"""Columns of the rests: the first window, and the weight."""

HEADCOUNT, PLACE_PRICE = range(2)
"""Columns of the given shifts."""


OFFERS = 12
"""Options that are drawn where work is put on another day, the best being taken."""

NEW, CHANGED, TWO_CHANGED, BOTH_CHANGED, REPLACED, OTHER_DAY, TAKEN_AWAY = range(7)
EXCHANGED, EXCHANGED_TWICE, EVENED_OUT = range(7, 10)
"""Kinds of moves; the last three, exchanges, leave coverage as it is."""

ALL, ENDS, STARTS, PARTED, JOINED = range(5)
"""What two people exchange on a day: all, ends, starts; a piece for somebody free; all to one next to it."""

EVEN = 30
"""Minutes by which two exchanges that even each other out may differ: about a break."""

TOTAL, BEST, UNSAVED, CHANGE, PEOPLE, WAITING, KIND_OF_MOVE, ASKED_ABOUT = range(8)
"""Places of the scalars: the total cost now and of the best roster; whether the roster now is the best and
not copied yet; and of the change that is judged its cost for all together, the number of people, whether it
waits for a verdict, its kind, and whose verdict is asked for."""

WHO, GONE, COME = 0, 1, 3
"""Columns of a trial: the person, up to two options that go and up to two that come, -1 for none."""


class World(NamedTuple):
    """What does not change: options, menus, people and their rules.

    An *option* is a span of work on a day; a *menu* holds those of one template or given shift on one day.
    Whatever has a first row or a first place ends where that of the next owner begins.
    """

    options: Ints  # [option, column]
    keys: Keys  # [option, (of its day and tags, its own)]
    amounts: Ints  # [measure, option]
    menus: Ints  # [menu, column]
    kinds: Ints  # [kind]: first place in lists of the curves it counts for
    lists: Ints  # all lists of numbers, one after the other
    more: Longs  # [curve, cell, people]: what one person more costs
    shifts: Longs  # [given shift, column]
    price_at: (
        Ints  # [person, menu]: place of the price of the menu's first option; -1 where it cannot be worked
    )
    price: Longs
    on_day: Ints  # [person * days + day]: first place in lists of the menus
    people: Longs  # [person, column]
    person_key: Keys
    totals: Longs
    gaps: Longs
    rests: Longs
    windows: Longs  # [window, (start, end, minutes)]
    distincts: Longs
    runs: Longs
    follows: Longs
    past: Longs  # [span, (start, end)], history
    later: Longs  # [span, (start, end)], upcoming work


class State(NamedTuple):
    """What changes. A row of works is the number of options, then the options by start."""

    works: Ints  # [person, place]
    best: Ints  # [person, place]
    cost: Longs  # [person]
    now: Ints  # [curve, cell]: people at work
    one_more: Longs  # [curve, cell]: what one person more costs now
    one_less: Longs  # [curve, cell]: what one person less costs now
    filled: Ints  # [given shift]
    scalars: Longs
    random: Keys
    limit: NDArray[np.float64]
    trial: Ints  # [2, column]
    candidate: Ints  # [2, place]: the works that a trial would give
    candidate_cost: Longs
    known: Keys
    verdicts: Longs
    scratch: Ints  # the steps of a run
    asked: Keys  # the key that is asked for, and whether it is about times
    gains: Longs  # [kind of move, (tried and not seen to break hard rules, taken)]
    crowd: Ints  # the people who are drawn
    inside: Flags  # [person]: whether a change may be about this person


@compiled
def cells_cost(
    one_more: Longs,
    one_less: Longs,
    kinds: Ints,
    lists: Ints,
    kind: Number,
    first: Number,
    last: Number,
    people: Number,
) -> Number:
    """What one person more (``people`` = 1) or less (-1) in some cells costs."""
    total = np.int64(0)
    for place in range(kinds[kind], kinds[kind + 1]):
        costs = one_more[lists[place]] if people > 0 else one_less[lists[place]]
        for cell in range(first, last):
            total += costs[cell]
    return total


@compiled
def count(
    more: Longs,
    now: Ints,
    one_more: Longs,
    one_less: Longs,
    kinds: Ints,
    lists: Ints,
    kind: Number,
    first: Number,
    last: Number,
    people: Number,
) -> Number:
    """Count one person more or less in some cells; what that costs."""
    cost = cells_cost(one_more, one_less, kinds, lists, kind, first, last, people)
    for place in range(kinds[kind], kinds[kind + 1]):
        curve = lists[place]
        for cell in range(first, last):
            now[curve, cell] += people
            here = now[curve, cell]
            one_more[curve, cell] = more[curve, cell, here]
            one_less[curve, cell] = -more[curve, cell, here - 1] if here else 0
    return cost


@compiled
def moved(
    one_more: Longs,
    one_less: Longs,
    kinds: Ints,
    lists: Ints,
    kind: Number,
    first: Number,
    last: Number,
    start: Number,
    end: Number,
) -> Number:
    """What it costs to have a person in the cells ``[start, end)`` and no longer in ``[first, last)``."""
    if last <= start or end <= first:
        gone = cells_cost(one_more, one_less, kinds, lists, kind, first, last, -1)
        return gone + cells_cost(one_more, one_less, kinds, lists, kind, start, end, 1)
    total = np.int64(0)
    if start < first:
        total += cells_cost(one_more, one_less, kinds, lists, kind, start, first, 1)
    elif first < start:
        total += cells_cost(one_more, one_less, kinds, lists, kind, first, start, -1)
    if last < end:
        total += cells_cost(one_more, one_less, kinds, lists, kind, last, end, 1)
    elif end < last:
        total += cells_cost(one_more, one_less, kinds, lists, kind, end, last, -1)
    return total


@compiled
def price_of(
    options: Ints, menus: Ints, price_at: Ints, price: Longs, person: Number, option: Number
) -> Number:
    """What the rules about a single span charge a person for an option."""
    menu = options[option, MENU]
    at = price_at[person, menu]
    if at < 0:
        return np.int64(FORBIDDEN)
    return price[at + option - menus[menu, OPTIONS]]


@compiled
def totals_cost(
    options: Ints, amounts: Ints, totals: Longs, first: Number, last: Number, works: Ints
) -> Number:
    """What the totals of a person charge; ``works`` is the number of options, then the options."""
    cost, total = np.int64(0), np.int64(0)
    for row in range(first, last):
        measure, since, until = totals[row, MEASURE], totals[row, SINCE], totals[row, UNTIL]
        again = row > first and measure == totals[row - 1, MEASURE]
        if not (again and since == totals[row - 1, SINCE] and until == totals[row - 1, UNTIL]):
            total = np.int64(0)
            for place in range(1, works[0] + 1):
                if since <= options[works[place], DAY] < until:
                    total += amounts[measure, works[place]]
        if total < totals[row, LEAST]:
            cost += totals[row, TOTAL_WEIGHT] * (totals[row, LEAST] - total)
        elif total > totals[row, MOST]:
            cost += totals[row, TOTAL_WEIGHT] * (total - totals[row, MOST])
    return cost


@compiled
def gaps_cost(
    options: Ints, amounts: Ints, gaps: Longs, first: Number, last: Number, next_start: Number, works: Ints
) -> Number:
    """What the gaps between a person's spans charge."""
    cost = np.int64(0)
    for row in range(first, last):
        until = gaps[row, BEFORE]
        for place in range(1, works[0] + 1):
            option = works[place]
            if options[option, START] < until:
                cost += gaps[row, GAP_WEIGHT] * (until - options[option, START])
            until = np.int64(-FORBIDDEN)
            if amounts[gaps[row, GAP_MEASURE], option]:
                since = options[option, START] if gaps[row, FROM_START] else options[option, END]
                until = since + gaps[row, GAP_MINUTES]
        if works[0] and next_start < until:
            cost += gaps[row, GAP_WEIGHT] * (until - next_start)
    return cost


@compiled
def has_rest(
    options: Ints,
    past: Longs,
    first: Number,
    last: Number,
    later: Longs,
    later_first: Number,
    later_last: Number,
    works: Ints,
    start: Number,
    end: Number,
    minutes: Number,
) -> bool:
    """Whether a window contains so much rest."""
    free = start
    for place in range(first, last):
        if past[place, 0] >= end:
            return bool(end - free >= minutes)
        if past[place, 0] - free >= minutes:
            return True
        free = max(free, past[place, 1])
    for place in range(1, works[0] + 1):
        option = works[place]
        if options[option, START] >= end:
            return bool(end - free >= minutes)
        if options[option, START] - free >= minutes:
            return True
        free = max(free, np.int64(options[option, END]))
    for place in range(later_first, later_last):
        if later[place, 0] >= end:
            return bool(end - free >= minutes)
        if later[place, 0] - free >= minutes:
            return True
        free = max(free, later[place, 1])
    return bool(end - free >= minutes)


@compiled
def rests_cost(
    options: Ints,
    people: Longs,
    rests: Longs,
    windows: Longs,
    past: Longs,
    later: Longs,
    person: Number,
    works: Ints,
) -> Number:
    """What is charged for windows without rest."""
    cost = np.int64(0)
    for row in range(people[person, RESTS], people[person + 1, RESTS]):
        found = False
        for place in range(rests[row, WINDOWS], rests[row + 1, WINDOWS]):
            found = has_rest(
                options, past, people[person, PAST], people[person + 1, PAST],
                later, people[person, LATER], people[person + 1, LATER],
                works, windows[place, 0], windows[place, 1], windows[place, 2],
            )  # fmt: skip
            if found:
                break
        if not found:
            cost += rests[row, REST_WEIGHT]
    return cost


@compiled
def distincts_cost(amounts: Ints, distincts: Longs, first: Number, last: Number, works: Ints) -> Number:
    """What is charged for too few or too many different things."""
    cost = np.int64(0)
    for row in range(first, last):
        things = np.int64(0)
        for place in range(1, works[0] + 1):
            things |= amounts[distincts[row, THINGS], works[place]]
        number = np.int64(0)
        while things:
            things &= things - 1
            number += 1
        if number < distincts[row, FEWEST]:
            cost += distincts[row, DISTINCT_WEIGHT] * (distincts[row, FEWEST] - number)
        elif number > distincts[row, MOST_THINGS]:
            cost += distincts[row, DISTINCT_WEIGHT] * (number - distincts[row, MOST_THINGS])
    return cost


@compiled
def runs_cost(
    amounts: Ints, lists: Ints, runs: Longs, first: Number, last: Number, scratch: Ints, works: Ints
) -> Number:
    """What is charged for runs that are too long or too short."""
    cost = np.int64(0)
    for row in range(first, last):
        steps, size = runs[row, STEPS], runs[row, SIZE]
        for step in range(size):
            scratch[step] = lists[steps + step]
        for place in range(1, works[0] + 1):
            step = amounts[runs[row, STEP], works[place]]
            if step >= 0:
                scratch[step] = runs[row, BY_WORK]
        fixed, start, end = steps + size, runs[row, HORIZON], runs[row, HORIZON_END]
        units = too_long(lists, scratch, size, fixed, start, end, runs[row, LONGEST] + 1)
        units += too_short(
            lists, scratch, size, fixed, start, end, 1 - runs[row, BY_WORK], runs[row, SHORTEST]
        )
        cost += runs[row, RUN_WEIGHT] * units
    return cost


@compiled
def too_long(
    lists: Ints, scratch: Ints, size: Number, fixed: Number, start: Number, end: Number, window: Number
) -> Number:
    """How many windows of steps are all in a run, not all fixed, and not all before or after the horizon."""
    units, length, fixed_length = np.int64(0), np.int64(0), np.int64(0)
    for step in range(size):
        length = length + 1 if scratch[step] and not lists[fixed + size + step] else np.int64(0)
        fixed_length = fixed_length + 1 if lists[fixed + step] else np.int64(0)
        if length >= window and step + 1 - window < end and step >= start and fixed_length < window:
            units += 1
    return units


@compiled
def too_short(
    lists: Ints, scratch: Ints, size: Number, fixed: Number, start: Number, end: Number, reach: Number,
    least: Number,
) -> Number:  # fmt: skip
    """How many steps are missing in runs that the roster has made or ended and whose ends are seen."""
    units, first, all_fixed = np.int64(0), np.int64(-1), True
    if least <= 1 or start >= end:
        return units
    for step in range(size):
        if scratch[step]:
            if first < 0:
                first, all_fixed = np.int64(step), True
            all_fixed = all_fixed and lists[fixed + step] != 0
        elif first >= 0:
            near = first < end + reach and step > start - reach
            if first > 0 and near and not all_fixed:
                units += max(np.int64(0), least - (step - first))
            first = np.int64(-1)
    return units


@compiled
def follows_cost(
    options: Ints, amounts: Ints, lists: Ints, follows: Longs, first: Number, last: Number, works: Ints
) -> Number:
    """What is charged for work that may not follow other work."""
    cost = np.int64(0)
    for row in range(first, last):
        measure, refused, classes = follows[row, CLASS], follows[row, REFUSED], follows[row, CLASSES]
        for place in range(1, works[0]):
            day, own = options[works[place], DAY], amounts[measure, works[place]]
            for later in range(place + 1, works[0] + 1):
                apart = options[works[later], DAY] - day
                if apart > follows[row, WITHIN]:
                    break
                if apart > 0 and lists[refused + own * classes + amounts[measure, works[later]]]:
                    cost += follows[row, FOLLOW_WEIGHT]
    return cost


@compiled
def look_up(known: Keys, verdicts: Longs, key: Number) -> Number:
    """A verdict that is known; `MISSING` otherwise."""
    mask = np.uint64(known.size - 1)
    place = key & mask
    while known[place] != np.uint64(0):
        if known[place] == key:
            return verdicts[place]
        place = (place + np.uint64(1)) & mask
    return np.int64(MISSING)


@compiled
def remember(known: Keys, verdicts: Longs, key: Number, verdict: Number) -> Number:
    """Keep a verdict; 1 if it is new."""
    mask = np.uint64(known.size - 1)
    place = key & mask
    while known[place] != np.uint64(0):
        if known[place] == key:
            return 0
        place = (place + np.uint64(1)) & mask
    known[place] = key
    verdicts[place] = verdict
    return 1


@compiled
def asked_cost(
    keys: Keys,
    people: Longs,
    person_key: Keys,
    known: Keys,
    verdicts: Longs,
    asked: Keys,
    person: Number,
    works: Ints,
) -> Number:
    """What rules that only Python can read charge; `MISSING` after noting what to ask."""
    cost = np.int64(0)
    for about in range(2):
        if not people[person, ASKS_DAYS + about]:
            continue
        key = person_key[person] + np.uint64(about)
        for place in range(1, works[0] + 1):
            key += keys[works[place], about]
        key |= np.uint64(1)
        verdict = look_up(known, verdicts, key)
        if verdict == MISSING:
            asked[0], asked[1] = key, np.uint64(about)
            return verdict
        cost += verdict
    return cost


@compiled
def person_cost(
    world: World,
    known: Keys,
    verdicts: Longs,
    scratch: Ints,
    asked: Keys,
    person: Number,
    works: Ints,
    limit: Number,
) -> Number:
    """The cost of a person's work by all rules about one person, as far as it is at most ``limit``."""
    people = world.people
    cost = people[person, CONSTANT]
    for place in range(1, works[0] + 1):
        cost += price_of(world.options, world.menus, world.price_at, world.price, person, works[place])
    first, last = people[person, TOTALS], people[person + 1, TOTALS]
    cost += totals_cost(world.options, world.amounts, world.totals, first, last, works)
    if cost > limit:
        return cost
    first, last, next_start = people[person, GAPS], people[person + 1, GAPS], people[person, NEXT_START]
    cost += gaps_cost(world.options, world.amounts, world.gaps, first, last, next_start, works)
    if cost > limit:
        return cost
    first, last = people[person, DISTINCTS], people[person + 1, DISTINCTS]
    cost += distincts_cost(world.amounts, world.distincts, first, last, works)
    first, last = people[person, FOLLOWS], people[person + 1, FOLLOWS]
    cost += follows_cost(world.options, world.amounts, world.lists, world.follows, first, last, works)
    if cost > limit:
        return cost
    first, last = people[person, RUNS], people[person + 1, RUNS]
    cost += runs_cost(world.amounts, world.lists, world.runs, first, last, scratch, works)
    if cost > limit:
        return cost
    cost += rests_cost(
        world.options, people, world.rests, world.windows, world.past, world.later, person, works
    )
    if cost > limit:
        return cost
    more = asked_cost(world.keys, people, world.person_key, known, verdicts, asked, person, works)
    return more if more == MISSING else cost + more


@compiled
def draw(random: Keys, below: Number) -> Number:
    """A random whole number from 0 to ``below - 1`` (xorshift64*, Vigna 2016)."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    high = (x * np.uint64(2685821657736338717)) >> np.uint64(32)
    return np.int64((high * np.uint64(below)) >> np.uint64(32))


@compiled
def nearby(
    options: Ints,
    menus: Ints,
    lists: Ints,
    price_at: Ints,
    price: Longs,
    person: Number,
    option: Number,
    later_start: Number,
    later_end: Number,
) -> Number:
    """The option that begins and ends so many steps later; -1 if there is none."""
    menu = options[option, MENU]
    row, column = options[option, ROW] + later_start, options[option, COLUMN] + later_end
    if row < 0 or column < 0 or row >= menus[menu, ROWS] or column >= menus[menu, COLUMNS]:
        return np.int64(-1)
    new = np.int64(lists[menus[menu, GRID] + row * menus[menu, COLUMNS] + column])
    if new < 0 or price_of(options, menus, price_at, price, person, new) >= FORBIDDEN:
        return np.int64(-1)
    return new


@compiled
def step(random: Keys) -> Number:
    """A step forward or back, sometimes two."""
    size = 1 + (draw(random, 4) == 0)
    return size if draw(random, 2) else -size


@compiled
def good(
    options: Ints,
    menus: Ints,
    kinds: Ints,
    lists: Ints,
    price_at: Ints,
    price: Longs,
    one_more: Longs,
    one_less: Longs,
    random: Keys,
    person: Number,
    first: Number,
    last: Number,
) -> Number:
    """The best for coverage of some options of a day's menus; -1 if there is none."""
    best, least = np.int64(-1), np.int64(MISSING)
    if first == last:
        return best
    for _ in range(OFFERS):
        menu = lists[first + draw(random, last - first)]
        size = menus[menu + 1, OPTIONS] - menus[menu, OPTIONS]
        option = menus[menu, OPTIONS] + draw(random, size)
        if price_of(options, menus, price_at, price, person, option) >= FORBIDDEN:
            continue
        cells, until = options[option, FIRST_CELL], options[option, LAST_CELL]
        cost = cells_cost(one_more, one_less, kinds, lists, menus[menu, KIND], cells, until, 1)
        if cost < least:
            best, least = np.int64(option), cost
    return best


@compiled
def on(options: Ints, works: Ints, day: Number) -> Number:
    """The first option of a row of works on a day; -1 if there is none."""
    for place in range(1, works[0] + 1):
        if options[works[place], DAY] == day:
            return np.int64(works[place])
    return np.int64(-1)


@compiled
def open_day(options: Ints, people: Longs, lists: Ints, random: Keys, person: Number, works: Ints) -> Number:
    """A random day on which a person has options; -1 if there is none or no room."""
    first = people[person, OPEN]
    days = people[person + 1, OPEN] - first
    if days == 0 or works[0] + 1 >= works.size:
        return np.int64(-1)
    day = np.int64(lists[first + draw(random, days)])
    if people[person, ONE_A_DAY] and on(options, works, day) >= 0:
        return np.int64(-1)
    return day


@compiled
def begin(trial: Ints, place: Number, person: Number, gone: Number, come: Number) -> None:
    """One person's part of a trial."""
    trial[place, WHO] = person
    trial[place, GONE], trial[place, GONE + 1] = gone, -1
    trial[place, COME], trial[place, COME + 1] = come, -1


@compiled
def rival(menus: Ints, lists: Ints, random: Keys, menu: Number) -> Number:
    """Somebody who has a menu."""
    first = menus[menu, RIVALS]
    return np.int64(lists[first + draw(random, menus[menu + 1, RIVALS] - first)])


@inlined
def propose(world: World, state: State) -> Number:
    """Set up a random change of one or two people; the number of people, 0 where it makes no sense."""
    person = np.int64(state.crowd[draw(state.random, state.crowd.size)])
    works, dice = state.works[person], draw(state.random, 100)
    if works[0] == 0 or dice < 10:
        state.scalars[KIND_OF_MOVE] = NEW
        return propose_on_day(world, state, person, np.int64(-1))
    old = np.int64(works[1 + draw(state.random, works[0])])
    if dice < 30:
        state.scalars[KIND_OF_MOVE] = CHANGED
        return propose_near(world, state, person, old)
    if dice < 43:
        state.scalars[KIND_OF_MOVE] = TWO_CHANGED
        return propose_two(
            world, state, person, old, person, np.int64(works[1 + draw(state.random, works[0])])
        )
    if dice < 49:
        state.scalars[KIND_OF_MOVE] = BOTH_CHANGED
        other = rival(world.menus, world.lists, state.random, world.options[old, MENU])
        if not state.inside[other]:
            return 0
        theirs = on(world.options, state.works[other], world.options[old, DAY])
        return propose_two(world, state, person, old, other, theirs)
    if dice < 52:
        state.scalars[KIND_OF_MOVE] = REPLACED
        return propose_instead(world, state, person, old)
    if dice < 64:
        state.scalars[KIND_OF_MOVE] = OTHER_DAY
        return propose_on_day(world, state, person, old)
    if dice < 68:
        state.scalars[KIND_OF_MOVE] = TAKEN_AWAY
        begin(state.trial, 0, person, old, np.int64(-1))
        return 1
    state.scalars[KIND_OF_MOVE] = EXCHANGED if dice < 75 else EXCHANGED_TWICE if dice < 80 else EVENED_OUT
    return propose_exchange(world, state, person, old)


@inlined
def good_on(world: World, state: State, person: Number, day: Number) -> Number:
    """The best for coverage of some options of a day; -1 if there is none."""
    at = person * ((world.on_day.size - 1) // (world.people.shape[0] - 1)) + day
    return good(
        world.options, world.menus, world.kinds, world.lists, world.price_at, world.price,
        state.one_more, state.one_less, state.random, person, world.on_day[at], world.on_day[at + 1],
    )  # fmt: skip


@inlined
def propose_on_day(world: World, state: State, person: Number, old: Number) -> Number:
    """Work on a day that has room, new or (if not -1) instead of old work."""
    day = open_day(world.options, world.people, world.lists, state.random, person, state.works[person])
    new = good_on(world, state, person, day) if day >= 0 else np.int64(-1)
    begin(state.trial, 0, person, old, new)
    return 1 if new >= 0 and new != old else 0


@inlined
def propose_instead(world: World, state: State, person: Number, old: Number) -> Number:
    """The best of some options of the same day."""
    kind = world.menus[world.options[old, MENU], KIND]
    first, last = world.options[old, FIRST_CELL], world.options[old, LAST_CELL]
    arrays = (world.more, state.now, state.one_more, state.one_less, world.kinds, world.lists)
    count(*arrays, kind, first, last, -1)
    new = good_on(world, state, person, world.options[old, DAY])
    count(*arrays, kind, first, last, 1)
    begin(state.trial, 0, person, old, new)
    return 1 if new >= 0 and new != old else 0


@inlined
def propose_near(world: World, state: State, person: Number, old: Number) -> Number:
    """Begin, end or both a little earlier or later."""
    which, later = draw(state.random, 4), step(state.random)
    later_start = later if which != 1 else 0
    later_end = later if which == 1 or which == 2 else 0
    if which == 3:
        later_end = step(state.random)
    new = nearby(
        world.options,
        world.menus,
        world.lists,
        world.price_at,
        world.price,
        person,
        old,
        later_start,
        later_end,
    )
    begin(state.trial, 0, person, old, new)
    return 1 if new >= 0 else 0


@inlined
def propose_two(
    world: World, state: State, person: Number, old: Number, other: Number, theirs: Number
) -> Number:
    """Change two spans a little: of one person, as long in all; of two people, covering about the same."""
    if theirs < 0 or (theirs == old and other == person):
        return 0
    at_end, other_at_end = draw(state.random, 2), draw(state.random, 2)
    later = step(state.random)
    back = -later if at_end == other_at_end else later
    tables = (world.options, world.menus, world.lists, world.price_at, world.price)
    new = nearby(*tables, person, old, later * (1 - at_end), later * at_end)
    theirs_new = nearby(*tables, other, theirs, back * (1 - other_at_end), back * other_at_end)
    if new < 0 or theirs_new < 0:
        return 0
    begin(state.trial, 0, person, old, new)
    if other == person:
        state.trial[0, GONE + 1], state.trial[0, COME + 1] = theirs, theirs_new
        return 1
    begin(state.trial, 1, other, theirs, theirs_new)
    return 2


@compiled
def longer(options: Ints, what: Number, mine: Number, theirs: Number) -> Number:
    """How many minutes longer somebody works after an exchange of all (-1 is no work), ends or starts."""
    if what == ENDS:
        return np.int64(options[theirs, END] - options[mine, END])
    if what == STARTS:
        return np.int64(options[mine, START] - options[theirs, START])
    minutes = np.int64(0)
    if theirs >= 0:
        minutes += options[theirs, END] - options[theirs, START]
    if mine >= 0:
        minutes -= options[mine, END] - options[mine, START]
    return minutes


@compiled
def adjoin(options: Ints, mine: Number, theirs: Number) -> bool:
    """Whether one span ends where the other begins."""
    return bool(options[mine, END] == options[theirs, START] or options[theirs, END] == options[mine, START])


@compiled
def with_times(options: Ints, menus: Ints, menu: Number, start: Number, end: Number) -> Number:
    """The option of a menu with these times; -1 if there is none."""
    for option in range(menus[menu, OPTIONS], menus[menu + 1, OPTIONS]):
        if options[option, START] == start and options[option, END] == end:
            return np.int64(option)
        if options[option, START] > start:
            break
    return np.int64(-1)


@compiled
def exchange(
    options: Ints, menus: Ints, lists: Ints, trial: Ints, part: Number, what: Number, mine: Number,
    theirs: Number, piece: Number, turned: Number,
) -> bool:  # fmt: skip
    """One part of a trial: two people exchange what they work on a day; whether that can be.

    ``piece`` is how long what is cut off is, ``turned`` which end it is, or whether the first takes all.
    """
    come, others = theirs, mine
    menu = options[max(mine, theirs), MENU]
    if what in (ENDS, STARTS):
        first, second = (mine, theirs) if what == ENDS else (theirs, mine)
        grid, columns = menus[menu, GRID], menus[menu, COLUMNS]
        come = np.int64(lists[grid + options[first, ROW] * columns + options[second, COLUMN]])
        others = np.int64(lists[grid + options[second, ROW] * columns + options[first, COLUMN]])
        if come < 0 or others < 0 or come == theirs:
            return False
    elif what == PARTED:
        whole = max(mine, theirs)
        start, end = options[whole, START], options[whole, END]
        cut = end - piece if turned else start + piece
        before = with_times(options, menus, menu, start, cut)
        after = with_times(options, menus, menu, cut, end)
        if before < 0 or after < 0:
            return False
        given, kept = (after, before) if turned else (before, after)
        come, others = (given, kept) if mine < 0 else (kept, given)
    elif what == JOINED:
        start = min(options[mine, START], options[theirs, START])
        end = max(options[mine, END], options[theirs, END])
        whole = with_times(options, menus, menu, start, end)
        if whole < 0:
            return False
        come, others = (whole, np.int64(-1)) if turned else (np.int64(-1), whole)
    trial[0, GONE + part], trial[0, COME + part] = mine, come
    trial[1, GONE + part], trial[1, COME + part] = theirs, others
    return bool(come != mine)


@compiled
def evens_out(options: Ints, what: Number, mine: Number, theirs: Number, minutes: Number) -> bool:
    """Whether an exchange makes up for somebody's working ``minutes`` longer on another day."""
    same = mine >= 0 and theirs >= 0 and options[mine, MENU] == options[theirs, MENU]
    if what == ALL or (what in (ENDS, STARTS) and same):
        return bool(abs(longer(options, what, mine, theirs) + minutes) <= EVEN)
    if what == PARTED and (mine < 0 or theirs < 0):
        minutes_given = minutes if mine >= 0 else -minutes
        return bool(0 < minutes_given < abs(longer(options, ALL, mine, theirs)))
    if what == JOINED and same and adjoin(options, mine, theirs):
        moving = longer(options, ALL, np.int64(-1), theirs if minutes < 0 else mine)
        return bool(abs(moving - abs(minutes)) <= EVEN)
    return False


@compiled
def evening_out(
    options: Ints, people: Longs, lists: Ints, random: Keys, person: Number, works: Ints, others: Ints,
    today: Number, minutes: Number,
) -> Number:  # fmt: skip
    """Another day, five times, plus what to exchange then so that both work about as long as before.

    ``minutes`` is how much longer the person works by what is exchanged today; -1 if there is no such day.
    """
    found, number = np.int64(-1), 0
    for place in range(people[person, OPEN], people[person + 1, OPEN]):
        day = lists[place]
        if day == today:
            continue
        mine, theirs = on(options, works, day), on(options, others, day)
        if mine == theirs:
            continue
        for what in range(JOINED + 1):
            if evens_out(options, what, mine, theirs, minutes):
                number += 1
                if draw(random, number) == 0:
                    found = np.int64((JOINED + 1) * day + what)
    return found


@compiled
def any_exchange(options: Ints, random: Keys, mine: Number, theirs: Number) -> Number:
    """What two people could exchange on a day on which the first works, at random."""
    if theirs < 0:
        return PARTED if draw(random, 2) else ALL
    if options[mine, MENU] != options[theirs, MENU]:
        return ALL
    if adjoin(options, mine, theirs):
        return JOINED if draw(random, 2) else ALL
    return draw(random, 3)


@inlined
def both_can(world: World, state: State) -> bool:
    """Whether two people have room for what comes by a trial, and may work it."""
    for place in range(2):
        one = state.trial[place, WHO]
        if state.works[one, 0] + 2 >= state.works.shape[1]:
            return False
        for column in range(COME, COME + 2):
            option = state.trial[place, column]
            if option >= 0 and (
                price_of(world.options, world.menus, world.price_at, world.price, one, option) >= FORBIDDEN
            ):
                return False
    return True


@inlined
def propose_exchange(world: World, state: State, person: Number, old: Number) -> Number:
    """Exchange work with somebody, on one day or on two."""
    options, menus, kind = world.options, world.menus, state.scalars[KIND_OF_MOVE]
    today = options[old, DAY]
    other = rival(menus, world.lists, state.random, options[old, MENU])
    if other == person or not state.inside[other]:
        return 0
    theirs = on(options, state.works[other], today)
    begin(state.trial, 0, person, old, old)
    begin(state.trial, 1, other, theirs, theirs)
    turned, piece = draw(state.random, 2), np.int64(0)
    what = ALL if kind == EXCHANGED_TWICE else any_exchange(options, state.random, old, theirs)
    if what == PARTED:
        first, last = menus[options[old, MENU], OPTIONS], menus[options[old, MENU] + 1, OPTIONS]
        piece = longer(options, ALL, np.int64(-1), first + draw(state.random, last - first))
        minutes = -piece
    elif what == JOINED:
        minutes = (
            longer(options, ALL, np.int64(-1), theirs) if turned else longer(options, ALL, old, np.int64(-1))
        )
    else:
        minutes = longer(options, what, old, theirs)
    if not exchange(options, menus, world.lists, state.trial, 0, what, old, theirs, piece, turned):
        return 0
    if kind != EXCHANGED and not propose_second_day(world, state, person, other, today, minutes):
        return 0
    return 2 if both_can(world, state) else 0


@inlined
def propose_second_day(
    world: World, state: State, person: Number, other: Number, today: Number, minutes: Number
) -> bool:
    """Exchange all on any other day, or what evens out ``minutes``, where that many matter."""
    works, others = state.works[person], state.works[other]
    if state.scalars[KIND_OF_MOVE] == EXCHANGED_TWICE:
        first = world.people[person, OPEN]
        day = np.int64(world.lists[first + draw(state.random, world.people[person + 1, OPEN] - first)])
        if day == today:
            return False
        what = np.int64(ALL)
    else:
        found = evening_out(
            world.options, world.people, world.lists, state.random, person, works, others, today, minutes
        )
        if found < 0:
            return bool(abs(minutes) <= EVEN)
        day, what = found // (JOINED + 1), found % (JOINED + 1)
    mine, theirs = on(world.options, works, day), on(world.options, others, day)
    turned = draw(state.random, 2) if what == PARTED else np.int64(minutes < 0)
    return bool(
        mine != theirs
        and exchange(
            world.options, world.menus, world.lists, state.trial, 1, what, mine, theirs, abs(minutes), turned
        )
    )


@compiled
def recount(
    options: Ints,
    menus: Ints,
    kinds: Ints,
    lists: Ints,
    more: Longs,
    now: Ints,
    one_more: Longs,
    one_less: Longs,
    trial: Ints,
    people: Number,
    sign: Number,
) -> Number:
    """Count people where they are after a trial (``sign`` = 1), or as before it (-1); what it costs."""
    cost = np.int64(0)
    for place in range(people):
        for column in range(GONE, COME + 2):
            option = trial[place, column]
            if option >= 0:
                kind = menus[options[option, MENU], KIND]
                first, last = options[option, FIRST_CELL], options[option, LAST_CELL]
                one = sign if column >= COME else -sign
                cost += count(more, now, one_more, one_less, kinds, lists, kind, first, last, one)
    return cost


@compiled
def apart(options: Ints, menus: Ints, trial: Ints, people: Number) -> bool:
    """Whether no two parts of a trial cover the same: options of one kind, on different days."""
    days = 0
    for place in range(people):
        for part in range(2):
            old, new = trial[place, GONE + part], trial[place, COME + part]
            if old >= 0 and new >= 0 and menus[options[old, MENU], KIND] != menus[options[new, MENU], KIND]:
                return False
            if old >= 0 and new >= 0 and people == 1 and trial[0, GONE + 1] < 0:
                return True
            if old >= 0 or new >= 0:
                days += 1
    if days == 1:
        return True
    return people == 1 and bool(options[trial[0, GONE], DAY] != options[trial[0, GONE + 1], DAY])


@compiled
def changed(
    options: Ints,
    menus: Ints,
    kinds: Ints,
    lists: Ints,
    one_more: Longs,
    one_less: Longs,
    old: Number,
    new: Number,
) -> Number:
    """What it costs to have somebody at ``new`` and no longer at ``old``, of one kind; -1 is nowhere."""
    if old < 0 and new < 0:
        return np.int64(0)
    kind = menus[options[max(old, new), MENU], KIND]
    if old < 0:
        first, last = options[new, FIRST_CELL], options[new, LAST_CELL]
        return cells_cost(one_more, one_less, kinds, lists, kind, first, last, 1)
    first, last = options[old, FIRST_CELL], options[old, LAST_CELL]
    if new < 0:
        return cells_cost(one_more, one_less, kinds, lists, kind, first, last, -1)
    start, end = options[new, FIRST_CELL], options[new, LAST_CELL]
    return moved(one_more, one_less, kinds, lists, kind, first, last, start, end)


@compiled
def places(
    options: Ints, menus: Ints, shifts: Longs, filled: Ints, trial: Ints, people: Number, sign: Number
) -> Number:
    """Fill places of given shifts as a trial does; the cost, `FORBIDDEN` where one has too many people."""
    cost = np.int64(0)
    for place in range(people):
        for column in range(GONE, COME + 2):
            option = trial[place, column]
            if option >= 0 and menus[options[option, MENU], SHIFT] >= 0:
                shift, one = menus[options[option, MENU], SHIFT], sign if column >= COME else -sign
                filled[shift] += one
                cost -= one * shifts[shift, PLACE_PRICE]
    for place in range(people):
        for column in range(COME, COME + 2):
            option = trial[place, column]
            if option >= 0 and menus[options[option, MENU], SHIFT] >= 0:
                shift = menus[options[option, MENU], SHIFT]
                if filled[shift] > shifts[shift, HEADCOUNT]:
                    return np.int64(FORBIDDEN)
    return cost


@compiled
def replace(options: Ints, works: Ints, trial: Ints, candidate: Ints) -> bool:
    """Write the work a person would have, by start; False where a menu comes twice."""
    number = 0
    for at in range(1, works[0] + 1):
        option = works[at]
        if option != trial[GONE] and option != trial[GONE + 1]:
            number += 1
            candidate[number] = option
    for column in range(COME, COME + 2):
        option = trial[column]
        if option < 0:
            continue
        number += 1
        at = number
        while at > 1 and options[candidate[at - 1], START] > options[option, START]:
            candidate[at] = candidate[at - 1]
            at -= 1
        candidate[at] = option
    candidate[0] = number
    twice = False
    for at in range(1, number):
        twice = twice or options[candidate[at], MENU] == options[candidate[at + 1], MENU]
    return not twice


@inlined
def prepare(world: World, state: State, temperature: float) -> bool:
    """Set up a change and work out what it costs all together; whether there is one."""
    people = propose(world, state)
    if people == 0:
        return False
    scalars, trial, kind = state.scalars, state.trial, state.scalars[KIND_OF_MOVE]
    options, menus, kinds, lists = world.options, world.menus, world.kinds, world.lists
    scalars[PEOPLE] = people
    state.gains[kind, 0] += 1
    state.limit[0] = -temperature * log(1.0 - draw(state.random, 1 << 30) / (1 << 30))
    one_more, one_less = state.one_more, state.one_less
    if kind >= EXCHANGED:
        scalars[CHANGE] = 0
    elif apart(options, menus, trial, people):
        scalars[CHANGE] = 0
        for place in range(people):
            for part in range(2):
                old, new = trial[place, GONE + part], trial[place, COME + part]
                scalars[CHANGE] += changed(options, menus, kinds, lists, one_more, one_less, old, new)
    else:
        recounted = recount(
            options, menus, kinds, lists, world.more, state.now, one_more, one_less, trial, people, 1
        )
        recount(options, menus, kinds, lists, world.more, state.now, one_more, one_less, trial, people, -1)
        scalars[CHANGE] = recounted
    if world.shifts.shape[0]:
        scalars[CHANGE] += places(options, menus, world.shifts, state.filled, trial, people, 1)
        places(options, menus, world.shifts, state.filled, trial, people, -1)
    return True


@inlined
def judge(world: World, state: State) -> Number:
    """Judge the people of a trial: 1 if it is to be taken, 0 if not, -1 if a verdict has to be asked for."""
    change, people, limit = state.scalars[CHANGE], state.scalars[PEOPLE], state.limit[0]
    for place in range(people):
        change -= state.cost[state.trial[place, WHO]]
    verdict = 1 if change <= limit else 0
    for place in range(people):
        if verdict != 1:
            break
        person = state.trial[place, WHO]
        if not replace(world.options, state.works[person], state.trial[place], state.candidate[place]):
            verdict = 0
            break
        left = np.int64(limit - change)
        cost = person_cost(
            world,
            state.known,
            state.verdicts,
            state.scratch,
            state.asked,
            person,
            state.candidate[place],
            left,
        )
        state.candidate_cost[place] = cost
        if cost == MISSING:
            state.scalars[ASKED_ABOUT] = place
            verdict = -1
        else:
            if cost - state.cost[person] >= HARD:
                state.gains[state.scalars[KIND_OF_MOVE], 0] -= 1
            change += cost
            verdict = 1 if change <= limit else 0
    if verdict == 1:
        state.scalars[TOTAL] += change
    return verdict


@inlined
def take(world: World, state: State) -> None:
    """Make the trial the roster, and keep the roster before it if that was the best."""
    scalars, trial, people = state.scalars, state.trial, state.scalars[PEOPLE]
    if scalars[UNSAVED] and scalars[TOTAL] >= scalars[BEST]:
        for place in range(state.crowd.size):
            person = state.crowd[place]
            for at in range(state.works[person, 0] + 1):
                state.best[person, at] = state.works[person, at]
        scalars[UNSAVED] = 0
    if scalars[KIND_OF_MOVE] < EXCHANGED:
        recount(
            world.options, world.menus, world.kinds, world.lists, world.more, state.now,
            state.one_more, state.one_less, trial, people, 1,
        )  # fmt: skip
    if world.shifts.shape[0]:
        places(world.options, world.menus, world.shifts, state.filled, trial, people, 1)
    for place in range(people):
        person = trial[place, WHO]
        for at in range(state.candidate[place, 0] + 1):
            state.works[person, at] = state.candidate[place, at]
        state.cost[person] = state.candidate_cost[place]
    if scalars[TOTAL] < scalars[BEST]:
        scalars[BEST] = scalars[TOTAL]
        scalars[UNSAVED] = 1


@compiled
def run(world: World, state: State, moves: Number, temperature: float) -> Number:
    """Try changes until ``moves`` more are done or a verdict has to be asked for.

    Returns
    -------
    int
        How many are left to do; never 0 while a verdict is asked for.
    """
    while moves > 0:
        moves -= 1
        if state.scalars[WAITING] == 0 and not prepare(world, state, temperature):
            continue
        verdict = judge(world, state)
        state.scalars[WAITING] = 0
        if verdict < 0:
            state.scalars[WAITING] = 1
            return moves + 1
        if verdict > 0:
            take(world, state)
            state.gains[state.scalars[KIND_OF_MOVE], 1] += 1
    return 0
