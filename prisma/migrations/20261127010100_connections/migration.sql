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
