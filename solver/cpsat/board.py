"""What a draft and a model of a problem share: people, rules, and which of them are constraints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from solver.cpsat.person import Person
from solver.problem import Problem
from solver.rules.min_rest import MinRest
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from solver.cpsat.program import Program


class Board:
    """The people of a problem and the spans they may work.

    Parameters
    ----------
    problem
        The problem.
    rules
        The rules that are looked at.
    """

    persons: dict[str, Person]

    def __init__(self, problem: Problem, rules: Sequence[Rule]) -> None:
        """Nobody yet."""
        self.problem = problem
        self.rules = tuple(rules)
        self.persons = {}

    @property
    def program(self) -> Program:
        """The CP-SAT program, where there is one."""
        raise RuntimeError("a draft has no program yet")

    def is_hard(self, rule: Rule) -> bool:
        """Whether the rule is a constraint."""
        return rule.level == "hard"

    def people(self, rule: Rule) -> Iterator[Person]:
        """The people in the rule's scope about whom there is something to decide."""
        for employee in rule.scope.people(self.problem):
            person = self.person(employee.id)
            if person is not None:
                yield person

    def person(self, employee: str) -> Person | None:
        """A person about whom there is something to decide."""
        return self.persons.get(employee)

    def rest_after_all(self, person: Person) -> int:
        """The rest that hard rules ask for after every span of work of a person, minutes."""
        return max(
            (
                rule.minutes
                for rule in self.rules
                if isinstance(rule, MinRest)
                and self.is_hard(rule)
                and rule.scope.all_work
                and rule.to_all
                and (rule.scope.employees is None or person.employee.id in rule.scope.employees)
            ),
            default=0,
        )
