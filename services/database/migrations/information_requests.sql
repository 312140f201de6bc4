-- Whether a request for information is open: asked inside the statement that disposes of anything. Run inside
-- a migration, after signed_context.sql and the tables of the requests. Safe to run again.
--
--   sec.open_information_requests(case)
--                                 returns the ids of the requests of its partnership that stop disposal of the
--                                 case: those neither answered nor closed that name it, or that name none and
--                                 may concern any

set local role keyline_owner;
grant select (tenant_id, id, case_id) on information_requests to keyline_sec;
grant select (tenant_id, request_id, event) on information_request_steps to keyline_sec;
drop policy if exists sec_sees on information_requests;
create policy sec_sees on information_requests for select to keyline_sec using (true);
drop policy if exists sec_sees on information_request_steps;
create policy sec_sees on information_request_steps for select to keyline_sec using (true);

set local role keyline_sec;

create or replace function sec.open_information_requests(of_case uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.id from public.information_requests r
   where r.tenant_id = sec.tenant() and (r.case_id = of_case or r.case_id is null)
     and not exists (
       select from public.information_request_steps s
        where s.tenant_id = r.tenant_id and s.request_id = r.id and s.event in ('answered', 'closed'))
$$;

-- Asked by tests alone: what holds a case is told by sec.what_holds (disposal.sql). No released code calls it.
drop function if exists sec.has_open_information_request(uuid);

revoke all on function sec.open_information_requests(uuid) from public;

set local role keyline_owner;
