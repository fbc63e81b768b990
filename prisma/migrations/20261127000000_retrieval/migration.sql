-- Words of a passage as full text compares them, kept so that a search need not read the passage's text again.
DROP INDEX "memory_chunk_text_idx";
ALTER TABLE "memory_chunk" ADD COLUMN     "words" tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, text)) STORED;
-- Words are looked for as numbers made of the project and the word: a search reads nothing of other projects, and the index is small. Where two
-- meet, a passage is compared in vain. A pending list would be read by every search: new passages go into the tree at once.
create function sg_word_keys(p_project uuid, p_words text[]) returns int[] language sql immutable parallel safe cost 2000 as $$
  select array(select hashtext(p_project::text || w) from unnest(p_words) w)
$$;
create index memory_chunk_keys_idx on memory_chunk using gin (sg_word_keys(project_id, tsvector_to_array(words))) with (fastupdate = off);
CREATE INDEX "memory_chunk_project_id_id_idx" ON "memory_chunk"("project_id", "id");

-- Whether an index holds a passage, apart from it: noting that would write the passage and its words anew.
CREATE TABLE "memory_indexed" (
    "chunk_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "indexed_in" TEXT,

    CONSTRAINT "memory_indexed_pkey" PRIMARY KEY ("chunk_id")
);
insert into memory_indexed select id, project_id, indexed_in from memory_chunk;
DROP INDEX "memory_chunk_project_id_indexed_in_idx";
ALTER TABLE "memory_chunk" DROP COLUMN "indexed_in";
CREATE INDEX "memory_indexed_project_id_indexed_in_idx" ON "memory_indexed"("project_id", "indexed_in");
ALTER TABLE "memory_indexed" ADD CONSTRAINT "memory_indexed_chunk_id_fkey" FOREIGN KEY ("chunk_id") REFERENCES "memory_chunk"("id") ON DELETE CASCADE ON UPDATE CASCADE;
create function sg_note_chunks() returns trigger language plpgsql as $$
begin
  insert into memory_indexed (chunk_id, project_id) select id, project_id from added;
  return null;
end $$;
create trigger memory_chunk_noted after insert on memory_chunk referencing new table as added for each statement execute function sg_note_chunks();

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
