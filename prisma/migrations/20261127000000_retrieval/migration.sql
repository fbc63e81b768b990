-- Words of a passage as full text compares them, kept so that a search need not read the passage's text again.
DROP INDEX "memory_chunk_text_idx";
ALTER TABLE "memory_chunk" ADD COLUMN     "words" tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, text)) STORED;
-- A pending list would be read by every search: new passages go into the tree at once.
CREATE INDEX "memory_chunk_words_idx" ON "memory_chunk" USING gin ("words") WITH (fastupdate = off);

-- What was learnt from a project's texts: how rare each word is, and which words are used alike.
CREATE TABLE "memory_space" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "chunks" INTEGER NOT NULL,
    "terms" TEXT[],
    "held" INTEGER[],
    "vectors" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memory_space_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "memory_space_project_id_state_key" ON "memory_space"("project_id", "state");
ALTER TABLE "memory_space" ADD CONSTRAINT "memory_space_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a recall should have found: the project's own measure.
CREATE TABLE "recall_expectation" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "query" TEXT NOT NULL,
    "item_id" UUID NOT NULL,
    "marked_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recall_expectation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "recall_expectation_project_id_query_item_id_key" ON "recall_expectation"("project_id", "query", "item_id");
CREATE INDEX "recall_expectation_item_id_idx" ON "recall_expectation"("item_id");
ALTER TABLE "recall_expectation" ADD CONSTRAINT "recall_expectation_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "recall_expectation" ADD CONSTRAINT "recall_expectation_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "memory_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;
