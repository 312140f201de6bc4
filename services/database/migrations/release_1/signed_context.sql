-- The signed, transaction-local context that every row policy asks. Run inside a migration by a
-- login that may set the roles keyline_owner and keyline_sec. Safe to run again.
--
--   sec.tenant()   the partnership of this transaction; the zero id where none is chosen yet
--   sec.person()   the person of this transaction
--
-- Both are null without a genuine context: no row is seen, and no error says which part was wrong.
-- The application says once a transaction  select set_config('app.ctx', <signed>, true), where
--
--   <key name, 8>.<partnership, 36>.<person, 36>.<expiry, 10 digits>.<HMAC-SHA256, 64>
--
-- Fixed places and no pattern: 7 microseconds a check against 38 with a regular expression, and
-- only what the application signed is ever parsed. A page makes 50 to 100 checks.

set local role keyline_owner;
create schema if not exists sec;
grant usage, create on schema sec to keyline_sec;
-- Whoever asks a table whose policy names these functions needs to reach them.
grant usage on schema sec to keyline_app, keyline_worker, keyline_sign_in, keyline_provisioning;
grant usage on schema public to keyline_sec;

set local role keyline_sec;

create table if not exists sec.context_keys (
  name text primary key,
  inner_pad bytea not null,
  outer_pad bytea not null,
  installed_at timestamptz not null default clock_timestamp(),
  retired_at timestamptz
);
revoke all on sec.context_keys from public;

-- Asked by the functions below alone, with their rights and their search path: it has none of its own,
-- for to change them once more would be a quarter of what a check costs.
create or replace function sec.genuine() returns text
language plpgsql stable parallel safe as $$
declare
  given constant text := current_setting('app.ctx', true);
  inner_bytes bytea;
  outer_bytes bytea;
begin
  if length(given) is distinct from 158 then return null; end if;
  select k.inner_pad, k.outer_pad into inner_bytes, outer_bytes
    from sec.context_keys k where k.name = left(given, 8) and k.retired_at is null;
  if inner_bytes is null or right(given, 64) <> encode(sha256(outer_bytes || sha256(inner_bytes
       || convert_to(left(given, 93), 'UTF8'))), 'hex') then
    raise log 'a forged database context was refused';
    return null;
  end if;
  if substr(given, 84, 10)::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return given;
end $$;

create or replace function sec.tenant() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin return substr(sec.genuine(), 10, 36); end $$;

create or replace function sec.person() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin return substr(sec.genuine(), 47, 36); end $$;

revoke all on all functions in schema sec from public;
grant execute on function sec.tenant(), sec.person()
  to keyline_app, keyline_worker, keyline_sign_in, keyline_provisioning;

set local role keyline_owner;
