-- How drafts end that are not their reader's: without being read. Run inside a migration, after
-- blocked_cases.sql. Safe to run again.
--
--   sec.end_drafts(case)                     all drafts on a case that has ended, of the acting partnership
--   sec.dispose_drafts(saved_before, today)  its drafts that are too old, of people who serve it no longer,
--                                            and of people to whom an interest closes the case
--
-- Both delete and return how many; neither role that may call them reads another person's draft. What
-- the owner of the functions may read is whose drafts there are, and never the encrypted words.

set local role keyline_owner;
grant select (tenant_id, id, case_id, person_id, saved_at), delete on drafts to keyline_sec;
grant select (tenant_id, person_id, from_on, to_on) on memberships to keyline_sec;
drop policy if exists sec_sees on drafts;
create policy sec_sees on drafts for select to keyline_sec using (true);
drop policy if exists sec_ends on drafts;
create policy sec_ends on drafts for delete to keyline_sec using (tenant_id = (select sec.tenant()));

set local role keyline_sec;

create or replace function sec.end_drafts(ended uuid) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  gone bigint;
begin
  delete from public.drafts d where d.case_id = ended;
  get diagnostics gone = row_count;
  return gone;
end $$;

create or replace function sec.dispose_drafts(saved_before timestamptz, today date) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  serving constant uuid[] := array(
    select m.person_id from public.memberships m
     where m.tenant_id = sec.tenant() and m.from_on <= today
       and coalesce(m.to_on, today) >= today
  );
  barred constant uuid[] := array(
    select d.id from public.drafts d
      join public.declarations x on x.person_id = d.person_id and x.closes
      left join sec.review_rows r on r.case_id = x.case_id
      left join sec.review_rows b on b.joint_review_id = r.joint_review_id
     where d.case_id in (x.case_id, b.case_id)
  );
  gone bigint;
begin
  delete from public.drafts d
   where d.saved_at < saved_before or d.person_id <> all (serving) or d.id = any (barred);
  get diagnostics gone = row_count;
  return gone;
end $$;

revoke all on function sec.end_drafts(uuid), sec.dispose_drafts(timestamptz, date) from public;
grant execute on function sec.end_drafts(uuid), sec.dispose_drafts(timestamptz, date)
  to keyline_app, keyline_worker;

set local role keyline_owner;
