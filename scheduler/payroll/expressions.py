"""The small language of computed columns: checked for kinds when it is read, and safe to run.

It has the form of an expression: names of fields, ``setting.NAME``, texts in quotes, numbers, ``+ - * /``,
comparisons, ``and or not``, ``A if CONDITION else B`` (either may be ``nothing``), and `FUNCTIONS`. There are
no loops, no attributes and nothing of the machine's, so an expression ends and reaches nothing but its row.
What is blank stays blank in a calculation.
"""

from __future__ import annotations

import ast
import operator
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from typing import Any

from scheduler.payroll.rows import Kind
from scheduler.payroll.written_days import written_day

LONGEST = 500
DEEPEST = 20
LONGEST_TEXT = 1000

Read = Callable[[Any], Any]


class ExpressionError(ValueError):
    """An expression that cannot be used: what is wrong, and what would do."""

    def __init__(self, problem: str, hint: str) -> None:
        self.problem, self.hint = problem, hint
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression that is ready to be run on rows.

    Parameters
    ----------
    reads
        The fields it names.
    """

    kind: Kind
    read: Read
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language: the kinds it takes, the last of which may repeat."""

    takes: tuple[Kind, ...]
    gives: Kind
    run: Callable[..., Any]
    says: str
    repeats: bool = False
    sees_blank: bool = False


def _short(text: str) -> str:
    return text[:LONGEST_TEXT]


def _round(number: Decimal, digits: Decimal) -> Decimal:
    return Decimal(number).quantize(Decimal(1).scaleb(-max(0, min(6, int(digits)))), ROUND_HALF_UP)


def _whole(number: Decimal) -> int:
    return max(0, min(LONGEST_TEXT, int(number)))


_T, _N, _D = Kind.TEXT, Kind.NUMBER, Kind.DAY

FUNCTIONS: dict[str, Function] = {
    "join": Function(
        (_T,), _T, lambda *parts: _short("".join(part or "" for part in parts)), "texts one after the other",
        repeats=True, sees_blank=True,
    ),
    "upper": Function((_T,), _T, str.upper, "capital letters"),
    "lower": Function((_T,), _T, str.lower, "small letters"),
    "trim": Function((_T,), _T, str.strip, "without blanks at both ends"),
    "left": Function((_T, _N), _T, lambda text, n: text[: _whole(n)], "the first characters"),
    "right": Function((_T, _N), _T, lambda text, n: text[-_whole(n) :] if _whole(n) else "", "the last ones"),
    "pad": Function(
        (_T, _N, _T), _T, lambda text, n, fill: text.rjust(_whole(n), (fill or " ")[0]), "filled up to n"
    ),
    "replace": Function(
        (_T, _T, _T), _T, lambda text, old, new: _short(text.replace(old, new)) if old else text,
        "one text put for another",
    ),
    "text": Function((_N,), _T, lambda number: f"{Decimal(number):f}", "a number as text"),
    "round": Function((_N, _N), _N, _round, "rounded half up to so many decimals"),
    "abs": Function((_N,), _N, abs, "without its sign"),
    "min": Function((_N,), _N, min, "the smallest", repeats=True),
    "max": Function((_N,), _N, max, "the largest", repeats=True),
    "write_day": Function((_D, _T), _T, written_day, "a day written in a form such as DD.MM.YYYY"),
    "first_of_month": Function((_D,), _D, lambda day: day.replace(day=1), "the first of its month"),
    "last_of_month": Function(
        (_D,), _D, lambda day: day.replace(day=monthrange(day.year, day.month)[1]), "its last day"
    ),
    "later": Function((_D, _D), _D, max, "the later of two days"),
    "days_between": Function((_D, _D), _N, lambda a, b: Decimal((b - a).days), "days from one to the other"),
}  # fmt: skip
"""Name -> function. ``blank(X)``, which says whether there is nothing, takes any kind."""


def compile_expression(
    source: str, names: Mapping[str, tuple[Kind, Read]], settings: Mapping[str, str]
) -> Compiled:
    """An expression over some names, read and checked for kinds.

    Parameters
    ----------
    names
        Each name with its kind and how it is read from a row.
    settings
        Values of ``setting.NAME``.

    Raises
    ------
    ExpressionError
        With what is wrong and what would do.

    Examples
    --------
    >>> names = {"hours": (Kind.NUMBER, lambda row: row["hours"])}
    >>> half = compile_expression("round(hours / 2, 1) if hours > 1 else hours", names, {})
    >>> half.kind.value, half.read({"hours": Decimal("7.5")}), half.read({"hours": Decimal(1)})
    ('number', Decimal('3.8'), Decimal('1'))
    """
    if len(source) > LONGEST:
        raise ExpressionError(f"has {len(source)} characters", f"at most {LONGEST}")
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(
            "cannot be read", "an expression such as join(last_name, ', ', first_name)"
        ) from error
    return _Compiler(source, names, settings).compile(tree.body, 0)


class _Compiler:
    def __init__(
        self, source: str, names: Mapping[str, tuple[Kind, Read]], settings: Mapping[str, str]
    ) -> None:
        self._source, self._names, self._settings = source.strip(), names, settings

    def compile(self, node: ast.expr, depth: int) -> Compiled:
        if depth > DEEPEST:
            raise ExpressionError("is nested too deeply", f"at most {DEEPEST} levels")
        make = getattr(self, f"_{type(node).__name__.lower()}", None)
        if make is None:
            part = ast.get_source_segment(self._source, node) or type(node).__name__
            raise ExpressionError(
                f"“{part}” is not part of the language", f"names of fields, texts, numbers, {_HAS}"
            )
        compiled: Compiled = make(node, depth + 1)
        return compiled

    def _constant(self, node: ast.Constant, _depth: int) -> Compiled:
        value = node.value
        if isinstance(value, str):
            return Compiled(Kind.TEXT, lambda _row: value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ExpressionError(f"“{value!r}” is neither text nor number", "a text in quotes, or a number")
        # From its text: 0.1 is a tenth and not the nearest binary fraction.
        written = (ast.get_source_segment(self._source, node) or str(value)).replace("_", "")
        try:
            number = Decimal(written)
        except DecimalException as error:
            raise ExpressionError(f"“{written}” is no decimal number", "a number such as 0.125") from error
        if abs(number.adjusted()) > 12:
            raise ExpressionError(f"“{written}” is out of range", "a number of at most 12 digits")
        return Compiled(Kind.NUMBER, lambda _row: number)

    def _name(self, node: ast.Name, _depth: int) -> Compiled:
        if node.id not in self._names:
            raise ExpressionError(
                f"there is no field “{node.id}”", f"one of {', '.join(sorted(self._names))}"
            )
        kind, read = self._names[node.id]
        return Compiled(kind, read, frozenset({node.id}))

    def _attribute(self, node: ast.Attribute, _depth: int) -> Compiled:
        if not (isinstance(node.value, ast.Name) and node.value.id == "setting"):
            raise ExpressionError("a dot is for settings only", "setting.NAME")
        if node.attr not in self._settings:
            known = ", ".join(sorted(self._settings)) or "none"
            raise ExpressionError(
                f"there is no setting “{node.attr}”", f"one of the profile's settings: {known}"
            )
        value = self._settings[node.attr]
        return Compiled(Kind.TEXT, lambda _row: value or None)

    def _unaryop(self, node: ast.UnaryOp, depth: int) -> Compiled:
        inner = self.compile(node.operand, depth)
        if isinstance(node.op, ast.Not):
            _expect(inner, Kind.TRUTH, "not")
            return Compiled(Kind.TRUTH, lambda row: not inner.read(row), inner.reads)
        if not isinstance(node.op, ast.USub):
            raise ExpressionError("has an operator that is not known", _HAS)
        _expect(inner, Kind.NUMBER, "-")
        return Compiled(Kind.NUMBER, _unless_blank(operator.neg, [inner.read]), inner.reads)

    def _binop(self, node: ast.BinOp, depth: int) -> Compiled:
        found = _ARITHMETIC.get(type(node.op))
        if found is None:
            raise ExpressionError("has an operator that is not known", _HAS)
        sign, run = found
        sides = [self.compile(side, depth) for side in (node.left, node.right)]
        for side in sides:
            _expect(side, Kind.NUMBER, sign)
        return Compiled(Kind.NUMBER, _unless_blank(run, [side.read for side in sides]), _reads(sides))

    def _boolop(self, node: ast.BoolOp, depth: int) -> Compiled:
        sides = [self.compile(side, depth) for side in node.values]
        for side in sides:
            _expect(side, Kind.TRUTH, "and, or")
        reads = [side.read for side in sides]
        together = all if isinstance(node.op, ast.And) else any
        return Compiled(Kind.TRUTH, lambda row: together(read(row) for read in reads), _reads(sides))

    def _compare(self, node: ast.Compare, depth: int) -> Compiled:
        found = _COMPARISONS.get(type(node.ops[0]))
        if found is None or len(node.ops) > 1:
            raise ExpressionError("has a comparison that is not known", "A == B, with != < <= > >= as well")
        left, right = self.compile(node.left, depth), self.compile(node.comparators[0], depth)
        if left.kind is not right.kind:
            raise ExpressionError(f"compares {left.kind.value} with {right.kind.value}", "two of one kind")
        is_equality = isinstance(node.ops[0], ast.Eq | ast.NotEq)

        def read(row: Any) -> bool:
            one, other = left.read(row), right.read(row)
            if not is_equality and (one is None or other is None):
                return False
            return bool(found(one, other))

        return Compiled(Kind.TRUTH, read, left.reads | right.reads)

    def _ifexp(self, node: ast.IfExp, depth: int) -> Compiled:
        test = self.compile(node.test, depth)
        _expect(test, Kind.TRUTH, "if")
        ways = [None if _is_nothing(way) else self.compile(way, depth) for way in (node.body, node.orelse)]
        known = next((way for way in ways if way is not None), None)
        if known is None:
            raise ExpressionError("is nothing either way", "a value one way")
        then, other = (way or Compiled(known.kind, _nothing) for way in ways)
        if then.kind is not other.kind:
            raise ExpressionError(f"gives {then.kind.value} or {other.kind.value}", "the same kind both ways")
        return Compiled(
            then.kind,
            lambda row: then.read(row) if test.read(row) else other.read(row),
            test.reads | then.reads | other.reads,
        )

    def _call(self, node: ast.Call, depth: int) -> Compiled:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
            raise ExpressionError(f"{name} takes no named values", f"{name}(A, B)")
        given = [self.compile(each, depth) for each in node.args]
        reads = [each.read for each in given]
        if name == "blank" and len(given) == 1:
            return Compiled(Kind.TRUTH, lambda row: reads[0](row) in (None, ""), given[0].reads)
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionError(
                f"there is no function “{name}”", f"one of {', '.join([*FUNCTIONS, 'blank'])}"
            )
        _expect_arguments(name, function, given)
        run = function.run
        if function.sees_blank:
            return Compiled(function.gives, lambda row: run(*[read(row) for read in reads]), _reads(given))
        return Compiled(function.gives, _unless_blank(run, reads), _reads(given))


_HAS = "+ - * /, comparisons, and or not, A if CONDITION else B, and functions"
_ARITHMETIC: dict[type[ast.operator], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.Div: ("/", lambda a, b: Decimal(a) / Decimal(b)),
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def _is_nothing(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "nothing"


def _nothing(_row: Any) -> None:
    return None


def _unless_blank(run: Callable[..., Any], reads: Sequence[Read]) -> Read:
    def read(row: Any) -> Any:
        values = [each(row) for each in reads]
        return None if None in values else run(*values)

    return read


def _reads(parts: Sequence[Compiled]) -> frozenset[str]:
    return frozenset[str]().union(*(part.reads for part in parts))


def _expect(part: Compiled, kind: Kind, where: str) -> None:
    if part.kind is not kind:
        hint = "join(A, B) puts texts together" if where == "+" else f"a {kind.value}"
        raise ExpressionError(f"{where} is given a {part.kind.value}", hint)


def _expect_arguments(name: str, function: Function, given: Sequence[Compiled]) -> None:
    takes = list(function.takes)
    if function.repeats and given:
        takes = [takes[0]] * len(given)
    said = f"{name}({', '.join(kind.value for kind in function.takes)}{' ...' if function.repeats else ''})"
    if [each.kind for each in given] != takes:
        found = ", ".join(each.kind.value for each in given) or "nothing"
        raise ExpressionError(f"{name} is given {found}", said)
