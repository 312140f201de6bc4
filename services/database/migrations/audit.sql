-- The audit chain: one function appends to it, and nothing changes or removes a link. Run inside a
-- migration, as the owner of the tables audit_links, audit_heads and memberships, by a login that may
-- set the roles keyline_owner, keyline_sec and keyline_audit. Safe to run again.
--
--   audit.append(links)                 appends to the chain of the transaction's own partnership
--   audit.append_of_account(whose, links)
--                                       does so, and has what tells of the account stand in the chain of every
--                                       partnership that its owner serves today: for the sign-in role alone
--   audit.canonical(body)               the one written form of a body
--   audit.link_hash(prev, ..., body)    the hash of a link; services/domain/audit_verifier.py says the same
--
--   audit.partnership(), audit.person() say whose transaction it is: the one place that reads it
--   audit.may_append_to(own, other, case there)  says whether a joint act may stand in the other's chain

set local role keyline_owner;
create schema if not exists audit;
grant usage, create on schema audit to keyline_audit;
grant usage on schema audit to keyline_app, keyline_worker, keyline_sign_in, keyline_provisioning;
grant usage on schema sec to keyline_audit;

grant select, insert on audit_links to keyline_audit;
grant select, insert, update on audit_heads to keyline_audit;
grant select (tenant_id, person_id, from_on, to_on) on memberships to keyline_audit;
grant select (tenant_id, case_id, joint_review_id) on joint_memberships to keyline_audit;
grant select (tenant_id, case_id, partnership_id, approved_at) on case_grants to keyline_audit;

drop policy if exists audit_appends on audit_links;
drop policy if exists audit_appends on audit_heads;
drop policy if exists audit_sees on memberships;
drop policy if exists audit_sees on joint_memberships;
drop policy if exists audit_sees on case_grants;
create policy audit_appends on audit_links to keyline_audit using (true) with check (true);
create policy audit_appends on audit_heads to keyline_audit using (true) with check (true);
create policy audit_sees on memberships for select to keyline_audit using (true);
create policy audit_sees on joint_memberships for select to keyline_audit using (true);
create policy audit_sees on case_grants for select to keyline_audit using (true);

set local role keyline_sec;
grant execute on function sec.tenant(), sec.person() to keyline_audit;

set local role keyline_audit;

-- The partnership of the signed context; nothing where none is chosen yet.
create or replace function audit.partnership() returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
  select nullif(sec.tenant(), '00000000-0000-0000-0000-000000000000')
$$;

-- The person of the signed context; nothing for Keyline itself and for a stranger.
create or replace function audit.person() returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
  select nullif(sec.person(), '00000000-0000-0000-0000-000000000000')
$$;

-- A link stands in another partnership's chain too where both took part in one joint review, or one
-- shared a case with the other. What it tells of must be the other's case there, where a case is named.
-- A tie that has ended still counts: that sharing ended is itself told in both chains.
create or replace function audit.may_append_to(own uuid, other uuid, case_there uuid) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from joint_memberships m, joint_memberships n
     where n.joint_review_id = m.joint_review_id and m.tenant_id = own and n.tenant_id = other
       and n.case_id = coalesce(case_there, n.case_id)
    union all
    select from case_grants g
     where g.tenant_id = other and g.partnership_id = own and g.approved_at is not null
       and g.case_id = coalesce(case_there, g.case_id)
    union all
    select from case_grants g
     where g.tenant_id = own and g.partnership_id = other and g.approved_at is not null
       and case_there is null
  )
$$;

-- A body is flat: names with text, whole numbers, true or false, or nothing.
create or replace function audit.canonical(body jsonb) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if jsonb_typeof(body) is distinct from 'object' or exists (
       select from jsonb_each(body) as each (name, value)
        where jsonb_typeof(value) in ('object', 'array')
           or jsonb_typeof(value) = 'number' and value::text !~ '^-?[0-9]+$') then
    raise exception 'the body of an audit link is flat and has no fractions' using errcode = '22023';
  end if;
  return '{' || coalesce(
    (select string_agg(to_json(name)::text || ':' || value::text, ',' order by name collate "C")
       from jsonb_each(body) as each (name, value)), '') || '}';
end $$;

create or replace function audit.written(at timestamptz) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

create or replace function audit.link_hash(prev text, tenant uuid, seq bigint, at timestamptz, body jsonb)
returns text language sql immutable set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(convert_to(concat_ws(E'\n', 'keyline-audit-1', prev, tenant::text, seq::text,
    audit.written(at), audit.canonical(body)), 'UTF8')), 'hex')
$$;

-- Whose chains a transaction appends to: its partnership's; before one is chosen, at the door, those
-- of every partnership that the person serves today; for a stranger the installation's own chain.
create or replace function audit.chains_of(whose uuid) returns uuid[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select array(select distinct m.tenant_id from memberships m
                where m.person_id = whose and m.from_on <= current_date
                  and (m.to_on is null or m.to_on >= current_date)
  )
$$;

create or replace function audit.own_chains() returns uuid[]
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  found uuid[];
begin
  if audit.partnership() is not null then
    return array[audit.partnership()];
  end if;
  found := audit.chains_of(audit.person());
  return case when cardinality(found) > 0 then found
              else array['6b65796c-696e-4e65-8000-000000000000'::uuid] end;
end $$;

-- Each link is {"body": {...}, "also": {partnership: its own case in the joint review or null, ...}}. In
-- another's chain the link tells of that case. Whose act it was is written here, from the
-- transaction's context, whatever the caller says. The heads are locked in the order of partnership
-- id, and this is the last statement before the commit, so that no two can wait for each other.
-- `others` are the chains of partnerships that the owner of an account serves besides: there stands what
-- tells of the account, by whose word it was.
create or replace function audit.append_to(own uuid[], others uuid[], links jsonb) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  who constant jsonb := jsonb_strip_nulls(jsonb_build_object('person', audit.person()));
  chain uuid;
  head audit_heads%rowtype;
  link jsonb;
  body jsonb;
begin
  if exists (
       select from jsonb_array_elements(links) as each (link),
                   jsonb_each_text(each.link -> 'also') as named (other, case_there)
        where audit.may_append_to(audit.partnership(), other::uuid, case_there::uuid) is not true
     ) then
    raise exception 'this partnership may not append to that chain' using errcode = '42501';
  end if;
  for chain in
    select unnest(own || others)
    union
    select other::uuid from jsonb_array_elements(links) as each (link),
                            jsonb_object_keys(each.link -> 'also') as named (other)
    order by 1
  loop
    select * into head from audit_heads h where h.tenant_id = chain for update;
    if not found then
      insert into audit_heads (tenant_id, seq, hash, at, submitted_seq)
      values (chain, 0, repeat('0', 64), '-infinity', 0) on conflict do nothing;
      select * into strict head from audit_heads h where h.tenant_id = chain for update;
    end if;
    for link in
      select each.link from jsonb_array_elements(links) with ordinality as each (link, place)
       where chain = any (own) or each.link -> 'also' ? chain::text
          or chain = any (others) and each.link -> 'body' ->> 'kind' = 'account' order by each.place
    loop
      body := (link -> 'body') || who;
      if link -> 'also' <> '{}'::jsonb then
        body := body || jsonb_build_object('pair', body ->> 'pair', 'by', audit.partnership());
      end if;
      if chain = any (others) and not (chain = any (own)) then
        body := body || jsonb_strip_nulls(jsonb_build_object('by', audit.partnership()));
      elsif not (chain = any (own)) then
        body := (body - 'case') || jsonb_strip_nulls(jsonb_build_object(
          'case', link -> 'also' ->> chain::text));
      end if;
      head.seq := head.seq + 1;
      head.at := greatest(head.at, clock_timestamp());
      insert into audit_links (tenant_id, seq, at, body, prev, hash)
      values (chain, head.seq, head.at, body, head.hash,
              audit.link_hash(head.hash, chain, head.seq, head.at, body))
      returning audit_links.hash into head.hash;
      if body -> 'submission' = 'true'::jsonb then
        head.submitted_seq := head.seq;
      end if;
    end loop;
    update audit_heads h set seq = head.seq, hash = head.hash, at = head.at,
                             submitted_seq = head.submitted_seq
     where h.tenant_id = chain;
  end loop;
end $$;

create or replace function audit.append(links jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform audit.append_to(audit.own_chains(), '{}', links);
end $$;

create or replace function audit.append_of_account(whose uuid, links jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform audit.append_to(audit.own_chains(), audit.chains_of(whose), links);
end $$;

create or replace function audit.refuse() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'an audit chain is only added to' using errcode = '42501';
end $$;

revoke all on all functions in schema audit from public;
grant execute on function audit.append(jsonb)
  to keyline_app, keyline_worker, keyline_sign_in, keyline_provisioning;
grant execute on function audit.append_of_account(uuid, jsonb) to keyline_sign_in;
grant execute on function audit.refuse() to keyline_owner;

set local role keyline_owner;

drop trigger if exists only_added_to on audit_links;
create trigger only_added_to before update or delete or truncate on audit_links
  for each statement execute function audit.refuse();
drop trigger if exists never_removed on audit_heads;
create trigger never_removed before delete or truncate on audit_heads
  for each statement execute function audit.refuse();
