-- What is measured of casework across partnerships: how many, how old, and whether; never which.
-- Run inside a migration, as the owner of the tables, by a login that may set the roles
-- keyline_owner and keyline_watch. Safe to run again.
--
-- Each row tells the partnership by its id and its code. Ages are seconds by the database's clock; a
-- clock's day is the partnership's own, which a practice clock moves.
--
--   watch.clocks_measured(own) clocks that are late, and those due today or tomorrow that nobody has
--   watch.work_measured()     machine work that waits, is overdue or was set aside; pauses; leases
--   watch.emails_measured()   what waits in the outbox, what is in doubt, what was refused
--   watch.alerts_measured()   alerts that nobody has seen, by kind
--   watch.audits_measured()   when each audit chain was last checked, and whether it was whole
--   watch.migrated_to()       the newest migration that was made here

set local role keyline_owner;
grant select (code, practice_offset) on partnerships to keyline_watch;
grant select (tenant_id, case_id, force, due, met_on, ended_on) on running_clocks to keyline_watch;
grant select (tenant_id, case_id, role, seat, authority, agency_id, closed_at) on assignments to keyline_watch;
grant select (tenant_id, role, seat, authority, agency_id, from_on, to_on) on memberships to keyline_watch;
grant select (ordered_at) on due_work to keyline_watch;
grant select (posted_at, content) on outbox_emails to keyline_watch;
grant select (tenant_id, code, seen_at) on alerts to keyline_watch;
grant select (tenant_id, checked_at, finding) on audit_checks to keyline_watch;
grant select on alembic_version to keyline_watch;

drop policy if exists watch_sees on running_clocks;
drop policy if exists watch_sees on assignments;
drop policy if exists watch_sees on memberships;
drop policy if exists watch_sees on alerts;
drop policy if exists watch_sees on audit_checks;
create policy watch_sees on running_clocks for select to keyline_watch using (true);
create policy watch_sees on assignments for select to keyline_watch using (true);
create policy watch_sees on memberships for select to keyline_watch using (true);
create policy watch_sees on alerts for select to keyline_watch using (true);
create policy watch_sees on audit_checks for select to keyline_watch using (true);

set local role keyline_watch;

-- Every open clock that is late or due by tomorrow, on its partnership's own day. Somebody has a clock if
-- one of the case's open todos is for a role that somebody holds today; a guest answers what an agency's
-- lead is asked.
create or replace view watch.pressing_clocks as
with days as (
  select p.tenant_id,
         ((clock_timestamp() + make_interval(secs => p.practice_offset)) at time zone 'Europe/London')::date as today,
         (clock_timestamp() at time zone 'Europe/London')::date as real_day
    from partnerships p)
select d.tenant_id, c.case_id, c.force, c.due < d.today as is_late,
       c.due >= d.today and not exists (
         select from assignments a
           join memberships m on m.tenant_id = a.tenant_id
            and (m.role = a.role or (m.role = 'guest' and a.role = 'agency_lead'))
            and (a.seat is null or m.seat = a.seat)
            and (a.authority = '' or m.authority = a.authority)
            and (a.agency_id is null or m.agency_id = a.agency_id)
            and m.from_on <= d.real_day and coalesce(m.to_on >= d.real_day, true)
          where a.tenant_id = c.tenant_id and a.case_id = c.case_id and a.closed_at is null) as is_nobodys
  from days d
  join running_clocks c on c.tenant_id = d.tenant_id
   and c.met_on is null and c.ended_on is null and c.due <= d.today + 1;

-- A clock of the force that is the partnership's own binds nobody else, and is counted apart.
create or replace function watch.clocks_measured(own text)
returns table (tenant_id uuid, code text, late bigint, late_of_its_own bigint, late_cases bigint,
               due_unowned bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.tenant_id, p.code,
         count(c.case_id) filter (where c.is_late and c.force <> own),
         count(c.case_id) filter (where c.is_late and c.force = own),
         count(distinct c.case_id) filter (where c.is_late and c.force <> own),
         count(c.case_id) filter (where c.is_nobodys)
    from partnerships p
    left join watch.pressing_clocks c on c.tenant_id = p.tenant_id
   group by p.tenant_id, p.code
$$;

-- Work is overdue from the moment at which it might begin; while its partnership is paused it is not.
create or replace function watch.work_measured()
returns table (tenant_id uuid, code text, is_paused boolean, paused_for float8, undone bigint,
               overdue bigint, longest_overdue float8, set_aside bigint, cases_set_aside bigint,
               leases_held bigint, leases_lost bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.tenant_id, p.code, p.work_paused_at is not null,
         coalesce(extract(epoch from clock_timestamp() - p.work_paused_at), 0)::float8,
         w.undone, w.overdue, w.longest, w.set_aside, w.cases_set_aside, l.held, l.lost
    from partnerships p
   cross join lateral (
     select count(*) as undone,
            count(*) filter (where is_overdue) as overdue,
            coalesce(extract(epoch from clock_timestamp() - min(d.not_before) filter (where is_overdue)), 0)::float8 as longest,
            count(*) filter (where d.parked_at is not null) as set_aside,
            count(distinct d.case_id) filter (where d.parked_at is not null) as cases_set_aside
       from due_work d
      cross join lateral (select p.work_paused_at is null and d.parked_at is null
                             and d.not_before <= clock_timestamp() as is_overdue) o
      where d.tenant_id = p.tenant_id and d.done_at is null) w
   cross join lateral (
     select count(*) filter (where l.until > clock_timestamp()) as held,
            count(*) filter (where l.until <= clock_timestamp()) as lost
       from leases l where l.tenant_id = p.tenant_id and l.holder is not null) l
$$;

-- An email in doubt may or may not have gone. One that was refused waits for a person, unless it was
-- a dispatch, which is sent in another way. `posted_at` is by the partnership's own clock.
create or replace function watch.emails_measured()
returns table (tenant_id uuid, code text, unsent bigint, longest_unsent float8, in_doubt bigint,
               refused bigint, dispatches_in_doubt bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.tenant_id, p.code, e.unsent,
         coalesce(extract(epoch from clock_timestamp() + make_interval(secs => p.practice_offset) - e.oldest), 0)::float8,
         e.in_doubt, e.refused, e.dispatches_in_doubt
    from partnerships p
   cross join lateral (
     select count(*) filter (where o.delivery in ('pending', 'sending')) as unsent,
            min(o.posted_at) filter (where o.delivery in ('pending', 'sending')) as oldest,
            count(*) filter (where o.delivery = 'held') as in_doubt,
            count(*) filter (where o.delivery = 'failed' and not o.content ? 'dispatch') as refused,
            count(*) filter (where o.delivery = 'held' and o.content ? 'dispatch') as dispatches_in_doubt
       from outbox_emails o
      where o.tenant_id = p.tenant_id and o.delivery <> 'sent') e
$$;

create or replace function watch.alerts_measured()
returns table (tenant_id uuid, code text, kind text, unseen bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.tenant_id, p.code, a.code::text, count(*)
    from alerts a join partnerships p on p.tenant_id = a.tenant_id
   where a.seen_at is null group by a.tenant_id, p.code, a.code
$$;

-- A chain that nobody has checked yet has no age.
create or replace function watch.audits_measured()
returns table (tenant_id uuid, code text, checked_ago float8, is_broken boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.tenant_id, p.code, extract(epoch from clock_timestamp() - c.checked_at)::float8,
         coalesce(c.finding <> '', false)
    from partnerships p
    left join lateral (select a.checked_at, a.finding from audit_checks a
                        where a.tenant_id = p.tenant_id order by a.checked_at desc limit 1) c on true
$$;

create or replace function watch.migrated_to() returns table (version text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select v.version_num::text from alembic_version v
$$;

revoke all on function watch.clocks_measured(text), watch.work_measured(), watch.emails_measured(),
  watch.alerts_measured(), watch.audits_measured(), watch.migrated_to() from public;
grant execute on function watch.clocks_measured(text), watch.work_measured(), watch.emails_measured(),
  watch.alerts_measured(), watch.audits_measured(), watch.migrated_to() to keyline_app, keyline_worker;

set local role keyline_owner;
