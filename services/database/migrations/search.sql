-- Where words stand: the ids that an index knows, and nothing else. Run inside a migration, after
-- police.sql and the functions of the indexes (0023). Safe to run again.
--
--   sec.entries_with(words)   the entries of the acting partnership in which each word stands: by id, with
--                             the place of the word among those that were asked for
--   sec.children_like(words)  its children one of whose names is like the word: with one letter wrong, missing,
--                             too many or changed round with the next, or begun so
--
-- PostgreSQL asks no index of full text under row-level security: what compares may leak, and is asked
-- only of rows that the policies let through, which would be every row of the partnership. So these
-- functions ask the index for their owner, of one partnership. Whoever calls them joins what they return to the
-- tables themselves, whose policies hide what they always hide. An id names nothing without its row.

set local role keyline_owner;
grant select (tenant_id, id, case_id, command) on entries to keyline_sec;
grant select (tenant_id, id, case_id, name) on children to keyline_sec;

set local role keyline_sec;

create or replace function sec.entries_with(words text[])
returns table (id uuid, case_id uuid, place int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  ours constant uuid := sec.tenant();
  asked record;
  wanted tsquery;
begin
  for asked in select w.word, w.place::int from unnest(words) with ordinality w (word, place) loop
    wanted := sec.asked_in_text(asked.word);
    if numnode(wanted) > 0 then
      wanted := quote_literal(ours)::tsquery && wanted;
      return query select e.id, e.case_id, asked.place from public.entries e
                    where sec.words_of(e.tenant_id, e.command) @@ wanted and e.tenant_id = ours;
    end if;
  end loop;
end $$;

create or replace function sec.children_like(words text[])
returns table (id uuid, case_id uuid, place int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  ours constant uuid := sec.tenant();
  asked record;
begin
  for asked in select w.word, w.place::int from unnest(words) with ordinality w (word, place) loop
    return query select c.id, c.case_id, asked.place from public.children c
                  where sec.name_keys(c.name) && sec.keys_asked(asked.word) and c.tenant_id = ours;
  end loop;
end $$;

revoke all on function sec.entries_with(text[]), sec.children_like(text[]) from public;
grant execute on function sec.entries_with(text[]), sec.children_like(text[]) to keyline_app;

set local role keyline_owner;
