-- A change of the embedder: who asked for it, and how the new index compares on the project's recall set. The state `previous`
-- is the one that can be brought back.
ALTER TABLE "memory_space"
    ADD COLUMN "asked" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "comparison" JSONB;
