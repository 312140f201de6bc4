-- What the worker, the reconciler and the stand-by tick may see across partnerships: ids, references,
-- stages, states and ages, and nothing else. Run inside a migration, as the owner of the tables
-- cases, due_work, leases and partnerships, by a login that may set the roles keyline_owner and
-- keyline_watch. Safe to run again.
--
--   watch.cases_to_carry()            the cases that need a flow run, a wake or a repair now
--   watch.case_of(case_id)            one case
--   watch.cases_after(case_id, many)  the next cases in the order of their ids, for the round
--   watch.leases_of(process)          the leases that a process holds, by the beginning of its name
--   watch.partnerships()              the partnerships, for their queues and their ticks
--   watch.partnerships_with_emails() the partnerships whose outbox waits for the courier

set local role keyline_owner;
create schema if not exists watch;
grant usage on schema watch to keyline_app, keyline_worker;
grant usage, create on schema watch to keyline_watch;
grant usage on schema public to keyline_watch;

grant select (tenant_id, id, reference, stage, flow_run_id, flow_attempt)
  on cases to keyline_watch;
grant select (tenant_id, case_id, done_at, parked_at, not_before, is_suspect) on due_work to keyline_watch;
grant select (tenant_id, case_id, holder, until, ended_at) on leases to keyline_watch;
grant select (tenant_id) on partnerships to keyline_watch;
grant select (tenant_id, delivery, not_before, claimed_at) on outbox_emails to keyline_watch;

drop policy if exists watch_sees on cases;
drop policy if exists watch_sees on due_work;
drop policy if exists watch_sees on leases;
drop policy if exists watch_sees on partnerships;
drop policy if exists watch_sees on outbox_emails;
create policy watch_sees on outbox_emails for select to keyline_watch using (true);
create policy watch_sees on cases for select to keyline_watch using (true);
create policy watch_sees on due_work for select to keyline_watch using (true);
create policy watch_sees on leases for select to keyline_watch using (true);
create policy watch_sees on partnerships for select to keyline_watch using (true);

set local role keyline_watch;

create or replace view watch.carriage as
select c.tenant_id,
       c.id as case_id,
       c.reference,
       c.flow_run_id,
       c.flow_attempt as attempt,
       w.oldest_due is not null as has_due_work,
       w.oldest_due,
       exists (select from due_work d where d.tenant_id = c.tenant_id and d.case_id = c.id
                  and d.done_at is null) as has_undone_work,
       l.until as leased_until,
       coalesce(l.until > clock_timestamp(), false) as is_leased,
       coalesce(w.is_suspect, false) as is_suspect,
       l.holder is not null and l.until < clock_timestamp() as holder_died,
       c.stage = 'closed' as closed,
       c.stage = 'closed' and l.ended_at is not null as ended,
       c.stage
  from cases c
  left join leases l on l.tenant_id = c.tenant_id and l.case_id = c.id
  left join lateral (
    select min(d.not_before) as oldest_due, bool_or(d.is_suspect) as is_suspect
      from due_work d
     where d.tenant_id = c.tenant_id and d.case_id = c.id
       and d.done_at is null and d.parked_at is null and d.not_before <= clock_timestamp()
  ) w on true;

create or replace function watch.case_of(wanted uuid) returns setof watch.carriage
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from watch.carriage where case_id = wanted
$$;

create or replace function watch.cases_to_carry() returns setof watch.carriage
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from watch.carriage
   where case_id in (
     select d.case_id from due_work d
      where d.done_at is null and d.parked_at is null and d.not_before <= clock_timestamp()
     union select c.id from cases c where c.flow_run_id is null
     union select l.case_id from leases l where l.holder is not null and l.until < clock_timestamp()
     union select c.id from cases c left join leases l on (l.tenant_id, l.case_id) = (c.tenant_id, c.id)
            where c.stage = 'closed' and l.ended_at is null
   )
   order by oldest_due nulls last, case_id
   limit 200
$$;

create or replace function watch.cases_after(last uuid, many integer) returns setof watch.carriage
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from watch.carriage where case_id > last and not ended order by case_id limit many
$$;

create or replace function watch.leases_of(process text)
returns table (tenant_id uuid, case_id uuid, holder text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.tenant_id, l.case_id, l.holder from leases l where starts_with(l.holder, process)
$$;

create or replace function watch.partnerships() returns table (tenant_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.tenant_id from partnerships p order by p.tenant_id
$$;

create or replace function watch.partnerships_with_emails() returns table (tenant_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct p.tenant_id from outbox_emails p
   where (p.delivery = 'pending'
          and (p.not_before is null or p.not_before <= clock_timestamp()))
      or (p.delivery = 'sending' and p.claimed_at < clock_timestamp() - interval '30 seconds')
$$;

revoke all on all functions in schema watch from public;
revoke all on watch.carriage from public;
grant execute on all functions in schema watch to keyline_app, keyline_worker;

-- What operators may read by themselves: ids, references, stages, states and ages.
set local role keyline_owner;
create schema if not exists ops;
grant usage, create on schema ops to keyline_watch;
grant usage on schema ops to keyline_operations;

set local role keyline_watch;

create or replace view ops.cases as select * from watch.carriage;

create or replace view ops.emails as
select tenant_id, delivery, count(*) as emails, min(claimed_at) as oldest_claim
  from outbox_emails group by tenant_id, delivery;

grant select on ops.cases, ops.emails to keyline_operations;

set local role keyline_owner;
