-- What operators look through: runs, emails and alerts of every partnership, a page at a time and
-- narrowed by the database; and what affects casework now, by its cause. Ids, references, stages, codes
-- and counts; what machine work is ordered by (payload) is ids and codes, as the content of an email is.
-- Run inside a migration, as the owner of the tables, by a login that may set the roles keyline_owner and
-- keyline_watch. Safe to run again.
--
--   watch.runs_listed(...)    cases with what is wrong with their runs, the worst first
--   watch.emails_listed(...)  emails of which only a person can say what becomes of them, oldest first
--   watch.alerts_listed(...)  alerts that nobody has seen and no operator knows of, newest first
--   watch.affecting(own)      what is stuck in all partnerships, by its cause, with the first few cases
--   watch.cases_counted()     how many cases each partnership has, and how many have no run

set local role keyline_owner;
grant select (step, last_error, payload) on due_work to keyline_watch;
grant select (id, case_id) on outbox_emails to keyline_watch;
grant select (id, case_id, at) on alerts to keyline_watch;
grant select (tenant_id, act, subject) on operator_acts to keyline_watch;
drop policy if exists watch_sees on operator_acts;
create policy watch_sees on operator_acts for select to keyline_watch using (true);

set local role keyline_watch;

-- What an operator may settle: of a restored database also what was not handed over, for it may have gone.
create or replace view watch.doubtful_emails as
select o.tenant_id, o.id, o.case_id, o.delivery, o.posted_at, o.content ? 'dispatch' as is_dispatch
  from outbox_emails o
 where o.delivery = 'held'
    or (o.delivery = 'failed' and not o.content ? 'dispatch')
    or (o.delivery in ('pending', 'sending') and watch.is_restored());

-- `what` narrows to one kind of trouble, to `wrong` (any of them) or to `waiting` (work that is not done);
-- `error` to the last error of what is stuck. A run stands at a step if its stage does or its work is of it.
create or replace function watch.runs_listed(
  named uuid[], whose uuid, what text, error text, at_step text, stages text[], own text, skip integer, many integer)
returns table (tenant_id uuid, case_id uuid, reference text, stage text, partnership_code text,
               flow_run_id uuid, undone bigint, set_aside bigint, put_off bigint, documents bigint,
               others bigint, errors text[], oldest timestamptz, late bigint, late_of_its_own bigint,
               nobodys bigint, in_doubt bigint, refused bigint, held_back bigint, dispatches bigint,
               wrong text[], matching bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with work as (
    select d.tenant_id, d.case_id, count(*) as undone,
           count(*) filter (where d.parked_at is not null) as set_aside,
           count(*) filter (where s.is_later) as put_off,
           count(*) filter (where s.is_stuck and d.payload ->> 'type' = 'document') as documents,
           count(*) filter (where s.is_stuck and d.payload ->> 'type' is distinct from 'document') as others,
           array_remove(array_agg(distinct d.last_error), '') as errors,
           array_agg(distinct d.last_error) filter (where d.parked_at is not null) as errors_aside,
           array_agg(distinct d.last_error) filter (where s.is_later) as errors_later,
           min(d.ordered_at) as oldest,
           array_agg(distinct d.step) as steps
      from due_work d
     cross join lateral (
       select d.parked_at is null and d.not_before > clock_timestamp() as is_later,
              d.parked_at is not null or d.not_before > clock_timestamp() as is_stuck) s
     where d.done_at is null
     group by d.tenant_id, d.case_id),
  clocks as (
    select k.tenant_id, k.case_id,
           count(*) filter (where k.is_late and k.force <> own) as late,
           count(*) filter (where k.is_late and k.force = own) as late_of_its_own,
           count(*) filter (where k.is_nobodys) as nobodys
      from watch.pressing_clocks k group by k.tenant_id, k.case_id),
  emails as (
    select o.tenant_id, o.case_id,
           count(*) filter (where o.delivery = 'held' and not o.is_dispatch) as in_doubt,
           count(*) filter (where o.delivery = 'failed') as refused,
           count(*) filter (where o.delivery in ('pending', 'sending')) as held_back,
           count(*) filter (where o.delivery = 'held' and o.is_dispatch) as dispatches,
           count(*) as waiting
      from watch.doubtful_emails o group by o.tenant_id, o.case_id),
  seen as (
    select c.tenant_id, c.id, c.reference, c.stage::text, p.code,
           coalesce(lead.flow_run_id, c.flow_run_id) as run,
           coalesce(w.undone, 0) as undone, coalesce(w.set_aside, 0) as set_aside,
           coalesce(w.put_off, 0) as put_off, coalesce(w.documents, 0) as documents,
           coalesce(w.others, 0) as others, coalesce(w.errors, '{}') as errors,
           w.errors_aside, w.errors_later, w.oldest,
           coalesce(k.late, 0) as late, coalesce(k.late_of_its_own, 0) as late_of_its_own,
           coalesce(k.nobodys, 0) as nobodys,
           coalesce(e.in_doubt, 0) as in_doubt, coalesce(e.refused, 0) as refused,
           coalesce(e.held_back, 0) as held_back, coalesce(e.dispatches, 0) as dispatches,
           array_remove(array[
             case when w.set_aside > 0 then 'set_aside' end,
             case when w.put_off > 0 then 'put_off' end,
             case when e.waiting > 0 then 'emails' end,
             case when k.late + k.late_of_its_own > 0 then 'late' end,
             case when k.nobodys > 0 then 'unowned' end,
             case when w.undone > 0 and p.work_paused_at is not null then 'paused' end,
             case when l.holder is not null and l.until < clock_timestamp() then 'lost' end,
             case when c.flow_run_id is null and j.case_id is null then 'unstarted' end], null) as wrong
      from cases c
      join partnerships p on p.tenant_id = c.tenant_id
      left join work w on w.tenant_id = c.tenant_id and w.case_id = c.id
      left join clocks k on k.tenant_id = c.tenant_id and k.case_id = c.id
      left join emails e on e.tenant_id = c.tenant_id and e.case_id = c.id
      left join leases l on l.tenant_id = c.tenant_id and l.case_id = c.id
      left join watch.joining j on j.tenant_id = c.tenant_id and j.case_id = c.id
      left join cases lead on lead.tenant_id = j.lead_tenant and lead.id = j.lead_case
     where (named is null or c.id = any(named))
       and (whose is null or c.tenant_id = whose)
       and (at_step = '' or c.stage = any(stages) or at_step = any(w.steps)))
  select s.tenant_id, s.id, s.reference, s.stage, s.code, s.run, s.undone, s.set_aside, s.put_off,
         s.documents, s.others, s.errors, s.oldest, s.late, s.late_of_its_own, s.nobodys, s.in_doubt,
         s.refused, s.held_back, s.dispatches, s.wrong, count(*) over ()
    from seen s
   where (what = '' or (what = 'waiting' and s.undone > 0)
          or (what = 'wrong' and cardinality(s.wrong) > 0) or what = any(s.wrong))
     and (error = '' or error = any(case what when 'set_aside' then s.errors_aside
                                              when 'put_off' then s.errors_later else s.errors end))
   order by s.set_aside desc, s.in_doubt + s.refused + s.dispatches desc, s.late desc,
            cardinality(s.wrong) desc, s.oldest nulls last, s.reference, s.id
  offset skip limit many
$$;

create or replace function watch.emails_listed(
  named uuid[], whose uuid, of_case uuid, skip integer, many integer)
returns table (tenant_id uuid, id uuid, matching bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select o.tenant_id, o.id, count(*) over ()
    from watch.doubtful_emails o
   where (named is null or o.id = any(named)) and (whose is null or o.tenant_id = whose)
     and (of_case is null or o.case_id = of_case)
   order by o.posted_at, o.id
  offset skip limit many
$$;

create or replace function watch.alerts_listed(
  named uuid[], whose uuid, of_case uuid, skip integer, many integer)
returns table (tenant_id uuid, id uuid, matching bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.tenant_id, a.id, count(*) over ()
    from alerts a
   where a.seen_at is null
     and (named is null or a.id = any(named)) and (whose is null or a.tenant_id = whose)
     and (of_case is null or a.case_id = of_case)
     and not exists (select from operator_acts o
                      where o.tenant_id = a.tenant_id and o.subject = a.id and o.act = 'acknowledge')
   order by a.at desc, a.id
  offset skip limit many
$$;

-- Each cause with the pieces that it keeps back, on how many cases of how many partnerships; `first` are
-- a few of the cases, each its reference and its id with a blank between.
create or replace function watch.affecting(own text, few integer)
returns table (what text, error text, about text, pieces bigint, cases bigint, partnerships bigint, first text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with stuck as (
    select case when d.parked_at is null then 'put_off' else 'set_aside' end as what,
           d.last_error as error,
           case when d.payload ->> 'type' = 'document' then 'document' else 'joint_work' end as about,
           d.tenant_id, d.case_id
      from due_work d
     where d.done_at is null
       and (d.parked_at is not null or (d.last_error <> '' and d.not_before > clock_timestamp()))
    union all
    select 'emails', o.delivery::text, case when o.is_dispatch then 'dispatch' else 'email' end,
           o.tenant_id, o.case_id
      from watch.doubtful_emails o
    union all
    select case when k.is_nobodys then 'unowned' else 'late' end, '',
           case when k.force = own then 'own_clock' else 'clock' end, k.tenant_id, k.case_id
      from watch.pressing_clocks k where k.is_late or k.is_nobodys
    union all
    select 'paused', '', 'work', d.tenant_id, d.case_id
      from due_work d
      join partnerships p on p.tenant_id = d.tenant_id and p.work_paused_at is not null
     where d.done_at is null
    union all
    select 'lost', '', 'run', l.tenant_id, l.case_id
      from leases l where l.holder is not null and l.until < clock_timestamp()
    union all
    select 'unstarted', '', 'run', c.tenant_id, c.id
      from cases c
     where c.flow_run_id is null
       and not exists (select from watch.joining j where j.tenant_id = c.tenant_id and j.case_id = c.id))
  select s.what, s.error, s.about, count(*), count(distinct s.case_id), count(distinct s.tenant_id),
         coalesce((array_agg(distinct c.reference || ' ' || c.id) filter (where c.id is not null))[1:few], '{}')
    from stuck s
    left join cases c on c.tenant_id = s.tenant_id and c.id = s.case_id
   group by s.what, s.error, s.about
$$;

create or replace function watch.cases_counted()
returns table (tenant_id uuid, cases bigint, closed bigint, unstarted bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.tenant_id, count(c.id), count(c.id) filter (where c.stage = 'closed'),
         count(c.id) filter (where c.flow_run_id is null and not exists (
           select from watch.joining j where j.tenant_id = c.tenant_id and j.case_id = c.id))
    from partnerships p
    left join cases c on c.tenant_id = p.tenant_id
   group by p.tenant_id
$$;

revoke all on function
  watch.runs_listed(uuid[], uuid, text, text, text, text[], text, integer, integer),
  watch.emails_listed(uuid[], uuid, uuid, integer, integer),
  watch.alerts_listed(uuid[], uuid, uuid, integer, integer),
  watch.affecting(text, integer), watch.cases_counted() from public;
grant execute on function
  watch.runs_listed(uuid[], uuid, text, text, text, text[], text, integer, integer),
  watch.emails_listed(uuid[], uuid, uuid, integer, integer),
  watch.alerts_listed(uuid[], uuid, uuid, integer, integer),
  watch.affecting(text, integer), watch.cases_counted() to keyline_app, keyline_worker;

set local role keyline_owner;
