-- The three tiers of memory: the episodic log, knowledge (documents and facts), the working buffer; and how each is forgotten.

-- ── Episodic log ─────────────────────────────────────────────────────────────

-- What happened, as it happened: written by triggers where the truth is written (decisions of tasks, receipts of effects, changes of
-- entities, events that came) and by sg_gather_outcomes for runs that ended. What nodes remember as episodes stays in memory_item.
CREATE TABLE "episode" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "entity_id" UUID,
    "run_id" BIGINT,
    "step_id" BIGINT,
    "state" TEXT,
    "path" TEXT,
    "ref" TEXT NOT NULL,

    CONSTRAINT "episode_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "episode_ref_key" ON "episode"("ref");
CREATE INDEX "episode_project_id_at_idx" ON "episode"("project_id", "at" DESC);
CREATE INDEX "episode_entity_id_idx" ON "episode"("entity_id");
CREATE INDEX "episode_run_id_idx" ON "episode"("run_id");
ALTER TABLE "episode" ADD CONSTRAINT "episode_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
create index episode_text_idx on episode using gin (to_tsvector('simple', text));
create index memory_item_episodic_text_idx on memory_item using gin (to_tsvector('simple', text)) where tier = 'episodic';

-- Runs whose outcome is not in the log yet: they have not ended, or were revived. Everything up to last_run_id was looked at.
CREATE TABLE "episode_due" (
    "run_id" BIGINT NOT NULL,

    CONSTRAINT "episode_due_pkey" PRIMARY KEY ("run_id")
);
CREATE TABLE "episode_gathered" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "last_run_id" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "episode_gathered_pkey" PRIMARY KEY ("id")
);
insert into episode_gathered values (1, 0);

-- ── Items ────────────────────────────────────────────────────────────────────

ALTER TABLE "memory_item"
    ADD COLUMN "step_id" BIGINT,
    ADD COLUMN "expires_at" TIMESTAMPTZ(3),
    ADD COLUMN "keep" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "uses" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "last_used_at" TIMESTAMPTZ(3);
create index memory_item_expires_idx on memory_item (project_id, expires_at) where expires_at is not null;

-- Where a chunk stands in its item's text, in UTF-16 units, and under which heading or page.
ALTER TABLE "memory_chunk"
    ADD COLUMN "start_at" INTEGER,
    ADD COLUMN "end_at" INTEGER,
    ADD COLUMN "place" TEXT;

-- Which steps a recall gave an item to.
CREATE TABLE "memory_use" (
    "item_id" UUID NOT NULL,
    "step_id" BIGINT NOT NULL,

    CONSTRAINT "memory_use_pkey" PRIMARY KEY ("item_id", "step_id")
);
ALTER TABLE "memory_use" ADD CONSTRAINT "memory_use_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "memory_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The log is append-only: refused here, whoever asks. Only sg_forget_* removes, and what goes with its whole project.
create function sg_append_only() returns trigger language plpgsql as $$
begin
  if current_setting('sg.forgetting', true) = 'on' then return coalesce(new, old); end if;
  if tg_op = 'DELETE' then
    if not exists (select from project where id = old.project_id) then return old; end if;
  elsif tg_op = 'UPDATE' and tg_table_name = 'memory_item' then
    -- How important it is and how often it was of use is not what it says.
    if (new.project_id, new.entity_id, new.tier, new.kind, new.text, new.source, new.untrusted, new.at, new.run_id, new.step_id, new.effect_key)
       is not distinct from (old.project_id, old.entity_id, old.tier, old.kind, old.text, old.source, old.untrusted, old.at, old.run_id, old.step_id, old.effect_key)
    then return new; end if;
  end if;
  raise exception 'The % is append-only: what happened is not changed. Add a new entry, or forget it with sg_forget_items or sg_forget_entity.', tg_argv[0]
    using errcode = 'restrict_violation';
end $$;
create trigger episode_kept before update or delete on episode for each row execute function sg_append_only('episodic log');
create trigger memory_item_kept before update or delete on memory_item for each row when (old.tier = 'episodic') execute function sg_append_only('episodic log');
create function sg_never_truncated() returns trigger language plpgsql as $$
begin
  raise exception 'The % is append-only and is not truncated.', tg_argv[0] using errcode = 'restrict_violation';
end $$;
create trigger episode_whole before truncate on episode execute function sg_never_truncated('episodic log');

create function sg_episode(p_project uuid, p_kind text, p_ref text, p_text text, p_entity uuid, p_run bigint, p_step bigint, p_at timestamptz) returns void language sql as $$
  insert into episode (project_id, at, kind, text, entity_id, run_id, step_id, state, path, ref)
  select p_project, p_at, p_kind, left(p_text, 20000), p_entity, p_run, s.id, s.state, s.path, p_ref
    from (select 1) one left join step s on s.id = p_step
  on conflict (ref) do nothing
$$;

-- The entity that a mail goes to: of this project, with this address.
create index entity_email_idx on entity (project_id, lower(data->>'email')) where data ? 'email';
create function sg_entity_of_address(p_project uuid, p_address text) returns uuid language sql stable as $$
  select case when count(*) = 1 then (array_agg(id))[1] end from entity
   where project_id = p_project and data ? 'email' and lower(data->>'email') = lower(coalesce(substring(p_address from '<([^<>]+)>'), trim(p_address)))
$$;

create function sg_log_effect() returns trigger language plpgsql as $$
declare v_project uuid; v_text text;
begin
  select project_id into v_project from run where id = new.run_id;
  if v_project is null then return null; end if;
  v_text := case new.kind
    when 'email' then format(E'Mail to %s: %s\n\n%s', new.intent->>'to', new.intent->>'subject', new.intent->>'text')
    when 'http' then format('%s %s', new.intent->>'method', new.intent->>'url')
    else format('%s %s', new.kind, left(new.intent::text, 2000)) end;
  if tg_argv[0] = 'undone' then
    perform sg_episode(v_project, 'action', 'undone:' || new.key, 'Taken back: ' || v_text, null, new.run_id, new.step_id, new.undone_at);
  else
    perform sg_episode(v_project, case when new.kind = 'email' then 'message' else 'action' end, 'effect:' || new.key, v_text,
      case when new.kind = 'email' then sg_entity_of_address(v_project, new.intent->>'to') end, new.run_id, new.step_id, coalesce(new.receipt_at, now()));
  end if;
  return null;
end $$;
create trigger effect_logged after update of status on effect for each row when (new.status = 'done' and old.status <> 'done') execute function sg_log_effect('done');
create trigger effect_undone_logged after update of undone_at on effect for each row when (new.undone_at is not null and old.undone_at is null) execute function sg_log_effect('undone');

create function sg_log_decision() returns trigger language plpgsql as $$
declare d jsonb := coalesce(new.decision, '{}');
begin
  perform sg_episode(new.project_id, 'decision', 'task:' || new.id,
    concat_ws(' ', new.title || case when new.subject <> '' then ' (' || new.subject || ')' else '' end || ':', coalesce(d->>'decision', d->>'answer', d->>'choice', new.status),
      case when d->>'by' is not null then 'by ' || (d->>'by') end, case when d->>'edited' = 'true' then 'after editing' end, case when d->>'reason' is not null then '– ' || (d->>'reason') end),
    null, new.run_id, new.step_id, coalesce(new.decided_at, now()));
  return null;
end $$;
create trigger task_logged after update of status on task for each row when (new.status in ('decided', 'expired') and old.status = 'open') execute function sg_log_decision();

create function sg_log_change() returns trigger language plpgsql as $$
declare e entity; v_run bigint; v_rest text; v_step bigint;
begin
  select * into e from entity where id = new.entity_id;
  if new.effect_key ~ '^\d{1,18}(~\d+)?:[^:]+:' then
    v_run := substring(new.effect_key from '^\d+')::bigint;
    v_rest := substring(new.effect_key from '^[^:]+:[^:]+:(.*)$');
    select id into v_step from step where run_id = v_run and state = split_part(new.effect_key, ':', 2) and path in (v_rest, regexp_replace(v_rest, ':\d+$', ''))
     order by length(path) desc limit 1;
    if v_step is null then v_run := null; end if;
  end if;
  perform sg_episode(e.project_id, 'action', 'change:' || new.id,
    format('%s %s was %s: %s', e.type, e.key, case when new.previous is null then 'created' else 'changed' end, array_to_string(new.changed, ', ')), e.id, v_run, v_step, new.at);
  return null;
end $$;
create trigger entity_change_logged after insert on entity_change for each row execute function sg_log_change();

create function sg_log_event() returns trigger language plpgsql as $$
begin
  perform sg_episode(new.project_id, 'message', 'event:' || new.id, format('Event %s for %s: %s', new.name, new.key, left(new.data::text, 2000)),
    sg_entity_of_address(new.project_id, new.key), null, null, new.at);
  return null;
end $$;
create trigger inbox_event_logged after insert on inbox_event for each row execute function sg_log_event();

-- A run that had ended goes on: its next outcome is one more.
create function sg_note_revived() returns trigger language plpgsql as $$
begin
  insert into episode_due values (new.id) on conflict do nothing;
  insert into episode (project_id, at, kind, text, run_id, path, ref)
  values (old.project_id, coalesce(old.ended_at, now()), 'outcome', sg_outcome_text(old), old.id, '', format('run:%s:%s', old.id, old.seq)) on conflict (ref) do nothing;
  return null;
end $$;
create function sg_outcome_text(r run) returns text language sql stable as $$
  select format('R-%s of %s %s%s', r.ref, (select name from pipeline where id = r.pipeline_id), r.status, coalesce(': ' || (r.failure->>'message'), ''))
$$;
create trigger run_revived after update of status on run for each row
  when (old.status in ('completed', 'failed', 'cancelled') and new.status not in ('completed', 'failed', 'cancelled')) execute function sg_note_revived();

-- Brings the outcomes of runs that ended into the log. Runs stand outside the transition of a step on purpose: its cost stays what it is.
-- The last 1,000 runs are looked at again, because ids are given before rows can be seen. One process at a time; others find nothing to do.
create function sg_gather_outcomes(p_limit int) returns int language plpgsql as $$
declare v_last bigint; v_to bigint; v_count int;
begin
  if not pg_try_advisory_xact_lock(hashtext('sg_gather_outcomes')) then return 0; end if;
  select last_run_id into v_last from episode_gathered;
  select max(id) into v_to from (select id from run where id > v_last order by id limit p_limit) x;
  insert into episode_due
  select r.id from run r where r.id > v_last - 1000 and r.id <= coalesce(v_to, v_last)
     and not exists (select from episode e where e.run_id = r.id and e.kind = 'outcome') on conflict do nothing;
  update episode_gathered set last_run_id = v_to where v_to is not null;
  with ended as (delete from episode_due d using run r where r.id = d.run_id and r.status in ('completed', 'failed', 'cancelled') returning r.*),
  logged as (
    insert into episode (project_id, at, kind, text, run_id, path, ref)
    select r.project_id, coalesce(r.ended_at, now()), 'outcome', sg_outcome_text(run), r.id, '', format('run:%s:%s', r.id, r.seq)
      from ended r join run on run.id = r.id on conflict (ref) do nothing returning 1)
  select count(*) into v_count from logged;
  delete from episode_due d where not exists (select from run where id = d.run_id);
  return v_count;
end $$;

-- ── Knowledge: documents ─────────────────────────────────────────────────────

-- Where an item of knowledge was read from. Its text is the item's; what the source said last is told by the hash.
CREATE TABLE "document" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID NOT NULL,
    "item_id" UUID,
    "entity_id" UUID,
    "name" TEXT NOT NULL,
    "also_named" TEXT[] NOT NULL DEFAULT '{}',
    "format" TEXT NOT NULL DEFAULT '',
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "file_id" UUID,
    "url" TEXT,
    "refresh_ms" BIGINT,
    "check_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "document_item_id_key" ON "document"("item_id");
CREATE UNIQUE INDEX "document_project_id_url_key" ON "document"("project_id", "url");
CREATE INDEX "document_project_id_sha256_idx" ON "document"("project_id", "sha256");
create index document_check_at_idx on document (check_at) where check_at is not null;
ALTER TABLE "document" ADD CONSTRAINT "document_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "document" ADD CONSTRAINT "document_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "memory_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── Knowledge: facts ─────────────────────────────────────────────────────────

-- Never changed: a newer fact about the same subject and relation supersedes; a correction names the fact that it puts right, and why.
CREATE TABLE "fact" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "seq" BIGSERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "item_id" UUID,
    "entity_id" UUID,
    "subject" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "object" TEXT,
    "topic" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),
    "source" TEXT NOT NULL DEFAULT '',
    "corrects" UUID,
    "reason" TEXT,
    "by" TEXT NOT NULL DEFAULT '',
    "untrusted" BOOLEAN NOT NULL DEFAULT false,
    "run_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "fact_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "fact_corrects_key" ON "fact"("corrects");
CREATE INDEX "fact_project_id_topic_idx" ON "fact"("project_id", "topic");
CREATE INDEX "fact_entity_id_idx" ON "fact"("entity_id");
CREATE INDEX "fact_item_id_idx" ON "fact"("item_id");
ALTER TABLE "fact" ADD CONSTRAINT "fact_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
create trigger fact_kept before update or delete on fact for each row execute function sg_append_only('history of facts');

-- The facts that hold at a time: of each topic the newest that has begun, was not corrected and is not over.
create function sg_facts_at(p_project uuid, p_at timestamptz) returns setof fact language sql stable as $$
  select f from (
    select distinct on (f.topic) f from fact f
     where f.project_id = p_project and f.valid_from <= p_at and not exists (select from fact c where c.corrects = f.id)
     order by f.topic, f.valid_from desc, f.seq desc) x(f)
   where (f).object is not null and ((f).valid_to is null or (f).valid_to > p_at)
$$;

-- ── Working buffer ───────────────────────────────────────────────────────────

-- What a run or a named session has at hand for a while.
CREATE TABLE "working_value" (
    "project_id" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "bytes" INTEGER NOT NULL,
    "run_id" BIGINT,
    "entity_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "working_value_pkey" PRIMARY KEY ("project_id", "owner", "name")
);
CREATE INDEX "working_value_expires_at_idx" ON "working_value"("expires_at");
CREATE INDEX "working_value_run_id_idx" ON "working_value"("run_id");
ALTER TABLE "working_value" ADD CONSTRAINT "working_value_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── Forgetting ───────────────────────────────────────────────────────────────

-- The one way by which items leave. Chunks, documents and facts made of them go with them.
create function sg_forget_items(p_project uuid, p_items uuid[]) returns int language plpgsql as $$
declare v_count int;
begin
  perform set_config('sg.forgetting', 'on', true);
  delete from fact where project_id = p_project and item_id = any(p_items);
  delete from memory_item where project_id = p_project and id = any(p_items);
  get diagnostics v_count = row_count;
  perform set_config('sg.forgetting', '', true);
  return v_count;
end $$;

-- Episodes that tell of an entity: those that name it, and those of the same pass of a run that name nobody else.
create function sg_episodes_about(p_project uuid, p_entity uuid) returns setof episode language sql stable as $$
  with touch as materialized (
    select distinct run_id, path from episode where project_id = p_project and entity_id = p_entity and run_id is not null and path is not null)
  select e.* from episode e where e.project_id = p_project and e.entity_id = p_entity
  union all
  select e.* from episode e
   where e.project_id = p_project and e.entity_id is null and e.run_id in (select run_id from touch)
     and (e.kind = 'outcome' or exists (
       select from touch t where t.run_id = e.run_id and (t.path = '' or e.path = t.path or starts_with(e.path, t.path || '/'))))
$$;

-- Everything about an entity leaves: its items, documents, facts, episodes, values at hand, kept mail, and itself. A line without
-- content stays in the audit log. What a run's own record holds goes by the retention of runs. Answers how much left of each.
create function sg_forget_entity(p_project uuid, p_entity uuid, p_actor text) returns jsonb language plpgsql as $$
declare e entity; v jsonb := '{}'; n int; v_address text; v_items uuid[];
begin
  select * into e from entity where id = p_entity and project_id = p_project for update;
  if e.id is null then return null; end if;
  v_address := lower(e.data->>'email');
  perform set_config('sg.forgetting', 'on', true);
  -- The outcome of a run tells of no person.
  delete from episode where id in (select id from sg_episodes_about(p_project, p_entity) where kind <> 'outcome' or entity_id is not null);
  get diagnostics n = row_count; v := v || jsonb_build_object('episodes', n);
  v_items := array(select id from memory_item where project_id = p_project and entity_id = p_entity
             union select item_id from document where project_id = p_project and entity_id = p_entity and item_id is not null
             union select item_id from fact where project_id = p_project and entity_id = p_entity and item_id is not null);
  delete from document where project_id = p_project and entity_id = p_entity;
  get diagnostics n = row_count; v := v || jsonb_build_object('documents', n);
  delete from fact where project_id = p_project and (entity_id = p_entity or item_id = any(v_items));
  get diagnostics n = row_count; v := v || jsonb_build_object('facts', n);
  delete from memory_item where project_id = p_project and id = any(v_items);
  get diagnostics n = row_count; v := v || jsonb_build_object('items', n);
  delete from working_value where project_id = p_project and (entity_id = p_entity or owner = 'session:' || e.key
    or (v_address <> '' and position(v_address in lower(value::text)) > 0));
  get diagnostics n = row_count; v := v || jsonb_build_object('working', n);
  delete from outbox_mail where project_id = p_project and v_address <> '' and position(v_address in lower("to")) > 0;
  get diagnostics n = row_count; v := v || jsonb_build_object('mails', n);
  delete from entity where id = p_entity;
  perform set_config('sg.forgetting', '', true);
  insert into audit_entry (project_id, actor, action, subject, details) values (p_project, p_actor, 'memory.forget-entity', p_entity::text, v);
  return v;
end $$;
