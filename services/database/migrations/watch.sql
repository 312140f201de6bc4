-- What the worker, the reconciler and the stand-by tick may see across partnerships: ids, references,
-- stages, states and ages, and nothing else. Run inside a migration, as the owner of the tables
-- audit_anchors, audit_heads, cases, collections, due_work, guest_links, joint_memberships, leases and partnerships, by a login that may set the roles keyline_owner and
-- keyline_watch. Safe to run again.
--
-- A joint review has one open run: that of the case that leads. The cases that join it are carried by
-- that run for as long as both take part and the leading case is open; their own run is ended, and kept
-- as continued (leases.continued_run). When they are alone again, their own next attempt follows.
-- The work of a partnership that is paused is not due, whoever leads.
--
--   watch.cases_to_carry()            the cases that need a flow run, a wake or a repair now
--   watch.case_of(case_id)            the case whose run carries this one: itself, or the one that leads
--   watch.members_of(case_id)         the cases of a joint review, the one that leads first; else the case
--   watch.runs_to_end()               runs of cases that another case's run carries now
--   watch.shared_runs_over()          shared runs whose joint part has ended: each side goes on alone
--   watch.shared_runs()               of each case in a joint review the run that carries it, and for whom
--   watch.cases_after(case_id, many)  the next cases in the order of their ids, for the round
--   watch.leases_of(process)          the leases that a process holds, by the beginning of its name
--   watch.partnerships()              the partnerships, for their queues and their ticks
--   watch.partnerships_with_emails()  the partnerships whose outbox waits for the courier
--   watch.partnerships_with_deliveries()  those with a message to a system that is to be sent now
--   watch.is_restored()               whether the database was restored, and no email leaves it yet
--   watch.awaits_replay()             whether it was, and nobody may sign in until disposals are replayed
--   watch.collection_at(sha256)       the dispatch whose documents wait at a one-time address, by its hash
--   watch.guest_link_at(sha256)       the address that lets a guest in, by its hash
--   watch.appointment_link_at(sha256) the address at which an appointment is answered, by its hash
--   watch.partnerships_to_count(...)  those whose clocks were counted by another calendar than this one, or
--                                     not after the moment
--   watch.chains_to_anchor()          whose audit chain has gone on since its last anchor: partnerships, and
--                                     the installation itself, which is the one chain of no partnership

set local role keyline_owner;
create schema if not exists watch;
grant usage on schema watch to keyline_app, keyline_worker;
grant usage, create on schema watch to keyline_watch;
grant usage on schema public to keyline_watch;

grant select (tenant_id, id, reference, stage, flow_run_id, flow_attempt)
  on cases to keyline_watch;
grant select (tenant_id, case_id, done_at, parked_at, not_before, is_suspect) on due_work to keyline_watch;
grant select (tenant_id, case_id, holder, until, ended_at, continued_run) on leases to keyline_watch;
grant select (tenant_id, work_paused_at, counted_calendar, counted_at) on partnerships to keyline_watch;
grant select (tenant_id, case_id, joint_review_id, is_lead, from_at, until_at, shared_run)
  on joint_memberships to keyline_watch;
grant select (tenant_id, case_id, dispatch_id, address_sha256) on collections to keyline_watch;
grant select (tenant_id, case_id, id, address_sha256) on guest_links to keyline_watch;
grant select (tenant_id, id, address_sha256) on appointment_links to keyline_watch;
grant select (tenant_id, delivery, not_before, claimed_at) on outbox_emails to keyline_watch;
grant select (tenant_id, standing, next_at) on webhook_deliveries to keyline_watch;
grant select (tenant_id, seq, submitted_seq) on audit_heads to keyline_watch;
grant select (tenant_id, seq, anchored_at) on audit_anchors to keyline_watch;

grant select (opened_at, replayed_at) on restorations to keyline_watch;

drop policy if exists watch_sees on restorations;
create policy watch_sees on restorations for select to keyline_watch using (true);
drop policy if exists watch_sees on audit_heads;
drop policy if exists watch_sees on audit_anchors;
create policy watch_sees on audit_heads for select to keyline_watch using (true);
create policy watch_sees on audit_anchors for select to keyline_watch using (true);
drop policy if exists watch_sees on webhook_deliveries;
create policy watch_sees on webhook_deliveries for select to keyline_watch using (true);
drop policy if exists watch_sees on appointment_links;
create policy watch_sees on appointment_links for select to keyline_watch using (true);
drop policy if exists watch_sees on cases;
drop policy if exists watch_sees on collections;
drop policy if exists watch_sees on guest_links;
drop policy if exists watch_sees on due_work;
drop policy if exists watch_sees on leases;
drop policy if exists watch_sees on partnerships;
drop policy if exists watch_sees on outbox_emails;
drop policy if exists watch_sees on joint_memberships;
create policy watch_sees on joint_memberships for select to keyline_watch using (true);
create policy watch_sees on outbox_emails for select to keyline_watch using (true);
create policy watch_sees on collections for select to keyline_watch using (true);
create policy watch_sees on guest_links for select to keyline_watch using (true);
create policy watch_sees on cases for select to keyline_watch using (true);
create policy watch_sees on due_work for select to keyline_watch using (true);
create policy watch_sees on leases for select to keyline_watch using (true);
create policy watch_sees on partnerships for select to keyline_watch using (true);

set local role keyline_watch;

-- Every case that another case's run carries now, and which. While the lead changes two sides say for
-- a moment that they lead: the one that steps back stands at the joint review like every joining case.
create or replace view watch.joining as
select m.tenant_id, m.case_id, m.joint_review_id, m.from_at, l.tenant_id as lead_tenant, l.case_id as lead_case
  from joint_memberships m
  join joint_memberships l on l.joint_review_id = m.joint_review_id and l.is_lead and l.until_at is null
  join cases c on c.tenant_id = l.tenant_id and c.id = l.case_id and c.stage <> 'closed'
 where not m.is_lead and m.until_at is null
   and (c.stage <> 'joint_review'
        or not exists (select from joint_memberships o
                        where o.joint_review_id = l.joint_review_id and o.is_lead and o.until_at is null
                          and o.case_id <> l.case_id));

create or replace view watch.carriage as
select c.tenant_id,
       c.id as case_id,
       c.reference,
       c.flow_run_id,
       c.flow_attempt as attempt,
       w.oldest_due is not null as has_due_work,
       w.oldest_due,
       w.has_undone_work,
       l.until as leased_until,
       coalesce(l.until > clock_timestamp(), false) as is_leased,
       w.is_suspect,
       w.holder_died,
       c.stage = 'closed' as closed,
       (c.stage = 'closed' and l.ended_at is not null) or j.case_id is not null as ended,
       c.stage,
       j.case_id is not null as is_joining,
       w.shared_with
  from cases c
  left join leases l on l.tenant_id = c.tenant_id and l.case_id = c.id
  left join watch.joining j on j.tenant_id = c.tenant_id and j.case_id = c.id
  -- What of the case and of those that it leads waits. A joining case that a run of its own still
  -- holds waits for that run's rest, which wakes this one.
  cross join lateral (
    select min(d.oldest_due) filter (where not m.is_busy) as oldest_due,
           coalesce(bool_or(d.is_suspect) filter (where not m.is_busy), false) as is_suspect,
           coalesce(bool_or(d.is_undone), false) as has_undone_work,
           coalesce(bool_or(m.holder_died), false) as holder_died,
           coalesce(array_agg(m.tenant_id order by m.from_at, m.tenant_id)
                    filter (where m.from_at is not null), '{}') as shared_with
      from (select o.tenant_id, o.case_id, o.from_at,
                   o.from_at is not null and coalesce(h.until > clock_timestamp(), false) as is_busy,
                   h.holder is not null and h.until < clock_timestamp() as holder_died
              from (select c.tenant_id, c.id as case_id, null::timestamptz as from_at
                    union all
                    select k.tenant_id, k.case_id, k.from_at from watch.joining k
                     where k.lead_tenant = c.tenant_id and k.lead_case = c.id) o
              left join leases h on h.tenant_id = o.tenant_id and h.case_id = o.case_id) m
      join partnerships p on p.tenant_id = m.tenant_id
      left join lateral (
        select min(w.not_before) filter (where p.work_paused_at is null and w.parked_at is null
                                           and w.not_before <= clock_timestamp()) as oldest_due,
               bool_or(w.is_suspect) filter (where p.work_paused_at is null and w.parked_at is null
                                           and w.not_before <= clock_timestamp()) as is_suspect,
               count(*) > 0 as is_undone
          from due_work w
         where w.tenant_id = m.tenant_id and w.case_id = m.case_id and w.done_at is null) d on true) w;

create or replace function watch.case_of(wanted uuid) returns setof watch.carriage
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from watch.carriage
   where case_id = coalesce((select j.lead_case from watch.joining j where j.case_id = wanted), wanted)
$$;

create or replace function watch.members_of(wanted uuid) returns table (tenant_id uuid, case_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with carrier as (
    select coalesce((select j.lead_case from watch.joining j where j.case_id = wanted), wanted) as case_id)
  select m.tenant_id, m.case_id
    from (select c.tenant_id, c.id as case_id, null::timestamptz as from_at
            from cases c join carrier r on r.case_id = c.id
          union all
          select j.tenant_id, j.case_id, j.from_at
            from watch.joining j join carrier r on r.case_id = j.lead_case) m
   order by m.from_at nulls first, m.tenant_id
$$;

-- A run is ended once another one carries its case; while it is under way its lease is held, and it
-- is ended at its next rest.
create or replace function watch.runs_to_end()
returns table (tenant_id uuid, case_id uuid, run_id uuid, goes_on_in uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select j.tenant_id, j.case_id, c.flow_run_id, lead.flow_run_id
    from watch.joining j
    join cases c on c.tenant_id = j.tenant_id and c.id = j.case_id
    join cases lead on lead.tenant_id = j.lead_tenant and lead.id = j.lead_case
    left join leases own on own.tenant_id = j.tenant_id and own.case_id = j.case_id
    left join leases theirs on theirs.tenant_id = j.lead_tenant and theirs.case_id = j.lead_case
   where c.flow_run_id is not null and own.continued_run is distinct from c.flow_run_id
     and coalesce(own.until <= clock_timestamp(), true)
     and lead.flow_run_id is not null
     and theirs.continued_run is distinct from lead.flow_run_id
$$;

-- What was shared has ended: the run that carried it for all is nobody's any more. It is ended at its
-- next rest, and the case that led goes on in its next attempt like the others.
create or replace function watch.shared_runs_over()
returns table (tenant_id uuid, case_id uuid, run_id uuid, is_resting boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.tenant_id, m.case_id, m.shared_run, coalesce(l.until <= clock_timestamp(), true)
    from joint_memberships m
    join cases c on c.tenant_id = m.tenant_id and c.id = m.case_id
     and c.flow_run_id = m.shared_run and c.stage <> 'closed'
    left join leases l on l.tenant_id = m.tenant_id and l.case_id = m.case_id
   where m.until_at is not null and l.continued_run is distinct from m.shared_run
$$;

create or replace function watch.shared_runs()
returns table (tenant_id uuid, case_id uuid, run_id uuid, shared_with uuid[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with shared as (
    select j.lead_tenant, j.lead_case, array_agg(j.tenant_id order by j.from_at, j.tenant_id) as joining
      from watch.joining j group by 1, 2)
  select s.lead_tenant, s.lead_case, c.flow_run_id, s.joining
    from shared s join cases c on c.tenant_id = s.lead_tenant and c.id = s.lead_case
  union all
  select j.tenant_id, j.case_id, c.flow_run_id,
         array_remove(s.lead_tenant || s.joining, j.tenant_id)
    from watch.joining j
    join shared s on s.lead_case = j.lead_case
    join cases c on c.tenant_id = j.lead_tenant and c.id = j.lead_case
$$;

-- What is wanted is found first, and each case is looked at by its key: `offset 0` keeps the two apart,
-- for together the planner looks at every case (1,170 ms of 10,000 cases instead of 20).
create or replace function watch.cases_to_carry() returns setof watch.carriage
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with wanted as materialized (
    select coalesce(j.lead_tenant, d.tenant_id) as tenant_id, coalesce(j.lead_case, d.case_id) as case_id
      from due_work d
      join partnerships p on p.tenant_id = d.tenant_id and p.work_paused_at is null
      left join watch.joining j on j.tenant_id = d.tenant_id and j.case_id = d.case_id
     where d.done_at is null and d.parked_at is null and d.not_before <= clock_timestamp()
    union
    select c.tenant_id, c.id from cases c where c.flow_run_id is null
    union
    select coalesce(j.lead_tenant, l.tenant_id), coalesce(j.lead_case, l.case_id)
      from leases l
      left join watch.joining j on j.tenant_id = l.tenant_id and j.case_id = l.case_id
     where l.holder is not null and l.until < clock_timestamp()
    union
    select c.tenant_id, c.id
      from cases c left join leases l on l.tenant_id = c.tenant_id and l.case_id = c.id
     where c.stage = 'closed' and l.ended_at is null
    union
    select l.tenant_id, l.case_id
      from leases l
      cross join lateral (select from cases c
                           where c.tenant_id = l.tenant_id and c.id = l.case_id
                             and c.stage <> 'closed' and c.flow_run_id = l.continued_run offset 0) c
     where l.continued_run is not null
       and not exists (select from watch.joining j where j.tenant_id = l.tenant_id and j.case_id = l.case_id))
  select seen.*
    from wanted w
    cross join lateral (select * from watch.carriage v
                         where v.tenant_id = w.tenant_id and v.case_id = w.case_id offset 0) seen
   where not seen.is_joining
   order by seen.oldest_due nulls last, seen.case_id
   limit 200
$$;

create or replace function watch.cases_after(last uuid, many integer) returns setof watch.carriage
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with next as materialized (
    select c.tenant_id, c.id
      from cases c left join leases l on l.tenant_id = c.tenant_id and l.case_id = c.id
     where c.id > last and (c.stage <> 'closed' or l.ended_at is null)
       and not exists (select from watch.joining j where j.tenant_id = c.tenant_id and j.case_id = c.id)
     order by c.id limit many)
  select seen.*
    from next n
    cross join lateral (select * from watch.carriage v
                         where v.tenant_id = n.tenant_id and v.case_id = n.id offset 0) seen
   order by seen.case_id
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

create or replace function watch.partnerships_to_count(calendar text, after timestamptz)
returns table (tenant_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.tenant_id from partnerships p
   where p.counted_calendar <> calendar or coalesce(p.counted_at <= after, true)
   order by p.tenant_id
$$;

create or replace function watch.is_restored() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from restorations where opened_at is null)
$$;

create or replace function watch.awaits_replay() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from restorations where opened_at is null and replayed_at is null)
$$;

-- None of a restored database: what waits there may have gone long ago.
create or replace function watch.partnerships_with_emails() returns table (tenant_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct p.tenant_id from outbox_emails p
   where not watch.is_restored()
     and ((p.delivery = 'pending'
           and (p.not_before is null or p.not_before <= clock_timestamp()))
       or (p.delivery = 'sending' and p.claimed_at < clock_timestamp() - interval '30 seconds'))
$$;

-- Likewise none of a restored database: what waits there was told long ago.
create or replace function watch.partnerships_with_deliveries() returns table (tenant_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct d.tenant_id from webhook_deliveries d
   where not watch.is_restored() and d.standing = 'waits' and d.next_at <= clock_timestamp()
$$;

-- The two things that somebody without an account reaches: whose dispatch, or which guest's address, an
-- address is. Whether it is open, and what it leads to, is asked of that partnership's own rows.
create or replace function watch.collection_at(wanted text)
returns table (tenant_id uuid, case_id uuid, dispatch_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.tenant_id, c.case_id, c.dispatch_id from collections c
   where c.address_sha256 = wanted and wanted <> ''
$$;

create or replace function watch.guest_link_at(wanted text)
returns table (tenant_id uuid, case_id uuid, link_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.tenant_id, l.case_id, l.id from guest_links l
   where l.address_sha256 = wanted and wanted <> ''
$$;

create or replace function watch.appointment_link_at(wanted text)
returns table (tenant_id uuid, link_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.tenant_id, l.id from appointment_links l
   where l.address_sha256 = wanted and wanted <> ''
$$;

create or replace function watch.chains_to_anchor() returns table (tenant_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select h.tenant_id
    from audit_heads h
    left join lateral (select a.seq, a.anchored_at from audit_anchors a
                        where a.tenant_id = h.tenant_id order by a.seq desc limit 1) last on true
   where last.seq is null or h.submitted_seq > last.seq
      or (h.seq > last.seq and last.anchored_at < clock_timestamp() - interval '15 minutes')
   order by 1
$$;

revoke all on all functions in schema watch from public;
revoke all on watch.carriage, watch.joining from public;
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
