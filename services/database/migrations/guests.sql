-- How a guest becomes a person who may act, and how that ends. Run inside a migration, after
-- blocked_cases.sql. Safe to run again.
--
--   sec.admit_guest(guest, first_day)     names the person and lets them in; a practitioner who comes for the
--                                         learning event has no name but in their row of `guests`
--   sec.shut_out_guest(guest, last_day)   ends it with the day
--
-- The application adds no people and changes nobody's role: all that it can bring about here is a person
-- in the role of a guest, or of a practitioner at the learning event, of the acting partnership, whom a row of `guests` names and whose access that
-- row has not ended; never another role, never a person who has an account, never another
-- partnership's guest, and no membership that ended whose id the row happens to have. What a guest may
-- see is decided by that row on each request (`casework/access/cases.py`).

set local role keyline_owner;
grant select (tenant_id, id, agency_id, person_id, name, address, comes_for, ended_at)
  on guests to keyline_sec;
grant select (id, is_guest), insert on people to keyline_sec;
grant select (tenant_id, id, person_id, role), insert, update (to_on) on memberships to keyline_sec;
drop policy if exists sec_sees on guests;
create policy sec_sees on guests for select to keyline_sec using (true);
drop policy if exists sec_sees on people;
create policy sec_sees on people for select to keyline_sec using (true);
drop policy if exists sec_admits on people;
create policy sec_admits on people for insert to keyline_sec with check (true);
drop policy if exists sec_admits on memberships;
create policy sec_admits on memberships for insert to keyline_sec with check (true);
drop policy if exists sec_moves on memberships;
create policy sec_moves on memberships for update to keyline_sec
  using (tenant_id = (select sec.tenant()));

set local role keyline_sec;

create or replace function sec.admit_guest(admitted uuid, first_day date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  g record;
  for_event boolean;
begin
  select n.* into g
    from (select tenant_id, id, agency_id, person_id, name, address, comes_for, ended_at
            from public.guests) n
   where n.tenant_id = sec.tenant() and n.id = admitted and n.ended_at is null;
  if not found
     or exists (select from public.people p where p.id = g.person_id and not p.is_guest)
     or exists (select from public.memberships m
                 where m.person_id = g.person_id and m.tenant_id <> g.tenant_id) then
    return false;
  end if;
  for_event := g.comes_for = 'learning_event';
  insert into public.people (id, email, name, is_guest)
    values (g.person_id, g.address,
            case when for_event then 'A practitioner at the learning event' else g.name end, true)
    on conflict (id) do nothing;
  insert into public.memberships (tenant_id, id, person_id, role, authority, agency_id, decides,
                                  accountable_to, from_on)
    values (g.tenant_id, g.id, g.person_id, case when for_event then 'practitioner' else 'guest' end, '',
            g.agency_id, '', '', first_day)
    on conflict (tenant_id, id) do update set to_on = null
      where memberships.role = excluded.role and memberships.person_id = excluded.person_id;
  return found;
end $$;

-- Of the acting partnership, which the policy says, and of who has no account: other memberships end otherwise
-- (appointments.sql).
create or replace function sec.shut_out_guest(ended uuid, last_day date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update public.memberships m set to_on = last_day
   where m.id = ended and m.role in ('guest', 'practitioner');
  return found;
end $$;

revoke all on function sec.admit_guest(uuid, date), sec.shut_out_guest(uuid, date) from public;
grant execute on function sec.admit_guest(uuid, date), sec.shut_out_guest(uuid, date) to keyline_app;

set local role keyline_owner;
