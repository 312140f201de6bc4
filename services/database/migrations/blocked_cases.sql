-- In which cases the acting person has declared a conflict of interest, in every partnership: the
-- policies named `closed` hide those cases from them. Run inside a migration, after the tables and
-- signed_context.sql. Safe to run again.
--
-- The act that declares the conflict goes on to its end: a row of the transaction that asks closes
-- nothing yet. Declarations are only ever added, so the next transaction finds it.

set local role keyline_owner;
grant select (case_id, person_id, has_conflict, recorded_at) on declarations to keyline_sec;
drop policy if exists sec_sees on declarations;
create policy sec_sees on declarations for select to keyline_sec using (true);

set local role keyline_sec;

create or replace function sec.blocked_cases() returns uuid[]
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, public, pg_temp as $$
begin return (
  select coalesce(array_agg(d.case_id), '{}') from public.declarations d
   where d.person_id = sec.person() and d.has_conflict
     and d.recorded_at <> transaction_timestamp()
); end $$;

revoke all on function sec.blocked_cases() from public;
grant execute on function sec.blocked_cases() to keyline_app;

set local role keyline_owner;
