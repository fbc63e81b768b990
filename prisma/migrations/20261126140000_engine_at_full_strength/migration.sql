-- Tables of the engine at full strength. The rows that a run writes at every transition lose their foreign keys (each
-- costs a look-up per row) and every index on what changes, so that updates stay on their page (HOT); a trigger takes
-- over what the keys did when a run is removed.

-- DropForeignKey
ALTER TABLE "run_event" DROP CONSTRAINT "run_event_run_id_fkey";

-- DropForeignKey
ALTER TABLE "run" DROP CONSTRAINT "run_program_id_fkey";

-- DropForeignKey
ALTER TABLE "step" DROP CONSTRAINT "step_run_id_fkey";

-- DropForeignKey
ALTER TABLE "step_attempt" DROP CONSTRAINT "step_attempt_step_id_fkey";

-- DropForeignKey
ALTER TABLE "step_value" DROP CONSTRAINT "step_value_step_id_fkey";

-- AlterTable
ALTER TABLE "effect" ADD COLUMN     "undone_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "join_count" DROP COLUMN "fired";

-- AlterTable
ALTER TABLE "pipeline" ADD COLUMN     "held" JSONB;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "deadline_at" TIMESTAMPTZ(3),
ADD COLUMN     "depth" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "forked_at_seq" INTEGER,
ADD COLUMN     "forked_from" BIGINT,
ADD COLUMN     "generation" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "graph_id" BIGINT,
ADD COLUMN     "parent_step_id" BIGINT,
ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "pins" JSONB,
ADD COLUMN     "pruned_at" TIMESTAMPTZ(3),
ADD COLUMN     "undo" TEXT;

-- AlterTable
ALTER TABLE "step" ADD COLUMN     "attempt_at" TIMESTAMPTZ(3),
ADD COLUMN     "inherited" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "seq" INTEGER;

-- CreateTable
CREATE TABLE "run_graph" (
    "id" BIGSERIAL NOT NULL,
    "hash" TEXT NOT NULL,
    "graph" JSONB NOT NULL,

    CONSTRAINT "run_graph_pkey" PRIMARY KEY ("id")
);

-- Graphs are kept once for each content, not once for each run.
INSERT INTO run_graph (hash, graph)
SELECT DISTINCT ON (1) encode(sha256(convert_to(graph::text, 'UTF8')), 'hex'), graph FROM run;
UPDATE run SET graph_id = g.id FROM run_graph g WHERE g.hash = encode(sha256(convert_to(run.graph::text, 'UTF8')), 'hex');
ALTER TABLE run DROP COLUMN graph, ALTER COLUMN graph_id SET NOT NULL;

-- CreateTable
CREATE TABLE "undo" (
    "id" BIGSERIAL NOT NULL,
    "run_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "to_seq" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "undo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "undo_item" (
    "undo_id" BIGINT NOT NULL,
    "ord" INTEGER NOT NULL,
    "step_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "can" TEXT NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lease" BIGINT,
    "result" JSONB,
    "failure" JSONB,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "undo_item_pkey" PRIMARY KEY ("undo_id","ord")
);

-- CreateTable
CREATE TABLE "event_waiter" (
    "step_id" BIGINT NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "event_waiter_pkey" PRIMARY KEY ("step_id")
);

-- CreateTable
CREATE TABLE "inbox_event" (
    "id" BIGSERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "dedupe_key" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "step_id" BIGINT,

    CONSTRAINT "inbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pin" (
    "pipeline_id" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "output" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pin_pkey" PRIMARY KEY ("pipeline_id","node_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "run_graph_hash_key" ON "run_graph"("hash");

-- CreateIndex
CREATE INDEX "undo_run_id_idx" ON "undo"("run_id");

-- CreateIndex
CREATE INDEX "undo_item_step_id_idx" ON "undo_item"("step_id");

-- CreateIndex
CREATE INDEX "event_waiter_project_id_name_key_idx" ON "event_waiter"("project_id", "name", "key");

-- CreateIndex
CREATE INDEX "inbox_event_project_id_name_key_idx" ON "inbox_event"("project_id", "name", "key");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_event_project_id_dedupe_key_key" ON "inbox_event"("project_id", "dedupe_key");

-- CreateIndex
CREATE INDEX "effect_step_id_idx" ON "effect"("step_id");

-- CreateIndex
CREATE INDEX "map_run_run_id_idx" ON "map_run"("run_id");

-- AddForeignKey
ALTER TABLE "undo_item" ADD CONSTRAINT "undo_item_undo_id_fkey" FOREIGN KEY ("undo_id") REFERENCES "undo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbox_event" ADD CONSTRAINT "inbox_event_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pin" ADD CONSTRAINT "pin_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What one commit tells of a run is one row: seq is the number of its last event.
ALTER TABLE run_event ADD COLUMN events JSONB;
UPDATE run_event SET events = jsonb_build_array(jsonb_build_object('kind', kind, 'data', data));
ALTER TABLE run_event DROP COLUMN kind, DROP COLUMN data, ALTER COLUMN events SET NOT NULL;

DROP INDEX step_live_idx;
ALTER TABLE run SET (fillfactor = 50);
ALTER TABLE step SET (fillfactor = 70);
ALTER TABLE join_count SET (fillfactor = 70);
ALTER TABLE map_run SET (fillfactor = 50);
-- Runs that have not ended, of which there are few at a time: found here, so that no index of run holds what changes.
CREATE TABLE live_run (run_id BIGINT NOT NULL, CONSTRAINT live_run_pkey PRIMARY KEY (run_id));
INSERT INTO live_run SELECT id FROM run WHERE status IN ('queued', 'running', 'waiting');
-- Most runs are called by no step.
CREATE INDEX run_parent_step_id_idx ON run (parent_step_id) WHERE parent_step_id IS NOT NULL;
UPDATE step SET attempt_at = started_at WHERE started_at IS NOT NULL;

CREATE FUNCTION sg_forget_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM step_value WHERE step_id IN (SELECT id FROM step WHERE run_id = old.id);
  DELETE FROM step_attempt WHERE step_id IN (SELECT id FROM step WHERE run_id = old.id);
  DELETE FROM map_item WHERE step_id IN (SELECT step_id FROM map_run WHERE run_id = old.id);
  DELETE FROM event_waiter WHERE step_id IN (SELECT id FROM step WHERE run_id = old.id);
  DELETE FROM map_run WHERE run_id = old.id;
  DELETE FROM join_count WHERE run_id = old.id;
  DELETE FROM run_event WHERE run_id = old.id;
  DELETE FROM undo WHERE run_id = old.id;
  DELETE FROM effect WHERE run_id = old.id;
  DELETE FROM step WHERE run_id = old.id;
  DELETE FROM live_run WHERE run_id = old.id;
  RETURN NULL;
END $$;
CREATE TRIGGER run_removed AFTER DELETE ON run FOR EACH ROW EXECUTE FUNCTION sg_forget_run();
