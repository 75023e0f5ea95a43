"""A foreign tenant's records are invisible and out of reach, whatever is asked, for every kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import (
    Select,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    true,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapper, Session, aliased, joinedload, selectinload

from scheduler.db.append_only import APPEND_ONLY
from scheduler.db.models import tenant_tables, whole_metadata
from scheduler.db.tenant import ForeignTenant, NoTenant, across_tenants, tenant_of, use_tenant
from scheduler.organisation.models import Organisation
from scheduler.people.models import Skill
from tests.scheduler.db.conftest import TwoTenants
from tests.scheduler.db.one_of_each import owned_mappers, table_name
from tests.scheduler.db.trial import reached, trial

MAPPERS = owned_mappers()
by_record = pytest.mark.parametrize("mapper", MAPPERS, ids=table_name)
RELATIONSHIPS = [
    (mapper, relationship.key)
    for mapper in MAPPERS
    for relationship in mapper.relationships
    if relationship.mapper in MAPPERS
]
by_relationship = pytest.mark.parametrize(
    ("mapper", "key"), RELATIONSHIPS, ids=lambda each: each if isinstance(each, str) else each.class_.__name__
)


def pair(tenants: TwoTenants, mapper: Mapper[Any]) -> tuple[Any, Any]:
    """The id of the own record of a kind, and of the foreign one."""
    table = table_name(mapper)
    return tenants.own[table].id, tenants.foreign[table].id


def by_id(record: Any) -> Select[Any]:
    return select(record.id)


def by_column_without_entity(record: Any) -> Select[Any]:
    return select(func.coalesce(record.id, None))


def by_alias(record: Any) -> Select[Any]:
    other = aliased(record)
    return select(other.id)


def by_self_join(record: Any) -> Select[Any]:
    other = aliased(record)
    return select(other.id).select_from(record).join(other, true())


def by_join_from_organisation(record: Any) -> Select[Any]:
    joined = select(record.id, Organisation.slug).select_from(Organisation)
    return joined.join(record, record.organisation_id == Organisation.id)


def by_outer_join(record: Any) -> Select[Any]:
    joined = select(record.id).select_from(Organisation)
    return joined.outerjoin(record, record.organisation_id == Organisation.id).where(record.id.is_not(None))


def by_subquery(record: Any) -> Select[Any]:
    inner = select(record.id).subquery()
    return select(inner.c.id)


def by_cte(record: Any) -> Select[Any]:
    inner = select(record.id).cte()
    return select(inner.c.id)


def by_subquery_entity(record: Any) -> Select[Any]:
    inner = aliased(record, select(record).subquery())
    return select(inner.id)


def by_in(record: Any) -> Select[Any]:
    return select(record.id).where(record.id.in_(select(record.id)))


def by_correlated_subquery(record: Any) -> Select[Any]:
    of_organisation = select(record.id).where(record.organisation_id == Organisation.id)
    inner = of_organisation.correlate(Organisation).scalar_subquery()
    return select(inner).select_from(Organisation).where(inner.is_not(None))


SELECTS: list[Callable[[Any], Select[Any]]] = [
    by_id,
    by_column_without_entity,
    by_alias,
    by_self_join,
    by_join_from_organisation,
    by_outer_join,
    by_subquery,
    by_cte,
    by_subquery_entity,
    by_in,
    by_correlated_subquery,
]


@by_record
def test_every_form_of_select_finds_the_own_record_only(two_tenants, mapper):
    own, _ = pair(two_tenants, mapper)
    with two_tenants.database.read(two_tenants.own_id) as session:
        found = {ask.__name__: session.scalars(ask(mapper.class_)).all() for ask in SELECTS}
    assert found == {ask.__name__: [own] for ask in SELECTS}


@by_record
def test_unions_find_the_own_record_only(two_tenants, mapper):
    own, _ = pair(two_tenants, mapper)
    with two_tenants.database.read(two_tenants.own_id) as session:
        assert session.scalars(select(mapper.class_.id).union_all(select(mapper.class_.id))).all() == [
            own,
            own,
        ]


@by_record
def test_aggregates_count_the_own_record_only(two_tenants, mapper):
    record = mapper.class_
    with two_tenants.database.read(two_tenants.own_id) as session:
        assert session.scalar(select(func.count()).select_from(record)) == 1
        assert session.scalar(select(func.count(record.id))) == 1
        assert session.scalar(select(func.count()).select_from(select(record).subquery())) == 1
        assert session.query(record).count() == 1
        grouped = select(record.organisation_id, func.count()).group_by(record.organisation_id)
        assert session.execute(grouped).all() == [(two_tenants.own_id, 1)]


@by_record
def test_an_organisation_is_not_told_by_a_foreign_record(two_tenants, mapper):
    record = mapper.class_
    with two_tenants.database.read(two_tenants.own_id) as session:
        with_record = exists().where(record.organisation_id == Organisation.id)
        assert session.scalars(select(Organisation.slug).where(with_record)).all() == ["own"]
        assert session.scalar(select(exists(select(record.id)))) is True
        _, foreign = pair(two_tenants, mapper)
        assert session.scalar(select(exists(select(record.id).where(record.id == foreign)))) is False
        owners = select(record.organisation_id)
        assert session.scalars(select(Organisation.slug).where(Organisation.id.in_(owners))).all() == ["own"]


@by_record
def test_get_finds_no_foreign_record(two_tenants, mapper):
    own, foreign = pair(two_tenants, mapper)
    with two_tenants.database.read(two_tenants.own_id) as session:
        assert session.get(mapper.class_, foreign) is None
        assert session.get_one(mapper.class_, own).id == own
        assert session.get(mapper.class_, foreign, populate_existing=True) is None


@by_record
def test_get_finds_no_record_of_the_tenant_before(two_tenants, mapper):
    own, foreign = pair(two_tenants, mapper)
    with two_tenants.database.read(two_tenants.foreign_id) as session:
        assert session.get(mapper.class_, foreign) is not None
        use_tenant(session, two_tenants.own_id)
        assert session.get(mapper.class_, foreign) is None
    with two_tenants.database.read() as session:
        with across_tenants(session):
            assert session.get(mapper.class_, foreign) is not None
        use_tenant(session, two_tenants.own_id)
        assert session.get(mapper.class_, foreign) is None
        assert session.get(mapper.class_, own) is not None


@by_record
def test_update_and_delete_do_not_reach_a_foreign_record(two_tenants, mapper):
    _, foreign = pair(two_tenants, mapper)
    record = mapper.class_
    with trial(two_tenants) as session:
        change = update(record).where(record.id == foreign).values(organisation_id=two_tenants.own_id)
        assert reached(session, change) == 0
        assert reached(session, delete(record).where(record.id == foreign)) == 0
        through_subquery = delete(record).where(record.id.in_(select(record.id).where(record.id == foreign)))
        assert reached(session, through_subquery) == 0
        with across_tenants(session):
            assert session.scalar(select(record.organisation_id).where(record.id == foreign)) == (
                two_tenants.foreign_id
            )


@by_record
def test_an_update_of_everything_changes_the_own_record_only(two_tenants, mapper):
    record = mapper.class_
    if table_name(mapper) in APPEND_ONLY:
        with trial(two_tenants) as session, pytest.raises(DBAPIError, match="append-only"):
            session.execute(update(record).values(organisation_id=two_tenants.own_id))
        return
    with trial(two_tenants) as session:
        assert reached(session, update(record).values(organisation_id=two_tenants.own_id)) == 1


@by_record
def test_a_record_for_another_tenant_is_refused(two_tenants, mapper):
    record = mapper.class_
    stored = two_tenants.own[table_name(mapper)]
    values = {column.key: getattr(stored, column.key) for column in mapper.column_attrs}
    values |= {"id": None, "organisation_id": two_tenants.foreign_id}
    with trial(two_tenants) as session:
        session.add(record(**values))
        with pytest.raises(ForeignTenant):
            session.flush()
    with trial(two_tenants) as session, pytest.raises(ForeignTenant):
        session.execute(insert(record), [values])
    with trial(two_tenants) as session, pytest.raises(ForeignTenant):
        session.execute(insert(record).values(**values))
    with trial(two_tenants) as session, pytest.raises(ForeignTenant):
        session.execute(insert(record).from_select(["id"], select(record.id)))


@by_record
def test_a_record_cannot_be_given_away(two_tenants, mapper):
    own, _ = pair(two_tenants, mapper)
    with trial(two_tenants) as session:
        record = session.get_one(mapper.class_, own)
        record.organisation_id = two_tenants.foreign_id
        with pytest.raises(ForeignTenant):
            session.flush()


@by_record
def test_without_a_tenant_nothing_is_answered_or_taken(two_tenants, mapper):
    record = mapper.class_
    own, _ = pair(two_tenants, mapper)
    statements = [
        select(record),
        select(record.id),
        select(func.count()).select_from(record),
        select(Organisation).where(exists().where(record.organisation_id == Organisation.id)),
        update(record).values(organisation_id=two_tenants.own_id),
        delete(record),
        insert(record).values(id=own),
    ]
    for statement in statements:
        with two_tenants.database.read() as session, pytest.raises(NoTenant):
            session.execute(statement)
    with two_tenants.database.read() as session, pytest.raises(NoTenant):
        session.get(record, own)
    with two_tenants.database.read() as session:
        session.add(record())
        with pytest.raises(NoTenant):
            session.flush()


@by_record
def test_the_bare_table_is_refused(two_tenants, mapper):
    for tenant in (None, two_tenants.own_id):
        with two_tenants.database.read(tenant) as session, pytest.raises(NoTenant):
            session.execute(select(mapper.local_table))


@by_record
def test_a_new_record_belongs_to_the_tenant_of_the_session(two_tenants, mapper):
    record = two_tenants.own[table_name(mapper)]
    assert record.organisation_id == two_tenants.own_id


@pytest.fixture
def child_gone_foreign(two_tenants: TwoTenants) -> Iterator[Callable[..., tuple[Session, Any]]]:
    """Makes the far end of a relationship foreign behind the session's back; gives it and the near id."""
    with trial(two_tenants) as session:

        def prepare(mapper: Mapper[Any], key: str) -> tuple[Session, Any]:
            far = mapper.relationships[key].mapper
            own, _ = pair(two_tenants, far)
            _let_change(session, table_name(far))
            with across_tenants(session):
                session.execute(
                    update(far.class_)
                    .where(far.class_.id == own)
                    .values(organisation_id=two_tenants.foreign_id)
                )
            session.expunge_all()
            return session, pair(two_tenants, mapper)[0]

        yield prepare


def _let_change(session: Session, table: str) -> None:
    """Take the guard off a table that is append-only, until the trial is over."""
    if table in APPEND_ONLY:
        if session.get_bind().dialect.name == "postgresql":
            pytest.skip("the application does not own its tables there, so that it can take off no guard")
        session.execute(text(f"DROP TRIGGER {table}_no_update"))


@by_relationship
@pytest.mark.parametrize("load", [None, selectinload, joinedload], ids=["lazy", "selectin", "joined"])
def test_no_relationship_leads_to_a_foreign_record(child_gone_foreign, mapper, key, load):
    session, near_id = child_gone_foreign(mapper, key)
    record = mapper.class_
    query = select(record).where(record.id == near_id)
    near = session.scalars(query.options(load(getattr(record, key))) if load else query).unique().one()
    assert getattr(near, key) in ([], None)


@by_relationship
def test_every_relationship_leads_to_the_own_record(two_tenants, mapper, key):
    """The other side of the test above: what was invisible there is visible when nothing is foreign."""
    with two_tenants.database.read(two_tenants.own_id) as session:
        near = session.get(mapper.class_, pair(two_tenants, mapper)[0])
        far = getattr(near, key)
        assert [each.organisation_id for each in (far if isinstance(far, list) else [far])] == [
            two_tenants.own_id
        ]


def test_there_are_relationships_in_both_directions():
    assert {mapper.relationships[key].direction.name for mapper, key in RELATIONSHIPS} >= {
        "ONETOMANY",
        "MANYTOONE",
    }


def test_every_table_belongs_to_a_tenant_or_is_known_not_to():
    of_nobody = {table.name for table in whole_metadata().tables.values()} - set(tenant_tables())
    assert of_nobody == {"organisations", "worker_heartbeats"}
    assert {table_name(mapper) for mapper in MAPPERS} == set(tenant_tables())


def test_the_tenant_is_back_after_a_look_across_tenants(two_tenants):
    with two_tenants.database.read(two_tenants.own_id) as session:
        with across_tenants(session):
            assert session.scalar(select(func.count()).select_from(Skill)) == 2
            with pytest.raises(NoTenant):
                tenant_of(session)
        assert tenant_of(session) == two_tenants.own_id
        assert session.scalar(select(func.count()).select_from(Skill)) == 1


def test_the_tenant_holds_over_several_transactions_of_one_session(two_tenants):
    with trial(two_tenants) as session:
        for _ in range(2):
            assert session.scalar(select(func.count()).select_from(Skill)) == 1
            session.rollback()
