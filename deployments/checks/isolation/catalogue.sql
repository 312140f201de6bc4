-- The catalogue lint: each question returns one line for each thing that breaks its rule. The
-- common table expressions before the first rule stand before every question.

with ours as (
  select oid, nspname from pg_namespace where nspname in ('public', 'sec', 'watch', 'ops', 'audit')
), tables as (
  select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity,
         exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'
                    and not a.attisdropped) as is_partnerships,
         c.relname = 'cases' or exists (select from pg_attribute a where a.attrelid = c.oid
                    and a.attname = 'case_id' and not a.attisdropped) as is_of_a_case
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
), policies as (
  select p.*, t.relname, t.is_partnerships, p.polname || ' on ' || t.relname as it,
         pg_get_expr(p.polqual, t.oid) as qual, pg_get_expr(p.polwithcheck, t.oid) as wcheck
    from pg_policy p join tables t on t.oid = p.polrelid
), functions as (
  select p.*, p.oid::regprocedure::text as it, r.rolname, r.rolsuper, r.rolbypassrls, r.rolcanlogin
    from pg_proc p join pg_roles r on r.oid = p.proowner
   where p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
), roles as (
  select r.*, not r.rolcanlogin as is_group from pg_roles r where starts_with(r.rolname, 'keyline_')
), foreign_keys as (
  select c.conname, c.conrelid, c.confrelid,
         (select a.attname from pg_attribute a
           where a.attrelid = c.conrelid and a.attnum = c.conkey[1]) as first,
         (select a.attname from pg_attribute a
           where a.attrelid = c.confrelid and a.attnum = c.confkey[1]) as first_there
    from pg_constraint c where c.contype = 'f'
)

-- rule: a table forces row-level security
-- Those that do not hold no word of any case: a version, hashes of doors tried, names of rounds.
select relname from tables where not (relrowsecurity and relforcerowsecurity)
   and relname not in ('alembic_version', 'sign_in_attempts', 'ticks')

-- rule: a table's partnership is never null
select t.relname from tables t join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id'
 where not a.attnotnull

-- rule: a partnership's table has the policy of own rows, both ways, for named roles
select t.relname from tables t where t.is_partnerships and not exists (
  select from policies p where p.polrelid = t.oid and p.polname = 'z_ours' and p.polpermissive
     and p.polcmd = '*' and 0 <> all (p.polroles) and p.qual = p.wcheck
     and p.qual = '(tenant_id = ( SELECT sec.tenant() AS tenant))')

-- rule: the policy of own rows is named last, so that PostgreSQL asks it first
select p.it from policies p where p.polpermissive and p.is_partnerships
   and p.polname::text collate "C" > 'z_ours'

-- rule: no policy but that of own rows lets a role write a partnership's rows
-- (but the definer functions that approve and end a grant, end a draft, let a guest in, settle a
-- declared interest, dispose of a case or empty what was made of it, and the one
-- that appends to the audit chains; no one can sign in as their owners)
select it from policies
 where polpermissive and is_partnerships and polcmd <> 'r' and polname <> 'z_ours'
   and not (polname in ('sec_ends', 'sec_admits', 'sec_empties', 'sec_moves', 'sec_removes', 'sec_settles')
            and polroles = array['keyline_sec'::regrole::oid])
   and not (relname in ('audit_links', 'audit_heads')
            and polroles = array['keyline_audit'::regrole::oid])

-- rule: what disposes of a case sees its rows, and deletes those of its partnership alone
select t.relname from tables t
 where t.oid in (select 'public.cases'::regclass union select k.conrelid from foreign_keys k
                  where k.confrelid = 'public.cases'::regclass)
   and 2 > (select count(*) from policies p where p.polrelid = t.oid and p.polpermissive
     and p.polroles = array['keyline_sec'::regrole::oid]
     and (p.polname = 'sec_sees' and p.qual = 'true'
          or p.polname = 'sec_removes' and p.polcmd = 'd'
             and p.qual = '(tenant_id = ( SELECT sec.tenant() AS tenant))'))

-- rule: what disposes of a case sees beside its rows what it needs, and deletes guests and their emails alone
select wanted || ' on ' || place from (values
   ('sec_removes', 'caught_emails', '(tenant_id = ( SELECT sec.tenant() AS tenant))'),
   ('sec_removes', 'memberships', '((tenant_id = ( SELECT sec.tenant() AS tenant)) AND (((role)::text = ''guest''::text) OR ((role)::text = ''practitioner''::text)))'),
   ('sec_removes', 'people', 'is_guest'), ('sec_removes', 'web_sessions', 'true'),
   ('sec_admits', 'disposals', '(tenant_id = ( SELECT sec.tenant() AS tenant))'),
   ('sec_admits', 'disposed_files', '(tenant_id = ( SELECT sec.tenant() AS tenant))'),
   ('sec_sees', 'audit_links', 'true'), ('sec_sees', 'caught_emails', 'true'), ('sec_sees', 'disposals', 'true'),
   ('sec_sees', 'disposed_files', 'true'), ('sec_sees', 'memberships', 'true'), ('sec_sees', 'people', 'true'),
   ('sec_sees', 'restorations', 'true'), ('sec_sees', 'web_sessions', 'true')) needed (wanted, place, said)
 where not exists (select from policies p where p.relname = place and p.polname = wanted
                      and p.polroles = array['keyline_sec'::regrole::oid] and concat(p.qual, p.wcheck) = said)

-- rule: who signs people in sees what they prove themselves with
select place from unnest(array['account_notices', 'api_tokens', 'begun_sign_ins', 'calendar_feeds',
   'code_apps', 'credentials', 'passkey_challenges', 'passkeys', 'password_resets', 'people', 'recovery_codes', 'system_secrets', 'web_sessions']) needed (place)
 where not exists (select from policies p where p.relname = place and p.polname = 'at_the_door'
                      and p.polpermissive and p.qual = 'true'
                      and 'keyline_sign_in'::regrole = any (p.polroles))

-- rule: the function that appends to the audit chains sees what it needs
select wanted || ' on ' || place from (values ('audit_appends', 'audit_links'),
   ('audit_appends', 'audit_heads'), ('audit_sees', 'memberships'),
   ('audit_sees', 'joint_memberships'), ('audit_sees', 'case_grants')) needed (wanted, place)
 where not exists (select from policies p where p.relname = place and p.polname = wanted)

-- rule: a policy that opens names its roles
select it from policies where polpermissive and 0 = any (polroles)

-- rule: no policy trusts a bare setting
select it from policies where concat(qual, wcheck) like '%current_setting%'

-- rule: a policy asks for the context once a statement, not once a row
select it from policies
 where regexp_replace(concat(qual, wcheck), 'SELECT sec\.\w+\(', '', 'g') ~ '\msec\.'

-- rule: only the roles that look on see without a condition
select p.it from policies p join pg_roles r on r.oid = any (p.polroles)
 where p.polpermissive and 'true' in (p.qual, p.wcheck) and (
   p.is_partnerships and r.rolname not in ('keyline_audit', 'keyline_backup',
     'keyline_sec', 'keyline_watch')
   or r.rolname in ('keyline_app', 'keyline_worker'))

-- rule: a declared conflict closes every row of a case
select t.relname from tables t where t.is_partnerships and t.is_of_a_case and not exists (
  select from policies p where p.polrelid = t.oid and p.polname = 'closed'
     and not p.polpermissive and p.polcmd = '*' and p.qual = p.wcheck
     and p.qual like '%SELECT sec.blocked_cases()%IS NOT TRUE%')

-- rule: a police mark hides what a table says of a case
-- What is named holds facts by which a case is carried, or what partnerships tell each other; an
-- email, a dispatch and its collection hold no word of a case, and a signature stands on the face of the decision.
-- Of a guest it holds who they are and how they come in.
-- An act of an operator holds their own reason, and operators read no case.
-- A draft holds its author's own words and is shown to nobody else.
-- A request for information holds what its requester asks; what is given and left out, two people decide.
-- Of what is marked, an inspection pack tells nothing (`inspection_packs/told_timeliness.py`).
-- How long a case is kept, and what holds it, is said by people who need not have read it.
-- A message to a system holds no word of a case.
-- Of an organisation that is asked on one case it holds what it is and how it is reached.
select t.relname from tables t where t.is_partnerships and t.is_of_a_case
   and t.relname not in ('actions', 'agencies', 'agency_requests', 'alerts', 'assignments', 'case_grants', 'cases',
     'collections', 'declarations', 'dispatches', 'drafts', 'due_work', 'guest_links', 'guests',
     'information_request_papers', 'information_request_steps', 'information_requests', 'inspection_steps', 'joint_invitations',
     'joint_memberships', 'joint_replies', 'leases', 'legal_holds', 'operator_acts',
     'outbox_emails', 'police_marks', 'reading_grants', 'retention_answers',
     'retention_proposals', 'running_clocks', 'sign_offs', 'webhook_deliveries')
   and not exists (
  select from policies p where p.polrelid = t.oid and p.polname = 'police' and not p.polpermissive
     and p.polcmd = '*' and p.qual ~ 'SELECT sec.hidden_\w+\(\).*IS NOT TRUE')

-- rule: a draft is its author's alone
-- So is a view of a list.
select place from unnest(array['drafts', 'saved_views']) needed (place) where not exists (
  select from policies p where p.relname = place and p.polname = 'own' and not p.polpermissive
     and p.polcmd = '*' and p.polroles = array['keyline_app'::regrole::oid] and p.qual = p.wcheck
     and p.qual = '(person_id = ( SELECT sec.person() AS person))')

-- rule: the backup sees every row
select t.relname from tables t where t.relrowsecurity and not exists (
  select from policies p where p.polrelid = t.oid and p.polname = 'backup_sees' and p.polcmd = 'r'
     and p.polpermissive and p.qual = 'true')

-- rule: a foreign key between partnerships' tables holds the partnership on both sides
select k.conname from foreign_keys k join tables t on t.oid = k.conrelid and t.is_partnerships
  join tables o on o.oid = k.confrelid and o.is_partnerships
 where k.first <> 'tenant_id' or k.first_there <> 'tenant_id'

-- rule: a row of a case is tied to a case of its partnership
select t.relname from tables t where t.is_partnerships and t.is_of_a_case and t.relname <> 'cases'
   and not exists (select from foreign_keys k where k.conrelid = t.oid
                      and k.confrelid = 'public.cases'::regclass and k.first = 'tenant_id')

-- rule: a unique key begins with the partnership
-- A case's id is random: that two are the same tells nothing.
select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid
  join tables t on t.oid = x.indrelid and t.is_partnerships
  left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
 where x.indisunique and a.attname is distinct from 'tenant_id'
   and i.relname <> 'one_case_of_an_id'

-- rule: a view that a login may read asks the policies of its reader
-- Those of schema ops show operators what the watching role may read: no word of any case.
select c.oid::regclass::text from pg_class c join ours n on n.oid = c.relnamespace
 where c.relkind = 'v' and n.nspname <> 'ops'
   and not coalesce(c.reloptions @> array['security_invoker=true'], false)
   and exists (select from pg_roles r where not r.rolsuper and not starts_with(r.rolname, 'pg_')
                  and not pg_has_role(r.oid, 'keyline_watch', 'usage')
                  and has_table_privilege(r.oid, c.oid, 'select'))

-- rule: a view for operators shows ids, references, stages, states and ages
select a.attrelid::regclass || '.' || a.attname from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind = 'v'
  join ours n on n.oid = c.relnamespace and n.nspname = 'ops'
 where a.attnum > 0 and a.attname not in ('tenant_id', 'case_id', 'reference', 'flow_run_id',
   'attempt', 'has_due_work', 'oldest_due', 'has_undone_work', 'leased_until', 'is_leased',
   'is_suspect', 'holder_died', 'closed', 'ended', 'stage', 'is_joining', 'shared_with', 'delivery',
   'emails', 'oldest_claim')

-- rule: there is no materialized view, which no policy would hold for
select oid::regclass::text from pg_class where relkind = 'm'

-- rule: no trigger runs as another role
select t.tgname from pg_trigger t join pg_proc p on p.oid = t.tgfoid
 where not t.tgisinternal and p.prosecdef

-- rule: nothing is published or replicated row by row
select pubname from pg_publication
 union all select slot_name from pg_replication_slots where database = current_database()

-- rule: no extension is installed but PL/pgSQL
select extname from pg_extension where extname <> 'plpgsql'

-- rule: a function that runs as its owner has a fixed search path
select it from functions where prosecdef and not coalesce(proconfig && array[
  'search_path=pg_catalog, pg_temp', 'search_path=pg_catalog, public, pg_temp'], false)

-- rule: a function is not for everybody
select it from functions where proacl is null
    or exists (select from aclexplode(proacl) a where a.grantee = 0)

-- rule: a function that runs as its owner belongs to a role that no one signs in as
select it from functions where prosecdef
   and (rolsuper or rolbypassrls or rolcanlogin or rolname not in ('keyline_audit', 'keyline_sec',
     'keyline_watch'))

-- rule: no function is trusted not to leak
select it from functions where proleakproof

-- rule: no function notifies: no policy holds for what it says
select it from functions where prosrc ~* '\mnotify\M|\mpg_notify\M'

-- rule: tables belong to a role that no one signs in as
select c.oid::regclass::text from pg_class c join ours n on n.oid = c.relnamespace
  join pg_roles r on r.oid = c.relowner where c.relkind in ('r', 'p', 'v', 'S')
   and r.rolname not in ('keyline_owner', 'keyline_sec', 'keyline_watch')

-- rule: no role of ours passes over the policies or makes roles
select rolname from roles
 where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication

-- rule: a login is a member of its own role alone, and a role of none
select r.rolname from roles r join pg_auth_members m on m.member = r.oid
  join pg_roles g on g.oid = m.roleid
 where r.is_group or not starts_with(r.rolname, g.rolname || '_of_')

-- rule: nobody but its owner reads or writes a context key
select coalesce(g.rolname, 'everybody') from pg_class c, aclexplode(c.relacl) a
  left join pg_roles g on g.oid = a.grantee
 where c.oid = 'sec.context_keys'::regclass and g.rolname is distinct from 'keyline_sec'

-- rule: no sequence is granted but to the backup, which reads it
select c.relname from pg_class c join ours n on n.oid = c.relnamespace, aclexplode(c.relacl) a
 where c.relkind = 'S' and a.grantee <> c.relowner
   and not (a.privilege_type = 'SELECT' and a.grantee = 'keyline_backup'::regrole)

-- rule: everybody may do nothing with a table
select c.relname from pg_class c join ours n on n.oid = c.relnamespace, aclexplode(c.relacl) a
 where a.grantee = 0

-- rule: only those that build make things in our schemas
select n.nspname || ' by ' || coalesce(g.rolname, 'everybody') from pg_namespace p
  join ours n on n.oid = p.oid, aclexplode(p.nspacl) a left join pg_roles g on g.oid = a.grantee
 where a.privilege_type = 'CREATE' and a.grantee <> p.nspowner
   and g.rolname is distinct from 'keyline_owner' and g.rolname is distinct from 'keyline_sec'
   and g.rolname is distinct from 'keyline_watch' and g.rolname is distinct from 'keyline_audit'

-- rule: no login may connect that is not of this database
select 'everybody' from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
 where d.datname = current_database() and a.privilege_type in ('CONNECT', 'TEMPORARY')
   and a.grantee = 0
