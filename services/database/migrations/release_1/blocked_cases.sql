-- Which cases an interest that the acting person has declared closes to them, in every partnership: the
-- policies named `closed` hide those cases from them. Run inside a migration, after the tables and
-- signed_context.sql. Safe to run again.
--
--   sec.review_rows             the case rows of each joint review: those that take or took part, the one
--                               that invited, and the one that an invitation opened
--   sec.blocked_cases()         the cases that are closed to the acting person
--   sec.conflicted_beside(case) the people of the acting partnership to whom an interest closes a row that
--                               another partnership has of the same joint review: their ids, and nothing else
--   sec.settle_interest(case, person, closing)
--                               lets the interest that somebody else declared close the case, or not; tells
--                               whether it was done: nobody settles their own, or in a case closed to them
--
-- The case rows of a joint review are one incident: an interest that closes one of them closes
-- all of them, whichever partnership owns the row and whether or not it still takes part.
--
-- The act that declares the interest goes on to its end: a row of the transaction that asks closes
-- nothing yet. Declarations are only ever added, so the next transaction finds it. What an interest does
-- is decided by another person: of a declaration that alone changes. An interest that arises later is one
-- more declaration: any that closes does, and all that a person declared on a case are settled together.

set local role keyline_owner;
grant usage on schema public to keyline_sec;
grant select (tenant_id, case_id, person_id, has_conflict, closes, recorded_at), update (closes)
  on declarations to keyline_sec;
grant select (tenant_id, person_id) on memberships to keyline_sec;
grant select (tenant_id, id, invitation_id) on cases to keyline_sec;
grant select on joint_memberships, joint_invitations to keyline_sec;

do $$
declare
  seen text;
begin
  foreach seen in array array['declarations', 'memberships', 'cases', 'joint_memberships',
                              'joint_invitations'] loop
    execute format('drop policy if exists sec_sees on %I', seen);
    execute format('create policy sec_sees on %I for select to keyline_sec using (true)', seen);
  end loop;
end $$;
drop policy if exists sec_settles on declarations;
create policy sec_settles on declarations for update to keyline_sec using (true) with check (true);

set local role keyline_sec;

create or replace view sec.review_rows with (security_invoker = true) as
select m.joint_review_id, m.tenant_id, m.case_id from public.joint_memberships m
union
select i.joint_review_id, i.tenant_id, i.case_id from public.joint_invitations i
union
select i.joint_review_id, c.tenant_id, c.id
  from public.joint_invitations i
  join public.cases c on c.tenant_id = i.partnership_id and c.invitation_id = i.id;

-- To most people no interest closes anything, and every statement asks: for them the answer is none, whoever
-- they are, so the signature is not checked a second time (sec.tenant() has). It is checked before a
-- case is named. Whose the context is stands in the question, for a variable makes PostgreSQL plan it
-- again each time.
create or replace function sec.blocked_cases() returns uuid[]
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  declared uuid[];
begin
  if pg_input_is_valid(substr(current_setting('app.ctx', true), 47, 36), 'uuid') then
    if not exists (
      select from public.declarations d
       where d.closes and d.person_id = substr(current_setting('app.ctx', true), 47, 36)::uuid
    ) then
      return '{}';
    end if;
  end if;
  declared := array(
    select d.case_id from public.declarations d
     where d.person_id = sec.person() and d.closes
       and d.recorded_at <> transaction_timestamp()
  );
  if cardinality(declared) = 0 then
    return declared;
  end if;
  return declared || array(
    select beside.case_id
      from sec.review_rows r join sec.review_rows beside using (joint_review_id)
     where r.case_id = any (declared)
  );
end $$;

create or replace function sec.conflicted_beside(wanted uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct d.person_id), '{}')
    from sec.review_rows r
    join sec.review_rows beside using (joint_review_id)
    join public.declarations d on d.case_id = beside.case_id
    join public.memberships m on m.person_id = d.person_id
   where r.case_id = wanted and r.tenant_id = sec.tenant() and m.tenant_id = sec.tenant()
     and beside.case_id <> wanted and d.closes
$$;

create or replace function sec.settle_interest(wanted uuid, declarer uuid, closing boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if declarer = sec.person() or wanted = any (sec.blocked_cases()) then
    return false;
  end if;
  update public.declarations d set closes = closing
   where d.tenant_id = sec.tenant() and d.case_id = wanted and d.person_id = declarer
     and d.has_conflict;
  return found;
end $$;

revoke all on function sec.blocked_cases(), sec.conflicted_beside(uuid),
  sec.settle_interest(uuid, uuid, boolean) from public;
grant execute on function sec.blocked_cases(), sec.settle_interest(uuid, uuid, boolean) to keyline_app;
grant execute on function sec.conflicted_beside(uuid) to keyline_app, keyline_worker;

set local role keyline_owner;
