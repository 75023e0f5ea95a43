"""Make a skill that shifts can require, or a job role that people are hired as."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import SchedulerError
from scheduler.people.models import JobRole, Skill, SkillKind


def create_skill(session: Session, *, code: str, name: str, kind: SkillKind, actor: str) -> Skill:
    """A new skill or certificate.

    Raises
    ------
    SchedulerError
        ``code_taken`` if a skill has the code.
    """
    if session.scalar(select(Skill.id).where(Skill.code == code)) is not None:
        raise SchedulerError("code_taken", what="skill", taken=code)
    skill = Skill(code=code, name=name, kind=kind)
    session.add(skill)
    session.flush()
    record(session, actor, "skill.create", "skill", skill.id, code=code)
    return skill


def create_job_role(session: Session, *, code: str, name: str, actor: str) -> JobRole:
    """A new job role.

    Raises
    ------
    SchedulerError
        ``code_taken`` if a job role has the code.
    """
    if session.scalar(select(JobRole.id).where(JobRole.code == code)) is not None:
        raise SchedulerError("code_taken", what="job role", taken=code)
    job_role = JobRole(code=code, name=name)
    session.add(job_role)
    session.flush()
    record(session, actor, "job_role.create", "job_role", job_role.id, code=code)
    return job_role
