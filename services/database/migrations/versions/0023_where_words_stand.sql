-- The functions that the indexes of 0023 are made of. An index stands on what they gave when it was
-- made, so they are never declared anew: whoever changes one makes another function, and another index.

set local role keyline_sec;

-- Letters without their marks, in lower case, and blanks for what is neither letter nor digit. Each
-- letter is named, for PostgreSQL's own normalizing takes the square of a pile of marks.
create function sec.folded(told text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select regexp_replace(regexp_replace(translate(lower(told),
    'àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặḃḅḇçćĉċčḉďđḋḍḏḑḓèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệḟĝğġģǧǵḡĥħȟḣḥḧḩḫẖìíîïĩīĭįıǐȉȋḭḯỉịĵǰķǩḱḳḵĺļľłḷḹḻḽḿṁṃñńņňǹṅṇṉṋòóôõöøōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợṕṗŕŗřȑȓṙṛṝṟśŝşšſșṡṣṥṧṩẛţťțṫṭṯṱẗùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữựṽṿŵẁẃẅẇẉẘẋẍýÿŷȳẏẙỳỵỷỹźżžẑẓẕ',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbccccccdddddddeeeeeeeeeeeeeeeeeeeeeeeeefggggggghhhhhhhhhiiiiiiiiiiiiiiiijjkkkkkllllllllmmmnnnnnnnnnooooooooooooooooooooooooooooooooooopprrrrrrrrrssssssssssssttttttttuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuvvwwwwwwwxxyyyyyyyyyyzzzzzz'),
    '[\u0300-\u036f]', '', 'g'),
    '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g')
$$;

-- What a person typed into an act: no codes, no ids. 200,000 letters of it are what an index of full
-- text takes for certain: an act is never refused for what an index cannot hold. The partnership is a
-- word of it, so that one partnership is asked for and no other is looked through.
create function sec.words_of(owner uuid, command jsonb) returns tsvector cost 1000
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select array_to_tsvector(array[owner::text]) || to_tsvector('pg_catalog.english', sec.folded(left(
    coalesce(string_agg(said #>> '{}', ' '), ''), 200000)))
    from jsonb_path_query(command, 'strict $.**') said
   where jsonb_typeof(said) = 'string'
     and said #>> '{}' !~ '^[a-z0-9]+(_[a-z0-9]+)+$'
     and said #>> '{}' !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
$$;

-- What is asked of it: a word, in any of its forms; one of four letters also as a beginning.
create function sec.asked_in_text(word text) returns tsquery
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select case when numnode(plain) = 1 and length(word) >= 4
              then (plain::text || ':*')::tsquery else plain end
    from plainto_tsquery('pg_catalog.english', sec.folded(word)) plain
$$;

-- A word and what is left of it without one letter: two words that share one of these differ in one
-- letter, or in two that changed places. By threes of letters Jhon would not be found for John.
create function sec.near_keys(word text) returns text[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select array[word] || case when length(word) between 4 and 40 then array(
    select distinct overlay(word placing '' from place for 1)
      from generate_series(1, length(word)) place) else '{}' end
$$;

create function sec.name_keys(name text) returns text[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select array(
    select distinct key
      from regexp_split_to_table(sec.folded(left(name, 400)), ' +') word,
           lateral (select unnest(sec.near_keys(word)) union all
                    select '^' || left(word, n) from generate_series(3, least(length(word), 40)) n
           ) keys (key)
     where word <> '')
$$;

create function sec.keys_asked(word text) returns text[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select sec.near_keys(folded) || case when length(folded) >= 3 then array['^' || folded]
                                       else '{}' end
    from (select btrim(sec.folded(word))) asked (folded)
$$;

-- Whoever writes a row writes its place in the index.
revoke all on function sec.folded(text), sec.words_of(uuid, jsonb), sec.asked_in_text(text),
  sec.near_keys(text), sec.name_keys(text), sec.keys_asked(text) from public;
grant execute on function sec.folded(text), sec.words_of(uuid, jsonb), sec.asked_in_text(text),
  sec.near_keys(text), sec.name_keys(text), sec.keys_asked(text)
  to keyline_owner, keyline_app, keyline_worker;

set local role keyline_owner;
