-- Ways to models, several in a project. Keys are sealed (AES-256-GCM); `key_id` says by which key of the installation.
CREATE TABLE "model_connection" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "base_url" TEXT,
    "model" TEXT NOT NULL DEFAULT '',
    "embedding_model" TEXT NOT NULL DEFAULT '',
    "key_sealed" BYTEA,
    "key_id" TEXT,
    "key_last" TEXT NOT NULL DEFAULT '',
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_connection_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "model_connection_project_id_name_key" ON "model_connection"("project_id", "name");
ALTER TABLE "model_connection" ADD CONSTRAINT "model_connection_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "model_connection" ADD COLUMN "requests_per_minute" INTEGER, ADD COLUMN "tokens_per_minute" INTEGER;

-- How model work of each class is done in a project: {model, fallbacks, temperature, …}, read by server/models/task-class.ts.
CREATE TABLE "task_class" (
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,

    CONSTRAINT "task_class_pkey" PRIMARY KEY ("project_id", "name")
);
ALTER TABLE "task_class" ADD CONSTRAINT "task_class_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is left of the rates of a model at a connection, by a token bucket that fills up within a minute.
CREATE TABLE "model_quota" (
    "bucket" TEXT NOT NULL,
    "requests" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "model_quota_pkey" PRIMARY KEY ("bucket")
);

-- An answer that was paid for is found by what was asked.
CREATE INDEX "spend_project_id_request_hash_idx" ON "spend"("project_id", "request_hash");

-- Takes one request and its tokens from a bucket. Answers 0, or how many milliseconds it takes until there would be enough: then nothing was
-- taken. A request that is larger than the rate of a minute waits for a full bucket. Null rates: only what the provider asked for counts.
create function sg_take_quota(p_bucket text, p_requests int, p_tokens int, p_need int) returns int language plpgsql as $$
declare q model_quota; v_passed float8; v_wait float8; v_need float8 := least(p_need, coalesce(p_tokens, p_need));
begin
  if p_requests is null and p_tokens is null and not exists (select from model_quota where bucket = p_bucket) then return 0; end if;
  insert into model_quota (bucket, requests, tokens) values (p_bucket, coalesce(p_requests, 0), coalesce(p_tokens, 0)) on conflict do nothing;
  select * into q from model_quota where bucket = p_bucket for update;
  if q.blocked_until > clock_timestamp() then
    return greatest(1, ceil(extract(epoch from q.blocked_until - clock_timestamp()) * 1000));
  end if;
  v_passed := greatest(0, extract(epoch from clock_timestamp() - q.at));
  q.requests := least(p_requests, q.requests + v_passed * p_requests / 60);
  q.tokens := least(p_tokens, q.tokens + v_passed * p_tokens / 60);
  v_wait := greatest(coalesce((1 - q.requests) * 60 / p_requests, 0), coalesce((v_need - q.tokens) * 60 / p_tokens, 0), 0);
  if v_wait > 0.000001 then return greatest(1, ceil(v_wait * 1000)); end if;
  update model_quota set requests = coalesce(q.requests - 1, 0), tokens = coalesce(q.tokens - v_need, 0), at = clock_timestamp() where bucket = p_bucket;
  return 0;
end $$;
