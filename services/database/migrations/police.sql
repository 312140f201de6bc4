-- Police-sensitive marks: what is hidden from the acting person, in every partnership that is shown
-- the case. The policies named `police` ask these functions. Run inside a migration after sharing.sql,
-- by a login that may set the roles of the owner and of the schema sec. Safe to run again.
--
--   sec.own_seats()           the seats that the acting person holds in the acting partnership today
--   sec.is_listed(...)        whether the reader is in a seat or an agency that a mark lists
--   sec.cases_beside()        the cases of others whose marks hold for the acting partnership
--   sec.marks_over()          the live marks that hide something from the acting person
--   sec.something_is_hidden() whether there are any
--   sec.hidden_entries()      the entries that they hide: the one that is marked, or those of a section
--   sec.hidden_documents()    the documents of a marked section, and those that say a hidden entry
--   sec.hidden_referrals()    the cases whose referral is hidden: the children's rows go with it
--   sec.facts_of(case)        of each entry what the rules need, and no word of it
--   sec.form_used(once)       the case and the digest of what a posted form has led to
--   sec.birthdays(case)       the birthdays of the children, which the rules of publication need
--   sec.shown_names(case)     the names of the people and agencies in what is shown of a case
--
-- Keyline itself, the zero person, reads all that is its own partnership's: it carries the case. What
-- one partnership marks is hidden from everybody of another whose seat is not listed.

set local role keyline_owner;
grant select on police_marks to keyline_sec;
grant select (tenant_id, person_id, role, seat, agency_id, from_on, to_on) on memberships to keyline_sec;
grant select (id, number, entry_type, subject, at, command, once, form_digest) on entries to keyline_sec;
grant select (tenant_id, id, case_id, section, said) on documents to keyline_sec;
grant select (tenant_id, case_id, version, born_on) on children to keyline_sec;

do $$
declare
  seen text;
begin
  foreach seen in array array['police_marks', 'memberships', 'documents', 'children'] loop
    execute format('drop policy if exists sec_sees on %I', seen);
    execute format('create policy sec_sees on %I for select to keyline_sec using (true)', seen);
  end loop;
end $$;

set local role keyline_sec;

create or replace function sec.own_seats() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(coalesce(m.seat, m.role)::text), '{}') from public.memberships m
     where m.tenant_id = sec.tenant() and m.person_id = sec.person()
       and m.from_on <= current_date and coalesce(m.to_on >= current_date, true)
  );
end $$;

create or replace function sec.own_agencies() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(m.agency_id), '{}') from public.memberships m
     where m.tenant_id = sec.tenant() and m.person_id = sec.person()
       and m.from_on <= current_date and coalesce(m.to_on >= current_date, true)
  );
end $$;

-- Whether the reader reads what is marked so: Keyline itself, a listed seat, a listed agency. Who
-- reads is handed in, since it is asked of each mark and is the same for all.
create or replace function sec.is_listed(owner uuid, seats text[], partnerships uuid[], agencies uuid[],
  reading uuid, reader uuid, own_seats text[], own_agencies uuid[])
returns boolean language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select exists (
    select where owner = reading and '00000000-0000-0000-0000-000000000000'::uuid = reader
    union all
    select where reading = any (partnerships) and seats && own_seats
    union all
    select where owner = reading and agencies && own_agencies
  )
$$;

-- The cases of others whose marks hold for us: what is shown to us, and what we may have filed of it
-- while we took part in a joint review, or take part.
create or replace function sec.cases_beside() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(found.case_id), '{}') from (
      select unnest(sec.shown_cases()) as case_id
      union
      select m.case_id from public.joint_memberships m
        join public.joint_memberships own on own.joint_review_id = m.joint_review_id
       where own.tenant_id = sec.tenant()
    ) found
  );
end $$;

create or replace function sec.marks_over()
returns table (tenant_id uuid, id uuid, case_id uuid, entry_id uuid, section text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select m.tenant_id, m.id, m.case_id, m.entry_id, m.section::text from public.police_marks m
     where (m.tenant_id = (select sec.tenant()) or m.case_id = any ((select sec.cases_beside())::uuid[]))
       and m.lifted_at is null
       and not sec.is_listed(m.tenant_id, m.seats, m.partnerships, m.agencies, (select sec.tenant()),
         (select sec.person()), (select sec.own_seats()), (select sec.own_agencies()));
end $$;

-- Most partnerships have no mark that hides anything from most people: the policies ask this first,
-- and of no row what is hidden.
create or replace function sec.something_is_hidden() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from sec.marks_over());
end $$;

-- The acts that mark say why: their entries have the mark as their subject and are hidden with it.
create or replace function sec.hidden_entries() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(e.id), '{}') from sec.marks_over() m
      join public.entries e on e.tenant_id = m.tenant_id and e.case_id = m.case_id
       and (e.id = m.entry_id or e.section = m.section or e.subject = m.id::text)
     where e.entry_type <> all (array['signed_off', 'dialogue_recorded', 'position_replaced',
       'signatures_asked', 'signature_received', 'reviewer_appointed', 'marked_duplicate', 'plan_proposed', 'action_updated',
       'plan_reviewed', 'audit_asked', 'action_audited', 'staff_told', 'staff_told_recorded',
       'learning_event_planned', 'learning_event_called_off',
       'publication_asked', 'publisher_sent', 'publisher_published', 'publisher_returned',
       'publication_held', 'notification_received', 'joint_record_submitted',
       'joint_record_returned', 'attendees_named'])
  );
end $$;

create or replace function sec.hidden_documents() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(d.id), '{}') from sec.marks_over() m
      join public.documents d on d.tenant_id = m.tenant_id and d.case_id = m.case_id
       and (d.section = m.section or m.entry_id = any (d.said) 
            or d.said && (select sec.hidden_entries()))
  );
end $$;

create or replace function sec.hidden_referrals() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(e.case_id), '{}') from sec.marks_over() m
      join public.entries e on e.tenant_id = m.tenant_id and e.case_id = m.case_id
       and e.id = any ((select sec.hidden_entries())::uuid[]) and e.entry_type in ('referred', 'referral_corrected')
  );
end $$;

create or replace function sec.facts_of(wanted uuid)
returns table (id uuid, number int, entry_type text, section text, subject text, at timestamptz,
  agencies jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select e.id, e.number, e.entry_type::text, e.section::text, e.subject::text, e.at,
           case when e.entry_type = 'returns_requested' then e.command -> 'agencies' end
      from public.cases c
      join public.entries e on e.tenant_id = c.tenant_id and e.case_id = c.id
     where c.id = wanted and c.id <> all ((select sec.blocked_cases())::uuid[])
       and (e.tenant_id = (select sec.tenant())
            or (e.case_id::text || ':' || e.section) = any ((select sec.shown_sections())::text[]))
     order by e.number;
end $$;

create or replace function sec.form_used(wanted uuid) returns table (case_id uuid, form_digest text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select e.case_id, e.form_digest::text from public.entries e
     where e.tenant_id = sec.tenant() and e.once = wanted;
end $$;

create or replace function sec.birthdays(wanted uuid) returns date[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(c.born_on), '{}') from public.children c
     where c.tenant_id = sec.tenant() and c.case_id = wanted
       and c.version = (select max(newest.version) from public.children newest
                         where newest.tenant_id = c.tenant_id and newest.case_id = c.case_id)
       and c.case_id <> all ((select sec.blocked_cases())::uuid[])
  );
end $$;

-- The names of people come with what is shown, and not with what is hidden of it.
create or replace function sec.shown_names(wanted uuid) returns table (id uuid, name text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
    with live as (select g.tenant_id, g.sections from sec.live_grants() g where g.case_id = wanted)
    select distinct p.id, p.name::text
      from live
      join public.entries e on e.tenant_id = live.tenant_id and e.case_id = wanted
       and e.section = any (live.sections) and e.id <> all ((select sec.hidden_entries())::uuid[])
      join public.people p on p.id = e.person_id
    union  -- who took part in the meeting (GOV-12)
    select p.id, p.name::text
      from live
      join public.entries e on e.tenant_id = live.tenant_id and e.case_id = wanted
       and e.entry_type = 'meeting_held'
       and e.section = any (live.sections) and e.id <> all ((select sec.hidden_entries())::uuid[])
      cross join lateral jsonb_array_elements_text(
        coalesce(e.command::jsonb -> 'present', '[]'::jsonb)
        || jsonb_path_query_array(e.command::jsonb, '$.deputies[*].in_place_of')
      ) as took_part(person)
      join public.people p on p.id = took_part.person::uuid
    union
    select a.id, a.name::text from live join public.agencies a on a.tenant_id = live.tenant_id
       and (a.case_id is null or a.case_id = wanted);
end $$;

revoke all on function sec.own_seats(), sec.own_agencies(),
  sec.is_listed(uuid, text[], uuid[], uuid[], uuid, uuid, text[], uuid[]), sec.cases_beside(),
  sec.marks_over(), sec.something_is_hidden(), sec.hidden_entries(),
  sec.hidden_documents(), sec.hidden_referrals(), sec.facts_of(uuid), sec.form_used(uuid),
  sec.birthdays(uuid), sec.shown_names(uuid) from public;
grant execute on function sec.own_seats(), sec.something_is_hidden(), sec.hidden_entries(),
  sec.hidden_documents(),
  sec.hidden_referrals(), sec.facts_of(uuid), sec.form_used(uuid), sec.birthdays(uuid),
  sec.shown_names(uuid) to keyline_app;
grant execute on function sec.facts_of(uuid), sec.form_used(uuid), sec.birthdays(uuid),
  sec.shown_names(uuid) to keyline_worker;

set local role keyline_owner;
