-- What systems are told by webhook is written where it happens, in the same transaction. Run inside a
-- migration, after watch.sql. Safe to run again.
--
--   sec.tell_of_case()    a case was opened, came to another stage, or was closed
--   sec.tell_of_entry()   something was done on a case
--
-- Both add one message for each address that holds now, has a secret and asks for such a thing, as the
-- role that changes the case, so that row-level security holds them to its partnership.

set local role keyline_sec;

create or replace function sec.tell(whose uuid, about uuid, told text) returns void
language sql volatile set search_path = pg_catalog, public, pg_temp as $$
  insert into public.webhook_deliveries (tenant_id, id, webhook_id, case_id, event, at, standing, next_at, vain, tries)
  select w.tenant_id, gen_random_uuid(), w.id, about, told, clock_timestamp(), 'waits', clock_timestamp(), 0, '[]'
    from public.webhooks w
   where w.tenant_id = whose and w.is_confirmed and w.ended_at is null and w.sealed is not null
     and told = any (string_to_array(w.events, ' '))
$$;

create or replace function sec.tell_of_case() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.id is null then
    perform sec.tell(new.tenant_id, new.id, 'case_opened');
  else
    if new.stage is distinct from old.stage then
      perform sec.tell(new.tenant_id, new.id, 'stage_changed');
    end if;
    if new.closed_at is not null and old.closed_at is null then
      perform sec.tell(new.tenant_id, new.id, 'case_closed');
    end if;
  end if;
  return null;
end $$;

create or replace function sec.tell_of_entry() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform sec.tell(new.tenant_id, new.case_id, 'something_done');
  return null;
end $$;

revoke all on function sec.tell(uuid, uuid, text), sec.tell_of_case(), sec.tell_of_entry() from public;
grant execute on function sec.tell(uuid, uuid, text) to keyline_app, keyline_worker;
grant execute on function sec.tell_of_case(), sec.tell_of_entry() to keyline_owner;

set local role keyline_owner;

drop trigger if exists told_by_webhook on cases;
create trigger told_by_webhook after insert or update of stage, closed_at on cases
  for each row execute function sec.tell_of_case();
drop trigger if exists told_by_webhook on entries;
create trigger told_by_webhook after insert on entries
  for each row execute function sec.tell_of_entry();
