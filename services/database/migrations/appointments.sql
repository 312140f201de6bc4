-- How an appointment becomes a membership, and how a membership ends. Run inside a migration, after
-- guests.sql and the tables of appointments. Safe to run again.
--
--   sec.appoint(appointment)      makes the membership once two people and the one appointed have said yes
--   sec.end_membership(review)    ends it with the day that an administrator's review says
--   sec.has_account_for(appointment)
--                                 tells at the one-time address of who is appointed whether they have an account
--   sec.has_account(address)      tells an administrator whether the address has an account, and no more
--   sec.is_own(address)           tells whoever acts whether they have the address, and no more
--   sec.open_account(appointment, token, name, kept)
--                                 opens the account of who is appointed and has none, at their one-time address
--   sec.drafts_of(person)         how many drafts somebody has, told to an administrator
--
-- The application adds no membership and no person by itself. What it can bring about here is what the rows
-- of `appointments` and `appointment_answers` say, which are only added to, each in the name of whoever
-- acts: entered by an administrator; answered by another one, or by the holder of the post of the directory
-- whose seat it is, at a one-time address that Keyline itself wrote; accepted by the person who has the
-- address. Nobody is in two of these places.

set local role keyline_owner;
grant select on appointments, appointment_answers, appointment_links, membership_reviews to keyline_sec;
grant select (id, email, is_guest), insert on people to keyline_sec;
grant select (tenant_id, id, person_id, role, from_on, to_on), insert, update (to_on)
  on memberships to keyline_sec;
grant insert on credentials to keyline_sec;

do $$
declare
  seen text;
begin
  foreach seen in array array['appointments', 'appointment_answers', 'appointment_links',
                              'membership_reviews'] loop
    execute format('drop policy if exists sec_sees on %I', seen);
    execute format('create policy sec_sees on %I for select to keyline_sec using (true)', seen);
  end loop;
end $$;
drop policy if exists sec_opens on credentials;
create policy sec_opens on credentials for insert to keyline_sec with check (true);

set local role keyline_sec;

-- A platform administrator serves the installation, whose id stands where that of a partnership does.
create or replace function sec.administers(who uuid, whose uuid, at timestamptz) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from public.memberships m
     where m.person_id = who
       and (m.role = 'partnership_administrator' and m.tenant_id = whose
            or m.role = 'platform_administrator'
               and m.tenant_id = uuid '6b65796c-696e-4e65-8000-000000000000')
       and m.from_on <= greatest(at, now())::date and (m.to_on is null or m.to_on >= at::date)
  )
$$;

create or replace function sec.has_account(address text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return sec.administers(sec.person(), sec.tenant(), now())
     and exists (select from public.people p where p.email = address and not p.is_guest);
end $$;

-- A platform administrator acts in a partnership that does not see them: nobody's row of people is asked
-- for in the pages' own reach, or no address would ever be theirs.
create or replace function sec.is_own(address text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return exists (select from public.people p where p.id = sec.person() and p.email = address);
end $$;

create or replace function sec.drafts_of(whose uuid) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not sec.administers(sec.person(), sec.tenant(), now()) then return 0; end if;
  return (select count(*) from public.drafts d
           where d.tenant_id = sec.tenant() and d.person_id = whose and d.act <> 'search');
end $$;

-- Whether the second person has said yes: for a seat the holder of the post of the directory, at an address
-- that Keyline wrote for them; else an administrator, who is not the one appointed.
create or replace function sec.has_second(wanted uuid, appointed uuid) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from public.appointments a
      join public.appointment_answers y
        on y.tenant_id = a.tenant_id and y.appointment_id = a.id
     where a.tenant_id = sec.tenant() and a.id = wanted and y.answer_of = 'second_person' and y.is_yes
       and sec.administers(a.added_by, a.tenant_id, a.added_at)
       and case when a.role in ('notifier', 'safeguarding_partner', 'agency_lead')
             then a.contact_id is not null and y.answered_by is null and exists (
                    select from public.appointment_links l
                     where l.tenant_id = a.tenant_id and l.appointment_id = a.id
                       and l.answer_of = 'second_person')
             else y.answered_by <> a.added_by and y.answered_by is distinct from appointed
                  and sec.administers(y.answered_by, a.tenant_id, y.answered_at) end
  ) and not exists (
    select from public.appointment_answers w
     where w.tenant_id = sec.tenant() and w.appointment_id = wanted and w.answer_of = 'withdrawn')
$$;

create or replace function sec.appoint(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  a public.appointments%rowtype;
  appointed uuid;
begin
  select n.* into a from public.appointments n where n.tenant_id = sec.tenant() and n.id = wanted;
  if not found or a.role in ('guest', 'practitioner', 'operations', 'platform_administrator', 'service') then
    return false;
  end if;
  select y.answered_by into appointed from public.appointment_answers y
   where y.tenant_id = a.tenant_id and y.appointment_id = a.id and y.answer_of = 'appointed' and y.is_yes;
  if appointed is null or appointed = a.added_by or not sec.has_second(a.id, appointed) or not exists (
       select from public.people p where p.id = appointed and p.email = a.address and not p.is_guest) then
    return false;
  end if;
  insert into public.memberships (tenant_id, id, person_id, role, seat, authority, agency_id, decides,
                                  accountable_to, from_on, to_on, deputy_of)
    values (a.tenant_id, a.id, appointed, a.role, a.seat, a.authority, a.agency_id, a.decides,
            a.accountable_to, a.from_on, a.to_on, a.deputy_of)
    on conflict (tenant_id, id) do nothing;
  return found;
end $$;

-- Asked at the address that was written for the person, and told to nobody else.
create or replace function sec.has_account_for(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return sec.person() = uuid '00000000-0000-0000-0000-000000000000' and sec.has_second(wanted, null) and exists (
    select from public.appointments a join public.people p on p.email = a.address
     where a.tenant_id = sec.tenant() and a.id = wanted and not p.is_guest);
end $$;

create or replace function sec.open_account(wanted uuid, token text, name text, kept text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  a public.appointments%rowtype;
  opened constant uuid := gen_random_uuid();
begin
  select n.* into a from public.appointments n where n.tenant_id = sec.tenant() and n.id = wanted;
  if not found or sec.person() <> uuid '00000000-0000-0000-0000-000000000000' or not sec.has_second(a.id, null)
     or not exists (
       select from public.appointment_links l
        where l.tenant_id = a.tenant_id and l.appointment_id = a.id and l.answer_of = 'appointed'
          and l.ended_at is null
          and l.address_sha256 = encode(sha256(convert_to(token, 'UTF8')), 'hex'))
     or exists (select from public.people p where p.email = a.address and not p.is_guest) then
    return null;
  end if;
  insert into public.people (id, email, name, is_guest) values (opened, a.address, open_account.name, false);
  if kept <> '' then
    insert into public.credentials (person_id, password_hash) values (opened, kept);
  end if;
  return opened;
end $$;

-- Of the acting partnership, which the policy on memberships says.
create or replace function sec.end_membership(review uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update public.memberships m set to_on = r.last_day
    from public.membership_reviews r
   where r.id = review and r.last_day is not null
     and r.added_by = sec.person() and sec.administers(r.added_by, r.tenant_id, r.added_at)
     and m.tenant_id = r.tenant_id and m.id = r.membership_id and m.role <> 'guest'
     and (m.to_on is null or r.last_day <= m.to_on);
  return found;
end $$;

revoke all on function sec.administers(uuid, uuid, timestamptz), sec.has_account(text), sec.is_own(text),
  sec.drafts_of(uuid), sec.has_second(uuid, uuid), sec.appoint(uuid), sec.open_account(uuid, text, text, text),
  sec.has_account_for(uuid), sec.end_membership(uuid) from public;
grant execute on function sec.has_account(text), sec.is_own(text), sec.drafts_of(uuid), sec.appoint(uuid),
  sec.has_account_for(uuid), sec.open_account(uuid, text, text, text), sec.end_membership(uuid)
  to keyline_app;

set local role keyline_owner;
