-- What partnerships show each other: the only bridge between them (rules.md 4, joint reviews).
-- Run inside a migration after the signed context, by a login that may set the roles of the owner and
-- of the schema sec. Safe to run again.
--
--   sec.shown_sections()      the 'case:section' words that the acting partnership may read now
--   sec.shown_cases()         their cases: the coarse test, an array that an index can use
--   sec.joint_reviews()       the joint reviews in which the acting partnership takes part, or is asked to
--   sec.parts_taken()         the joint reviews in which it takes part or took part, with the end of each part
--   sec.shared_cases()        of each shown case its reference and standing, and nothing else of its row
--   sec.known_partnerships()  the partnerships that may be invited: a demonstration only by one
--   sec.approve_grant(...)    the second person's own act: sets who approved from the signed context
--   sec.end_grant(...)        ends a grant, at once
--   sec.withdraw_invitation(...)  takes back an invitation that nobody has accepted or declined
--
-- What policies and pages ask is in plpgsql, which keeps its plans for the session. A function in SQL
-- is planned again in each statement that asks it, and that was most of what the policies cost.
--
-- A grant is in force between approval and its end or revocation. Its end is compared with the
-- database's clock, moved by the practice clock of the partnership that shares.

set local role keyline_owner;
grant usage on schema public to keyline_sec;
grant select on case_grants, joint_invitations, joint_replies, joint_memberships to keyline_sec;
grant update (approved_by, approved_at, revoked_by, revoked_at) on case_grants to keyline_sec;
grant update (withdrawn_at) on joint_invitations to keyline_sec;
grant select (tenant_id, name, code, is_demonstration, practice_offset) on partnerships to keyline_sec;
grant select (tenant_id, id, reference, stage) on cases to keyline_sec;
grant select (tenant_id, case_id, section, person_id) on entries to keyline_sec;
grant select (id, name) on people to keyline_sec;
grant select (tenant_id, id, name, case_id) on agencies to keyline_sec;

do $$
declare
  seen text;
begin
  foreach seen in array array['case_grants', 'joint_invitations', 'joint_replies', 'joint_memberships',
                              'partnerships', 'cases', 'entries', 'agencies', 'people'] loop
    execute format('drop policy if exists sec_sees on %I', seen);
    execute format('create policy sec_sees on %I for select to keyline_sec using (true)', seen);
  end loop;
end $$;
drop policy if exists sec_ends on case_grants;
create policy sec_ends on case_grants for update to keyline_sec using (true) with check (true);
drop policy if exists sec_ends on joint_invitations;
create policy sec_ends on joint_invitations for update to keyline_sec using (true) with check (true);

set local role keyline_sec;

create or replace function sec.live_grants()
returns table (tenant_id uuid, case_id uuid, joint_review_id uuid, sections text[],
  until_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select g.tenant_id, g.case_id, g.joint_review_id, g.sections, g.until_at
      from public.case_grants g
      join public.partnerships p on p.tenant_id = g.tenant_id
     where g.partnership_id = sec.tenant() and g.approved_at is not null and g.revoked_at is null
       and g.until_at > statement_timestamp() + make_interval(secs => p.practice_offset);
end $$;

create or replace function sec.shown_cases() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(g.case_id), '{}') from sec.live_grants() g
  );
end $$;

create or replace function sec.shown_sections() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(g.case_id::text || ':' || s), '{}')
      from sec.live_grants() g, unnest(g.sections) s
  );
end $$;

create or replace function sec.joint_reviews() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(distinct found.joint_review_id), '{}') from (
      select m.joint_review_id from public.joint_memberships m
       where m.tenant_id = sec.tenant() and m.until_at is null
      union
      select i.joint_review_id from public.joint_invitations i
        join public.case_grants g on g.tenant_id = i.tenant_id and g.id = i.grant_id
       where i.partnership_id = sec.tenant() and i.withdrawn_at is null and g.approved_at is not null
         and not exists (select from public.joint_replies r
                          where r.invitation_id = i.id and r.answer = 'declined')
    ) found
  );
end $$;

-- What was signed while a partnership took part stays in its sight: it is on the record of both.
create or replace function sec.parts_taken() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(jsonb_object_agg(found.joint_review_id, found.until_at), '{}') from (
      select m.joint_review_id, max(coalesce(m.until_at, 'infinity')) as until_at
        from public.joint_memberships m
       where m.tenant_id = sec.tenant()
       group by m.joint_review_id
    ) found
  );
end $$;

create or replace function sec.shared_cases()
returns table (tenant_id uuid, case_id uuid, joint_review_id uuid, partnership text, reference text,
  stage text, sections text[], until_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select g.tenant_id, g.case_id, g.joint_review_id, p.name::text, c.reference::text, c.stage::text,
           g.sections, g.until_at
      from sec.live_grants() g
      join public.partnerships p on p.tenant_id = g.tenant_id
      join public.cases c on c.tenant_id = g.tenant_id and c.id = g.case_id;
end $$;

create or replace function sec.known_partnerships() returns table (id uuid, name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.tenant_id, p.name from public.partnerships p
   where p.is_demonstration = (select own.is_demonstration from public.partnerships own
                                where own.tenant_id = sec.tenant())
   order by p.name
$$;

-- One live grant a direction: the approved one takes the place of the one before it.
create or replace function sec.approve_grant(wanted uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  waiting public.case_grants;
begin
  select * into waiting from public.case_grants g
   where g.tenant_id = sec.tenant() and g.id = wanted
     and g.approved_at is null and g.revoked_at is null
     for update;
  if waiting.id is null or sec.person() is null or waiting.granted_by = sec.person() then
    return false;
  end if;
  update public.case_grants g set revoked_at = at, revoked_by = sec.person()
   where g.tenant_id = waiting.tenant_id and g.case_id = waiting.case_id
     and g.partnership_id = waiting.partnership_id
     and g.approved_at is not null and g.revoked_at is null;
  update public.case_grants g set approved_at = at, approved_by = sec.person()
   where g.tenant_id = waiting.tenant_id and g.id = waiting.id;
  return true;
end $$;

create or replace function sec.end_grant(wanted uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.case_grants g set revoked_at = at, revoked_by = sec.person()
   where g.tenant_id = sec.tenant() and g.id = wanted and g.revoked_at is null;
  return found;
end $$;

create or replace function sec.withdraw_invitation(wanted uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.joint_invitations i set withdrawn_at = at
   where i.tenant_id = sec.tenant() and i.id = wanted and i.withdrawn_at is null
     and not exists (select from public.joint_replies r
                      where r.invitation_id = i.id and r.answer <> 'asked');
  return found;
end $$;

revoke all on function sec.live_grants(), sec.shown_cases(), sec.shown_sections(), sec.joint_reviews(),
  sec.parts_taken(),
  sec.shared_cases(), sec.known_partnerships(),
  sec.approve_grant(uuid, timestamptz), sec.end_grant(uuid, timestamptz),
  sec.withdraw_invitation(uuid, timestamptz) from public;
grant execute on function sec.parts_taken() to keyline_app, keyline_worker, keyline_owner;
grant execute on function sec.shown_cases(), sec.shown_sections(), sec.joint_reviews(), sec.shared_cases(),
  sec.known_partnerships(), sec.approve_grant(uuid, timestamptz),
  sec.end_grant(uuid, timestamptz), sec.withdraw_invitation(uuid, timestamptz) to keyline_app;
grant execute on function sec.shown_cases(), sec.shown_sections(), sec.joint_reviews(), sec.shared_cases(),
  sec.known_partnerships(), sec.end_grant(uuid, timestamptz) to keyline_worker;
grant execute on function sec.live_grants(), sec.shown_cases(), sec.shown_sections(), sec.joint_reviews()
  to keyline_owner;

set local role keyline_owner;
