-- How the record of a case is deleted: by two people, and by no role that anybody signs in as. Run
-- after blocked_cases.sql, drafts.sql and guests.sql. Safe to run again.
--
--   sec.what_holds(case)               what holds the case: legal holds, and requests for information that are open
--   sec.is_held(case)                  whether anything does: what every statement that deletes asks
--   sec.dispose_case(proposal, ledger, at)
--                                      deletes the rows of the proposal's case, by the approval of the acting
--                                      person, and adds the line of the ledger; returns `done`, or why not
--   sec.replay_disposal(line)          deletes again, in a database that was restored, what a line of the
--                                      ledger says was disposed of; in no other database
--   sec.remove_case(case, heeding)     the deleting itself, which those two ask, and nobody else
--   sec.wait_for_disposal()            lets nobody place a hold, or enter a request for information, while a
--                                      disposal is under way
--
-- A disposal waits for what holds records of its partnership, and that for a disposal (an advisory lock, which
-- a trigger takes before a hold or a request is added). Whichever comes second sees the first: each DELETE
-- asks for holds itself.

set local role keyline_owner;

-- A table of rows of a case stands in sec.remove_case as well (tests/database/test_disposal.py).
do $$
declare
  one text;
begin
  for one in
    select distinct k.conrelid::regclass::text from pg_constraint k
     where k.contype = 'f' and k.confrelid = to_regclass('public.cases')
    union select 'cases'
  loop
    execute format('grant select (tenant_id, %s), delete on %s to keyline_sec',
                   case one when 'cases' then 'id' else 'case_id' end, one);
    execute format('drop policy if exists sec_removes on %s', one);
    execute format('create policy sec_removes on %s for delete to keyline_sec using (tenant_id = (select sec.tenant()))', one);
    if not exists (select from pg_policies where schemaname = 'public' and tablename = one and policyname = 'sec_sees') then
      execute format('create policy sec_sees on %s for select to keyline_sec using (true)', one);
    end if;
  end loop;
  foreach one in array array['documents', 'retention_proposals', 'retention_answers', 'legal_holds',
                             'audit_links', 'disposals', 'disposed_files', 'caught_emails'] loop
    if not exists (select from pg_policies where schemaname = 'public' and tablename = one and policyname = 'sec_sees') then
      execute format('create policy sec_sees on %I for select to keyline_sec using (true)', one);
    end if;
  end loop;
end $$;
grant select (tenant_id, id, stage, reference, closed_at) on cases to keyline_sec;
grant select (tenant_id, case_id, key) on documents to keyline_sec;
grant select on retention_proposals to keyline_sec;
grant select (tenant_id, proposal_id) on retention_answers to keyline_sec;
grant select (tenant_id, id, case_id, released_at) on legal_holds to keyline_sec;
grant select (tenant_id, seq, hash, about_case) on audit_links to keyline_sec;
grant select, insert on disposals, disposed_files to keyline_sec;
grant select (opened_at) on restorations to keyline_sec;
-- What the demonstration's catcher kept of the case's emails goes with them.
grant select (act) on drafts to keyline_sec;
grant select (message_id) on outbox_emails to keyline_sec;
grant select (tenant_id, message_id), delete on caught_emails to keyline_sec;
-- A guest is a person of one case: they go with it.
grant select (tenant_id, case_id, person_id) on guests to keyline_sec;
-- A file of an inspection pack tells of many cases: its bytes go with the first of them.
grant select (tenant_id, pack_id), update (content) on inspection_files to keyline_sec;
grant select (pack_id) on inspection_steps to keyline_sec;
grant delete on memberships, people, web_sessions to keyline_sec;
grant select (person_id) on web_sessions to keyline_sec;

drop policy if exists sec_sees on inspection_files;
create policy sec_sees on inspection_files for select to keyline_sec using (true);
drop policy if exists sec_empties on inspection_files;
create policy sec_empties on inspection_files for update to keyline_sec
  using (tenant_id = (select sec.tenant()));
drop policy if exists sec_removes on caught_emails;
create policy sec_removes on caught_emails for delete to keyline_sec
  using (tenant_id = (select sec.tenant()));
drop policy if exists sec_removes on memberships;
create policy sec_removes on memberships for delete to keyline_sec
  using (tenant_id = (select sec.tenant()) and (role = 'guest' or role = 'practitioner'));
drop policy if exists sec_removes on people;
create policy sec_removes on people for delete to keyline_sec using (is_guest);
drop policy if exists sec_sees on web_sessions;
create policy sec_sees on web_sessions for select to keyline_sec using (true);
drop policy if exists sec_removes on web_sessions;
create policy sec_removes on web_sessions for delete to keyline_sec using (true);
drop policy if exists sec_sees on restorations;
create policy sec_sees on restorations for select to keyline_sec using (true);
drop policy if exists sec_admits on disposals;
create policy sec_admits on disposals for insert to keyline_sec with check (tenant_id = (select sec.tenant()));
drop policy if exists sec_admits on disposed_files;
create policy sec_admits on disposed_files for insert to keyline_sec
  with check (tenant_id = (select sec.tenant()));

set local role keyline_sec;

create or replace function sec.wait_for_disposal() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('disposal ' || new.tenant_id::text, 0));
  return new;
end $$;

-- What else holds a case is one more question here: who is shown what holds it reads the same.
create or replace function sec.what_holds(held uuid) returns table (kind text, id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select 'legal_hold', h.id from public.legal_holds h
   where h.tenant_id = sec.tenant() and h.released_at is null
     and coalesce(h.case_id, held) = held
  union all
  select 'information_request', r from sec.open_information_requests(held) r
$$;

create or replace function sec.is_held(held uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from sec.what_holds(held))
$$;

create or replace function sec.remove_case(gone uuid, heeding boolean) returns jsonb
language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
declare
  whose constant uuid := sec.tenant();
  guests constant uuid[] := array(select g.person_id from public.guests g
                                   where g.tenant_id = whose and g.case_id = gone);
  counts jsonb := '{}';
  many bigint;
  one text;
begin
  foreach one in array array[
    'drafts', 'information_request_papers', 'information_requests', 'inspection_files', 'inspection_steps',
    'reading_grants', 'viewings', 'police_marks', 'alerts', 'operator_acts', 'filed_words',
    'joint_replies', 'joint_invitations', 'joint_memberships', 'case_grants', 'guest_links', 'guests',
    'collections', 'dispatches', 'webhook_deliveries', 'caught_emails', 'outbox_emails', 'documents', 'sign_offs', 'declarations',
    'assignments', 'running_clocks', 'actions', 'agency_requests', 'due_work', 'leases', 'children',
    'entries', 'memberships', 'agencies', 'retention_answers', 'retention_proposals', 'legal_holds'
  ] loop
    if one = 'drafts' then
      -- A form that is kept by its address names the case there.
      delete from public.drafts d
       where d.tenant_id = whose and (d.case_id = gone or strpos(d.act, gone::text) > 0)
         and not (heeding and sec.is_held(gone));
    elsif one = 'information_requests' then
      -- By one statement: a request whose last step went before it would be open, and hold the case.
      with steps as (
        delete from public.information_request_steps s
         where s.tenant_id = whose and s.case_id = gone and not (heeding and sec.is_held(gone)) returning 1)
      , requests as (
        delete from public.information_requests r
         where r.tenant_id = whose and r.case_id = gone and not (heeding and sec.is_held(gone)) returning 1)
      select counts || jsonb_strip_nulls(jsonb_build_object(
               'information_request_steps', nullif((select count(*) from steps), 0),
               'information_requests', nullif((select count(*) from requests), 0))) into counts;
    elsif one = 'inspection_files' then
      update public.inspection_files f set content = ''
       where f.tenant_id = whose and not (heeding and sec.is_held(gone)) and exists (
         select from public.inspection_steps s
          where s.tenant_id = whose and s.pack_id = f.pack_id and s.case_id = gone);
    elsif one = 'memberships' then
      delete from public.memberships m
       where m.tenant_id = whose and m.role in ('guest', 'practitioner') and m.person_id = any (guests)
         and not (heeding and sec.is_held(gone));
    elsif one = 'caught_emails' then
      delete from public.caught_emails e using public.outbox_emails o
       where e.tenant_id = whose and o.tenant_id = whose and o.case_id = gone
         and e.message_id = o.message_id and not (heeding and sec.is_held(gone));
    else
      execute format('delete from public.%I d where d.tenant_id = $1 and d.case_id = $2'
                     ' and not ($3 and sec.is_held($2))', one) using whose, gone, heeding;
    end if;
    get diagnostics many = row_count;
    if many > 0 and one <> 'information_requests' then
      counts := counts || jsonb_build_object(one, many);
    end if;
  end loop;
  delete from public.web_sessions w where w.person_id = any (guests);
  delete from public.people p where p.id = any (guests)
    and not exists (select from public.memberships m where m.person_id = p.id);
  get diagnostics many = row_count;
  counts := counts || jsonb_build_object('people', many);
  delete from public.cases c where c.tenant_id = whose and c.id = gone
    and not (heeding and sec.is_held(gone));
  if not found then
    raise exception 'the case is held, or is not there' using errcode = '55006';
  end if;
  return counts || jsonb_build_object('cases', 1);
end $$;

create or replace function sec.dispose_case(proposal uuid, ledger uuid, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  asked record;
  closed record;
  keys text[];
  links text;
  counts jsonb;
begin
  perform pg_advisory_xact_lock(hashtextextended('disposal ' || sec.tenant()::text, 0));
  select r.case_id, r.record_class, r.under, r.proposed_by, r.proposed_at into asked
    from public.retention_proposals r
   where r.tenant_id = sec.tenant() and r.id = proposal and r.matter = 'dispose';
  if not found or sec.person() = '00000000-0000-0000-0000-000000000000' then
    return 'unknown';
  end if;
  if exists (select from public.retention_answers a
              where a.tenant_id = sec.tenant() and a.proposal_id = proposal) then
    return 'answered';
  end if;
  if asked.proposed_by = sec.person() or asked.case_id = any (sec.blocked_cases()) then
    return 'another';
  end if;
  select c.reference, c.closed_at into closed from public.cases c
   where c.tenant_id = sec.tenant() and c.id = asked.case_id and c.stage = 'closed';
  if not found then
    return 'open';
  end if;
  if exists (
    select from sec.review_rows r
      join sec.review_rows beside using (joint_review_id)
      join public.cases c on c.tenant_id = beside.tenant_id and c.id = beside.case_id
     where r.case_id = asked.case_id and c.stage <> 'closed') then
    return 'joint';
  end if;
  if sec.is_held(asked.case_id) then
    return 'held';
  end if;
  keys := array(select d.key from public.documents d
                 where d.tenant_id = sec.tenant() and d.case_id = asked.case_id);
  select encode(sha256(convert_to(coalesce(string_agg(l.hash, E'\n' order by l.seq), ''), 'UTF8')), 'hex')
    into links from public.audit_links l
   where l.tenant_id = sec.tenant() and l.about_case = asked.case_id;
  counts := sec.remove_case(asked.case_id, true);
  insert into public.disposals (tenant_id, id, disposed_case, reference, record_class, closed_at, under,
                                rows, files, links_sha256, proposed_by, proposed_at, approved_by, disposed_at)
  values (sec.tenant(), ledger, asked.case_id, closed.reference, asked.record_class, closed.closed_at,
          asked.under, counts, cardinality(keys), links, asked.proposed_by, asked.proposed_at, sec.person(), at);
  insert into public.disposed_files (tenant_id, key, disposal_id, versions)
  select distinct sec.tenant(), k.key, ledger, 0 from unnest(keys) k (key);
  return 'done';
end $$;

create or replace function sec.replay_disposal(line jsonb) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  gone constant uuid := line ->> 'disposed_case';
  ledger constant uuid := line ->> 'id';
  keys text[];
begin
  if (line ->> 'tenant_id')::uuid is distinct from sec.tenant() then
    return 'another';
  end if;
  if not exists (select from public.restorations r where r.opened_at is null) then
    return 'not restored';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('disposal ' || sec.tenant()::text, 0));
  if exists (select from public.disposals d where d.tenant_id = sec.tenant() and d.id = ledger) then
    return 'known';
  end if;
  keys := array(select d.key from public.documents d where d.tenant_id = sec.tenant() and d.case_id = gone);
  if exists (select from public.cases c where c.tenant_id = sec.tenant() and c.id = gone) then
    perform sec.remove_case(gone, false);
  end if;
  insert into public.disposals (tenant_id, id, disposed_case, reference, record_class, closed_at, under,
                                rows, files, links_sha256, proposed_by, proposed_at, approved_by, disposed_at)
  values (sec.tenant(), ledger, gone, line ->> 'reference', line ->> 'record_class',
          (line ->> 'closed_at')::timestamptz, (line ->> 'under')::uuid, line -> 'rows',
          (line ->> 'files')::integer, line ->> 'links_sha256', (line ->> 'proposed_by')::uuid,
          (line ->> 'proposed_at')::timestamptz, (line ->> 'approved_by')::uuid,
          (line ->> 'disposed_at')::timestamptz);
  insert into public.disposed_files (tenant_id, key, disposal_id, versions)
  select distinct sec.tenant(), k.key, ledger, 0 from unnest(keys) k (key);
  return 'replayed';
end $$;

revoke all on function sec.what_holds(uuid), sec.is_held(uuid), sec.remove_case(uuid, boolean),
  sec.wait_for_disposal(), sec.dispose_case(uuid, uuid, timestamptz), sec.replay_disposal(jsonb) from public;
grant execute on function sec.wait_for_disposal() to keyline_owner;
grant execute on function sec.what_holds(uuid), sec.is_held(uuid), sec.replay_disposal(jsonb) to keyline_app, keyline_worker;
grant execute on function sec.dispose_case(uuid, uuid, timestamptz) to keyline_app;

set local role keyline_owner;

drop trigger if exists after_disposals on legal_holds;
create trigger after_disposals before insert on legal_holds
  for each row execute function sec.wait_for_disposal();
drop trigger if exists after_disposals on information_requests;
create trigger after_disposals before insert on information_requests
  for each row execute function sec.wait_for_disposal();
drop trigger if exists only_added_to on disposals;
create trigger only_added_to before update or delete or truncate on disposals
  for each statement execute function audit.refuse();
