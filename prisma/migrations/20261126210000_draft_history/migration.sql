-- CreateTable
CREATE TABLE "draft_save" (
    "id" UUID NOT NULL,
    "pipeline_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "graph" JSONB NOT NULL,

    CONSTRAINT "draft_save_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "draft_save_pipeline_id_revision_key" ON "draft_save"("pipeline_id", "revision");

-- AddForeignKey
ALTER TABLE "draft_save" ADD CONSTRAINT "draft_save_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What there is already begins its history here: the first save after this would overwrite it.
INSERT INTO "draft_save" ("id", "pipeline_id", "revision", "began_at", "at", "by", "origin", "summary", "graph")
SELECT gen_random_uuid(), "id", "draft_revision", "updated_at", "updated_at", 'Solograph', 'import', 'As it was when the history began', "draft" FROM "pipeline";
