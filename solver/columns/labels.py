"""The compiled part of pricing: the cheapest work of one person, by labels that walk along the days.

A label is the work of the first days: what it costs so far, and the state in which the rules are. A label
that costs no more than another, whatever follows, makes the other superfluous (dominance), so few remain.

References
----------
Irnich, Desaulniers (2005), Shortest path problems with resource constraints, in Column Generation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.lns.kernel import HARD, Ints, Keys, Longs, Number, compiled, inlined

Floats = NDArray[np.float64]

FAR = 1 << 30
"""Later than any minute; -FAR is earlier than any."""

NEVER = 1e15
"""More than any work costs."""

SINCE, UNTIL, SLOT, ROWS = range(4)
"""Columns of the counters: the days they count, their place in the state, their first row of limits."""

LEAST, MOST, WEIGHT = range(3)
"""Columns of the limits of counters."""

GAP_MINUTES, FROM_START, GAP_WEIGHT, BEFORE = range(4)
"""Columns of the gaps."""

REST_WEIGHT, WINDOWS, REST_OPENS, REST_CLOSES, BIT, RESTED = range(6)
"""Columns of the rests: first window, days that matter, bit in the state, whether history has it."""

FEWEST, MOST_THINGS, DISTINCT_WEIGHT = range(3)
"""Columns of the distincts."""

BY_WORK, SHORTEST, LONGEST, RUN_WEIGHT, STEPS, SIZE, HORIZON, HORIZON_END = range(8)
"""Columns of the runs; the lists of steps are base, fixed so far, unlimited, and whether too long counts."""

WITHIN, CLASSES, REFUSED, BETTER, FOLLOW_WEIGHT, PLACE = range(6)
"""Columns of the follows: days back, lists of what refuses what and what refuses less, place in the state."""

NEXT_START, LATER, ONE_A_DAY, GAP_AT, END_AT, BITS_AT, DISTINCT_AT, RUN_AT, FOLLOW_AT, FIGURES = range(10)
"""Places of the scalars: limits of the horizon, then where in the state each kind of rule begins."""

TREE, EXACT, LOOKED_AT, INTERRUPTED = range(4)
"""Places of the counts: size of the tree, whether nothing was cut, labels looked at, whether to stop."""


class Walk(NamedTuple):
    """How the rules of one person walk along the days."""

    scalars: Longs
    first: Ints  # [day]: first option of the day, in the order of start
    times: Ints  # [option, (start, end, menu)]
    counters: Longs  # [counter, column]
    limits: Longs  # [limit, column]
    amounts: Ints  # [option, counter]
    ahead: Longs  # [day, counter, (least, most)] that later days can add
    active_first: Ints  # [day]
    active: Ints  # counters that count on the day
    gaps: Longs  # [gap, column]
    gap_counts: Ints  # [option, gap]
    earliest: Longs  # [day]: first start on a later day
    rests: Longs  # [rest, column]
    windows: Longs  # [window, (start, end, minutes)]
    later: Longs  # [span, (start, end)], upcoming work
    distincts: Longs  # [distinct, column]
    things: Ints  # [option, distinct]
    coming: Ints  # [day, distinct]: what later days can have
    runs: Longs  # [run, column]
    steps: Ints  # [option, run]
    closed: Ints  # [day, run]: steps that are decided before the day
    begin: Ints  # [place]: the state before the first day
    pace: Longs  # (run of work, run of days off, its states): what `look_ahead` walks along; -1 for none
    pace_at: Ints  # [state of one, state of the other]: number of the pace
    pace_next: Ints  # [day, pace, hits]: the pace after the day; what is hit has a bit for each run
    pace_cost: Floats  # [day, pace, hits]
    hits: Ints  # [option]
    main: Longs  # [day, (counter that `look_ahead` counts, -1 for none; its unit)]
    room: Longs  # [day]: units of that counter that there can be before the day, and one
    alike: Ints  # [option, (kind of effects, rank of the start, rank of the end)]: what `thin` compares
    follows: Longs  # [follow, column]
    classes: Ints  # [option, follow]
    lists: Ints


class Work(NamedTuple):
    """Room to work in, for one thread."""

    cost: Floats  # [label]
    state: Ints  # [label, place]
    node: Ints  # [label]: in the tree
    next_cost: Floats
    next_state: Ints
    next_node: Ints
    hope: Floats  # [label]: cost at best in the end
    next_last: Ints  # [label]: option added last on this day; -1 for none
    keys: Keys  # [label]
    order: Ints  # [label]
    chain: Ints  # [label]: next kept label of the same bucket
    bucket: Ints  # [hash, (first, last)] kept label
    parent: Ints  # [node]
    option: Ints  # [node]
    suffix: Floats  # [day]: what the days from then on can give at best
    ahead: Floats  # [day, unit, pace]: the same where so much of the main counter is used; day by day
    ahead_at: Longs  # [day]: first place of the day
    menu_best: Floats  # [menu]
    counts: Longs


@compiled
def over(limits: Longs, first: Number, last: Number, total: Number) -> Number:
    """What the limits of a counter charge for a total."""
    cost = np.int64(0)
    for row in range(first, last):
        if total < limits[row, LEAST]:
            cost += limits[row, WEIGHT] * (limits[row, LEAST] - total)
        elif total > limits[row, MOST]:
            cost += limits[row, WEIGHT] * (total - limits[row, MOST])
    return cost


@compiled
def bits(number: Number) -> Number:
    """How many bits of a number are set."""
    found = 0
    while number:
        number &= number - 1
        found += 1
    return found


@inlined
def add(walk: Walk, on: Ints, state: Ints, option: Number, day: Number) -> float:
    """Add an option to a state; what that costs, or `NEVER`."""
    figures = walk.scalars
    start, end = walk.times[option, 0], walk.times[option, 1]
    cost = np.int64(0)
    for at in range(walk.active_first[day], walk.active_first[day + 1]):
        counter = walk.active[at]
        if on[counter]:
            state[walk.counters[counter, SLOT]] += walk.amounts[option, counter]
    for gap in range(walk.gaps.shape[0]):
        place = figures[GAP_AT] + gap
        if start < state[place]:
            cost += walk.gaps[gap, GAP_WEIGHT] * (state[place] - start)
        if walk.gap_counts[option, gap]:
            since = start if walk.gaps[gap, FROM_START] else end
            state[place] = since + walk.gaps[gap, GAP_MINUTES]
        else:
            state[place] = -FAR
    add_rests(walk, state, start, end, day)
    for distinct in range(walk.distincts.shape[0]):
        state[figures[DISTINCT_AT] + 2 * distinct + 1] |= walk.things[option, distinct]
    for run in range(walk.runs.shape[0]):
        if walk.steps[option, run] >= 0:
            state[figures[RUN_AT] + 2 * run] |= 1
    for follow in range(walk.follows.shape[0]):
        place, own = walk.follows[follow, PLACE], walk.classes[option, follow]
        for back in range(1, walk.follows[follow, WITHIN] + 1):
            before = state[place + back]
            if (
                before >= 0
                and walk.lists[walk.follows[follow, REFUSED] + before * walk.follows[follow, CLASSES] + own]
            ):
                cost += walk.follows[follow, FOLLOW_WEIGHT]
        state[place] = own
    return NEVER if cost >= HARD else float(cost)


@inlined
def add_rests(walk: Walk, state: Ints, start: Number, end: Number, day: Number) -> None:
    """Note which windows have their rest before a span."""
    figures = walk.scalars
    if walk.rests.shape[0]:
        free, rested = state[figures[END_AT]], state[figures[BITS_AT]]
        for rest in range(walk.rests.shape[0] - 1):
            if not walk.rests[rest, REST_OPENS] <= day <= walk.rests[rest, REST_CLOSES]:
                continue
            bit = np.int32(1) << np.int32(walk.rests[rest, BIT])
            if not rested & bit:
                for window in range(walk.rests[rest, WINDOWS], walk.rests[rest + 1, WINDOWS]):
                    until = min(np.int64(start), walk.windows[window, 1])
                    if until - max(np.int64(free), walk.windows[window, 0]) >= walk.windows[window, 2]:
                        rested |= bit
        state[figures[BITS_AT]] = rested
        state[figures[END_AT]] = max(free, end)


@inlined
def close(walk: Walk, on: Ints, state: Ints, day: Number) -> float:
    """End a day: charge what is decided, forget what no longer matters; what it costs, or `NEVER`."""
    figures, cost = walk.scalars, np.int64(0)
    last_day = walk.first.size - 2
    for at in range(walk.active_first[day], walk.active_first[day + 1]):
        counter = walk.active[at]
        if not on[counter]:
            continue
        slot = walk.counters[counter, SLOT]
        first, last = walk.counters[counter, ROWS], walk.counters[counter + 1, ROWS]
        if walk.counters[counter, UNTIL] == day + 1:
            cost += over(walk.limits, first, last, np.int64(state[slot]))
            state[slot] = 0
        else:
            total = np.int64(state[slot])
            low, high = total + walk.ahead[day, counter, 0], total + walk.ahead[day, counter, 1]
            for row in range(first, last):
                if walk.limits[row, WEIGHT] >= HARD and (
                    high < walk.limits[row, LEAST] or low > walk.limits[row, MOST]
                ):
                    cost += HARD
    for gap in range(walk.gaps.shape[0]):
        place = figures[GAP_AT] + gap
        if day == last_day and figures[NEXT_START] < state[place]:
            cost += walk.gaps[gap, GAP_WEIGHT] * (state[place] - figures[NEXT_START])
        if state[place] <= walk.earliest[day] and state[place] <= figures[NEXT_START]:
            state[place] = -FAR
    cost += close_rests(walk, state, day)
    cost += close_distincts(walk, state, day)
    for run in range(walk.runs.shape[0]):
        cost += close_run(
            walk, state, run, np.int64(walk.closed[day, run]), np.int64(walk.closed[day + 1, run])
        )
    for follow in range(walk.follows.shape[0]):
        place = walk.follows[follow, PLACE]
        for back in range(walk.follows[follow, WITHIN], 0, -1):
            state[place + back] = state[place + back - 1]
        state[place] = -1
    return NEVER if cost >= HARD else float(cost)


@inlined
def close_rests(walk: Walk, state: Ints, day: Number) -> Number:
    """Charge windows that are over without a rest, begin those that matter from the next day on."""
    figures, cost = walk.scalars, np.int64(0)
    if walk.rests.shape[0]:
        free, rested, matters = state[figures[END_AT]], state[figures[BITS_AT]], np.int64(FAR)
        for rest in range(walk.rests.shape[0] - 1):
            opens, closes = walk.rests[rest, REST_OPENS], walk.rests[rest, REST_CLOSES]
            bit = np.int32(1) << np.int32(walk.rests[rest, BIT])
            first, last = walk.rests[rest, WINDOWS], walk.rests[rest + 1, WINDOWS]
            if closes == day and opens <= day:
                if not rested & bit and not rests_at_last(
                    walk.windows, walk.later, first, last, np.int64(free)
                ):
                    cost += walk.rests[rest, REST_WEIGHT]
                rested &= ~bit
            if opens == day + 1 and walk.rests[rest, RESTED]:
                rested |= bit
            if closes > day and (opens > day or not rested & bit):
                for window in range(first, last):
                    matters = min(matters, walk.windows[window, 0])
        state[figures[BITS_AT]] = rested
        state[figures[END_AT]] = FAR if matters == FAR else max(np.int64(free), matters)
    return cost


@compiled
def rests_at_last(windows: Longs, later: Longs, first: Number, last: Number, free: Number) -> bool:
    """Whether one of some windows has its rest after all work of the roster."""
    for window in range(first, last):
        since, until, minutes = windows[window, 0], windows[window, 1], windows[window, 2]
        at = max(free, since)
        for span in range(later.shape[0]):
            if min(later[span, 0], until) - at >= minutes:
                return True
            at = max(at, later[span, 1])
        if until - at >= minutes:
            return True
    return False


@inlined
def close_distincts(walk: Walk, state: Ints, day: Number) -> Number:
    """Count things that cannot come again, and charge them at the end."""
    cost, last_day = np.int64(0), walk.first.size - 2
    for distinct in range(walk.distincts.shape[0]):
        place = walk.scalars[DISTINCT_AT] + 2 * distinct
        over_now = state[place + 1] & ~walk.coming[day, distinct]
        if over_now:
            state[place] += bits(over_now)
            state[place + 1] &= walk.coming[day, distinct]
        total, row = state[place], walk.distincts[distinct]
        if day == last_day:
            if total < row[FEWEST]:
                cost += row[DISTINCT_WEIGHT] * (row[FEWEST] - total)
            elif total > row[MOST_THINGS]:
                cost += row[DISTINCT_WEIGHT] * (total - row[MOST_THINGS])
        elif row[DISTINCT_WEIGHT] >= HARD and total + bits(state[place + 1]) > row[MOST_THINGS]:
            cost += HARD
    return cost


@compiled
def run_steps(
    runs: Longs, lists: Ints, run: Number, now: Number, limited: Number, since: Number, until: Number
) -> tuple[Number, Number, Number]:
    """Decide some steps of a run: the state after, the part of the run that is limited, what it costs."""
    length, exempt, hit = now >> 2, (now >> 1) & 1, now & 1
    size, steps = runs[run, SIZE], runs[run, STEPS]
    least, window = runs[run, SHORTEST], runs[run, LONGEST] + 1
    most = max(least, window) if window < FAR else max(least, np.int64(1))
    units = np.int64(0)
    for step in range(since, until):
        inside = runs[run, BY_WORK] if hit else np.int64(lists[steps + step])
        hit = np.int64(0)
        if inside:
            if length == 0:
                exempt = np.int64(1) if step == 0 else np.int64(0)
            length += 1
            limited = np.int64(0) if lists[steps + 2 * size + step] else limited + 1
            if limited >= window and lists[steps + 3 * size + step]:
                units += 1
            length, limited = min(length, most), min(limited, window)
        else:
            if 0 < length < least and not exempt:
                begun = step - length
                reach = 1 - runs[run, BY_WORK]
                near = begun < runs[run, HORIZON_END] + reach and step > runs[run, HORIZON] - reach
                fixed = lists[steps + size + step] - lists[steps + size + begun]
                if near and fixed < length and runs[run, HORIZON] < runs[run, HORIZON_END]:
                    units += least - length
            length, exempt, limited = np.int64(0), np.int64(0), np.int64(0)
    return length << 2 | exempt << 1 | hit, limited, units * runs[run, RUN_WEIGHT]


@inlined
def close_run(walk: Walk, state: Ints, run: Number, since: Number, until: Number) -> Number:
    """Decide the steps of a run that no later work can change."""
    place = walk.scalars[RUN_AT] + 2 * run
    if since == until:
        return np.int64(0)
    now, limited, cost = run_steps(
        walk.runs, walk.lists, run, np.int64(state[place]), np.int64(state[place + 1]), since, until
    )
    state[place], state[place + 1] = now, limited
    return cost


@inlined
def key_of(walk: Walk, on: Ints, state: Ints, day: Number, rough: Number) -> Number:
    """Equal for states of which one may dominate the other."""
    key = np.uint64(1469598103934665603)
    for run in range(walk.runs.shape[0]):
        key = (key ^ np.uint64(state[walk.scalars[RUN_AT] + 2 * run])) * np.uint64(1099511628211)
    for distinct in range(walk.distincts.shape[0]):
        if walk.distincts[distinct, FEWEST] > 0:
            place = walk.scalars[DISTINCT_AT] + 2 * distinct
            key = (key ^ np.uint64(state[place])) * np.uint64(1099511628211)
            key = (key ^ np.uint64(state[place + 1])) * np.uint64(1099511628211)
    for at in range(walk.active_first[day], walk.active_first[day + 1]):
        counter = walk.active[at]
        if rough == 0 and on[counter] and walk.counters[counter, UNTIL] > day + 1:
            total = np.int64(state[walk.counters[counter, SLOT]])
            first, last = walk.counters[counter, ROWS], walk.counters[counter + 1, ROWS]
            if matters(walk.limits, first, last, total, walk.ahead[day, counter, 1]):
                key = (key ^ np.uint64(total)) * np.uint64(1099511628211)
    return key


@compiled
def matters(limits: Longs, first: Number, last: Number, total: Number, ahead: Number) -> bool:
    """Whether a total can still become too much by a hard limit, and still has to grow by another."""
    much, little = False, False
    for row in range(first, last):
        if limits[row, WEIGHT] >= HARD:
            much = much or total + ahead > limits[row, MOST]
            little = little or total < limits[row, LEAST]
    return much and little


@inlined
def unrested(walk: Walk, mine: Ints, other: Ints, day: Number) -> Number:
    """What windows can cost at most that one state may leave without rest and another may not."""
    figures, price = walk.scalars, np.int64(0)
    if walk.rests.shape[0]:
        ends, theirs = mine[figures[END_AT]], other[figures[END_AT]]
        rested, also = mine[figures[BITS_AT]], other[figures[BITS_AT]]
        if ends > theirs or also & ~rested:
            for rest in range(walk.rests.shape[0] - 1):
                if walk.rests[rest, REST_CLOSES] > day:
                    bit = np.int32(1) << np.int32(walk.rests[rest, BIT])
                    opened = walk.rests[rest, REST_OPENS] <= day + 1
                    if not (opened and rested & bit) and (ends > theirs or (opened and also & bit)):
                        price += walk.rests[rest, REST_WEIGHT]
    return price


@inlined
def dominates(walk: Walk, on: Ints, mine: Ints, other: Ints, room: float, day: Number, rough: Number) -> bool:
    """Whether whatever follows costs at most ``room`` more after one state than after another.

    Totals that differ by no more than ``rough`` count as equal.
    """
    figures = walk.scalars
    for run in range(walk.runs.shape[0]):
        place = figures[RUN_AT] + 2 * run
        if mine[place + 1] != other[place + 1]:
            return False
    for follow in range(walk.follows.shape[0]):
        place, classes = walk.follows[follow, PLACE], walk.follows[follow, CLASSES] + 1
        for back in range(1, walk.follows[follow, WITHIN] + 1):
            one, two = mine[place + back] + 1, other[place + back] + 1
            if one != two and not walk.lists[walk.follows[follow, BETTER] + one * classes + two]:
                return False
    for gap in range(walk.gaps.shape[0]):
        more = np.int64(mine[figures[GAP_AT] + gap]) - other[figures[GAP_AT] + gap]
        if more > 0:
            room -= walk.gaps[gap, GAP_WEIGHT] * more
    for at in range(walk.active_first[day], walk.active_first[day + 1]):
        counter = walk.active[at]
        if on[counter] and walk.counters[counter, UNTIL] > day + 1:
            slot = walk.counters[counter, SLOT]
            one, two = np.int64(mine[slot]), np.int64(other[slot])
            if one != two and abs(one - two) > rough:
                first, last = walk.counters[counter, ROWS], walk.counters[counter + 1, ROWS]
                further = walk.ahead[day, counter, 1 if one > two else 0]
                room -= over(walk.limits, first, last, one + further)
                room += over(walk.limits, first, last, two + further)
    room -= unrested(walk, mine, other, day)
    for distinct in range(walk.distincts.shape[0]):
        place, row = figures[DISTINCT_AT] + 2 * distinct, walk.distincts[distinct]
        total = np.int64(other[place] + bits(other[place + 1]))
        worst = np.int64(mine[place] + bits(mine[place + 1] | other[place + 1]))
        if worst > total:
            further = bits(walk.coming[day, distinct])
            more = max(np.int64(0), worst + further - row[MOST_THINGS])
            room -= row[DISTINCT_WEIGHT] * (more - max(np.int64(0), total + further - row[MOST_THINGS]))
    return room >= 0


@compiled
def thin(first: Ints, alike: Ints, prices: Floats) -> None:
    """Price out options of a day that another one replaces at no more cost, whatever else is worked."""
    for day in range(first.size - 1):
        for one in range(first[day], first[day + 1]):
            if prices[one] >= NEVER:
                continue
            for two in range(first[day], first[day + 1]):
                if (
                    alike[one, 0] == alike[two, 0]
                    and one != two
                    and prices[one] <= prices[two]
                    and alike[one, 1] >= alike[two, 1]
                    and alike[one, 2] <= alike[two, 2]
                ):
                    prices[two] = NEVER


@compiled
def sort(order: Ints, cost: Floats, size: Number) -> None:
    """Put the first labels in the order of their cost (heap sort)."""
    for place in range(size):
        order[place] = place
    for begin in range(size // 2 - 1, -1, -1):
        sink(order, cost, begin, size)
    for end in range(size - 1, 0, -1):
        order[0], order[end] = order[end], order[0]
        sink(order, cost, 0, end)


@compiled
def sink(order: Ints, cost: Floats, place: Number, size: Number) -> None:
    """Move an entry of a heap down to where it belongs."""
    own = order[place]
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size and cost[order[below + 1]] > cost[order[below]]:
            below += 1
        if cost[order[below]] <= cost[own]:
            break
        order[place] = order[below]
        place = below
    order[place] = own


@compiled
def look_ahead(
    walk: Walk, prices: Floats, suffix: Floats, ahead: Floats, ahead_at: Longs, menu_best: Floats
) -> None:
    """What the days from each day on can give at best by prices, the main counter and the pace alone."""
    days, paces = walk.first.size - 1, walk.pace_next.shape[1]
    for day in range(days + 1):
        ahead_at[day + 1] = ahead_at[day] + walk.room[day] * paces
    for pace in range(paces):
        ahead[ahead_at[days] + pace] = 0.0
    suffix[days] = 0.0
    for day in range(days - 1, -1, -1):
        here, there = ahead_at[day], ahead_at[day + 1]
        if not walk.scalars[ONE_A_DAY]:
            ahead[here] = suffix[day] = suffix_of(walk, prices, menu_best, day) + ahead[there]
            continue
        suffix[day] = NEVER
        for used in range(walk.room[day]):
            for pace in range(paces):
                place = here + used * paces + pace
                ahead[place] = best_from(walk, prices, ahead, there, day, used, pace)
                suffix[day] = min(suffix[day], ahead[place])


@compiled
def best_from(
    walk: Walk, prices: Floats, ahead: Floats, there: Number, day: Number, used: Number, pace: Number
) -> float:
    """What a day and those after it can give at best, where so much of the main counter is used before."""
    counter, unit, paces = walk.main[day, 0], walk.main[day, 1], walk.pace_next.shape[1]
    ends = counter >= 0 and walk.counters[counter, UNTIL] == day + 1
    goes_on = counter >= 0 and not ends
    total = used * unit if counter >= 0 else np.int64(0)
    first = walk.counters[counter, ROWS] if ends else np.int64(0)
    last = walk.counters[counter + 1, ROWS] if ends else np.int64(0)
    best = walk.pace_cost[day, pace, 0] + over(walk.limits, first, last, total)
    best += ahead[there + (used * paces if goes_on else 0) + walk.pace_next[day, pace, 0]]
    for option in range(walk.first[day], walk.first[day + 1]):
        if prices[option] >= NEVER:
            continue
        hits = walk.hits[option]
        cost = prices[option] + walk.pace_cost[day, pace, hits]
        place = there + walk.pace_next[day, pace, hits]
        if goes_on:
            place += (used + walk.amounts[option, counter] // unit) * paces
        elif ends:
            cost += over(walk.limits, first, last, total + walk.amounts[option, counter])
        best = min(best, cost + ahead[place])
    return float(best)


@compiled
def suffix_of(walk: Walk, prices: Floats, menu_best: Floats, day: Number) -> float:
    """What the options of a day can give at best."""
    best = 0.0
    if walk.scalars[ONE_A_DAY]:
        for option in range(walk.first[day], walk.first[day + 1]):
            best = min(best, prices[option])
        return best
    for option in range(walk.first[day], walk.first[day + 1]):
        menu_best[walk.times[option, 2]] = 0.0
    for option in range(walk.first[day], walk.first[day + 1]):
        menu = walk.times[option, 2]
        if prices[option] < menu_best[menu]:
            best += prices[option] - menu_best[menu]
            menu_best[menu] = prices[option]
    return best


@inlined
def at_best(walk: Walk, work: Work, state: Ints, day: Number) -> float:
    """What the days from a day on can give at best, from a state before it."""
    runs, pace = walk.scalars[RUN_AT], np.int64(0)
    if walk.pace[0] >= 0:
        pace = np.int64(state[runs + 2 * walk.pace[0]] >> 1) * walk.pace[2]
    if walk.pace[1] >= 0:
        pace += state[runs + 2 * walk.pace[1]] >> 1
    place = work.ahead_at[day] + walk.pace_at[pace]
    counter = walk.main[day, 0]
    if counter >= 0 and walk.counters[counter, SINCE] < day:
        used = state[walk.counters[counter, SLOT]] // walk.main[day, 1]
        place += used * walk.pace_next.shape[1]
    return float(work.ahead[place])


@inlined
def extend(
    walk: Walk, on: Ints, prices: Floats, work: Work, labels: Number, day: Number, bar: float
) -> Number:
    """The labels of the days before with all that could be worked on a day; how many."""
    number, places = np.int64(labels), work.state.shape[1]
    for label in range(labels):
        work.next_cost[label], work.next_node[label] = work.cost[label], work.node[label]
        work.next_last[label] = -1
        for place in range(places):
            work.next_state[label, place] = work.state[label, place]
    label = 0
    reach = work.suffix[day + 1] if walk.scalars[ONE_A_DAY] else work.suffix[day]
    while label < (labels if walk.scalars[ONE_A_DAY] else number):
        last = work.next_last[label]
        begin = walk.first[day] if last < 0 else last + 1
        for option in range(begin, walk.first[day + 1]):
            cost = work.next_cost[label] + prices[option]
            if cost + reach >= bar or (last >= 0 and walk.times[last, 2] == walk.times[option, 2]):
                continue
            if number == work.next_cost.size:
                work.counts[EXACT] = 0
                break
            for place in range(places):
                work.next_state[number, place] = work.next_state[label, place]
            cost += add(walk, on, work.next_state[number], option, day)
            if cost + reach < bar:
                work.next_cost[number], work.next_last[number] = cost, option
                work.next_node[number] = work.next_node[label]
                if last >= 0:
                    tree = work.counts[TREE]
                    if tree == work.parent.size:
                        work.counts[EXACT] = 0
                        break
                    work.parent[tree], work.option[tree] = work.next_node[label], last
                    work.next_node[number] = tree
                    work.counts[TREE] = tree + 1
                number += 1
        label += 1
    return number


@inlined
def keep(
    walk: Walk, on: Ints, work: Work, number: Number, most: Number, day: Number, rough: Number
) -> Number:
    """Make the labels that none dominates those of the day; how many."""
    sort(work.order, work.hope, number)
    mask = np.uint64(work.bucket.shape[0] - 1)
    for place in range(work.bucket.shape[0]):
        work.bucket[place, 0] = -1
    kept = np.int64(0)
    for at in range(number):
        label = work.order[at]
        key = key_of(walk, on, work.next_state[label], day, rough)
        bucket = (key >> np.uint64(20)) & mask
        other, better = work.bucket[bucket, 0], True
        while other >= 0:
            room = work.next_cost[label] - work.cost[other]
            if work.keys[other] == key and dominates(
                walk, on, work.state[other], work.next_state[label], room, day, rough
            ):
                better = False
                break
            other = work.chain[other]
        if not better:
            continue
        if kept == most or work.counts[TREE] == work.parent.size:
            work.counts[EXACT] = 0
            break
        work.chain[kept] = -1
        if work.bucket[bucket, 0] < 0:
            work.bucket[bucket, 0] = kept
        else:
            work.chain[work.bucket[bucket, 1]] = kept
        work.bucket[bucket, 1] = kept
        work.keys[kept], work.cost[kept] = key, work.next_cost[label]
        for place in range(work.state.shape[1]):
            work.state[kept, place] = work.next_state[label, place]
        work.node[kept] = work.next_node[label]
        if work.next_last[label] >= 0:
            tree = work.counts[TREE]
            work.parent[tree], work.option[tree] = work.next_node[label], work.next_last[label]
            work.node[kept] = tree
            work.counts[TREE] = tree + 1
        kept += 1
    return kept


@compiled
def cheapest(
    walk: Walk, on: Ints, prices: Floats, work: Work, base: float, bar: float, most: Number, rough: Number
) -> Number:
    """Walk along the days; the labels of the last day, by cost, are what was found.

    Parameters
    ----------
    on
        For each counter whether it counts.
    prices
        Of each option; `NEVER` and more for one that is not to be worked.
    base
        Cost before the first day.
    bar
        Only work that costs less matters.
    most
        Labels of a day that are kept at most.
    rough
        Totals that differ by no more than this count as equal; 0 is exact.

    Returns
    -------
    int
        How many labels there are; ``work.counts[EXACT]`` says whether none was left out.
    """
    days = walk.first.size - 1
    look_ahead(walk, prices, work.suffix, work.ahead, work.ahead_at, work.menu_best)
    work.counts[TREE], work.counts[EXACT], work.counts[LOOKED_AT] = 0, 1, 0
    work.cost[0], work.node[0], labels = base, -1, np.int64(1)
    for place in range(work.state.shape[1]):
        work.state[0, place] = walk.begin[place] if place < walk.begin.size else 0
    for day in range(days):
        if work.counts[INTERRUPTED]:
            work.counts[EXACT] = 0
            return np.int64(0)
        number = extend(walk, on, prices, work, labels, day, bar)
        work.counts[LOOKED_AT] += number
        left = np.int64(0)
        for label in range(number):
            cost = work.next_cost[label] + close(walk, on, work.next_state[label], day)
            if cost >= NEVER:
                continue
            hope = cost + at_best(walk, work, work.next_state[label], day + 1)
            if hope >= bar:
                continue
            work.hope[left] = hope
            work.next_cost[left], work.next_node[left] = cost, work.next_node[label]
            work.next_last[left] = work.next_last[label]
            if left != label:
                for place in range(work.state.shape[1]):
                    work.next_state[left, place] = work.next_state[label, place]
            left += 1
        if day == days - 1:
            return finish(work, left, most)
        labels = keep(walk, on, work, left, most, day, rough)
        if labels == 0:
            break
    return labels


@inlined
def finish(work: Work, number: Number, most: Number) -> Number:
    """The labels of the last day, by cost."""
    sort(work.order, work.next_cost, number)
    kept = min(number, most)
    for at in range(kept):
        label = work.order[at]
        work.cost[at], work.node[at] = work.next_cost[label], work.next_node[label]
        if work.next_last[label] >= 0 and work.counts[TREE] < work.parent.size:
            tree = work.counts[TREE]
            work.parent[tree], work.option[tree] = work.next_node[label], work.next_last[label]
            work.node[at] = tree
            work.counts[TREE] = tree + 1
    return kept
