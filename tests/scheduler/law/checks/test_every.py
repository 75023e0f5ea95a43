"""Nothing is said to be checked that nothing checks."""

from scheduler.law.checks.every import BY_TOPIC
from scheduler.law.library import packs
from scheduler.law.topics import CHECKED, COMPILED, TOPICS

ON_PUBLISHING = {"schedule_notice", "shift_notice", "overtime_year_cap"}


def test_every_topic_that_is_checked_has_its_check():
    checks = {topic for topics, _ in BY_TOPIC for topic in topics}
    assert checks <= TOPICS.keys()
    assert checks | COMPILED | ON_PUBLISHING == CHECKED


def test_no_rule_of_a_pack_waits_for_a_check():
    every = [parameter for pack in packs().values() for parameter in pack.parameters.values()]
    assert [parameter.id for parameter in every if parameter.waits_for_a_check] == []
