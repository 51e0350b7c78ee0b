-- Prompts, resources, templates and instructions beside tools; endpoints that choose, rename and hide.

CREATE TYPE "tool_kind" AS ENUM ('tool', 'prompt', 'resource', 'template', 'instructions');
CREATE TYPE "endpoint_selection" AS ENUM ('all', 'chosen');
CREATE TYPE "endpoint_naming" AS ENUM ('prefixed', 'plain');

ALTER TABLE "server" ADD COLUMN "capabilities" JSONB NOT NULL DEFAULT '{}';

ALTER TABLE "tool" ADD COLUMN "kind" "tool_kind" NOT NULL DEFAULT 'tool';
DROP INDEX "tool_tenant_id_server_id_name_key";
DROP INDEX "tool_tenant_id_exposed_name_key";
CREATE UNIQUE INDEX "tool_tenant_id_server_id_kind_name_key" ON "tool"("tenant_id", "server_id", "kind", "name");
CREATE UNIQUE INDEX "tool_tenant_id_kind_exposed_name_key" ON "tool"("tenant_id", "kind", "exposed_name");

ALTER TABLE "endpoint" ADD COLUMN "selection" "endpoint_selection" NOT NULL DEFAULT 'all';
ALTER TABLE "endpoint" ADD COLUMN "naming" "endpoint_naming" NOT NULL DEFAULT 'prefixed';
ALTER TABLE "endpoint" ADD COLUMN "tool_search" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "endpoint_item" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "name" TEXT,
    "description" TEXT,
    "hidden" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "endpoint_item_pkey" PRIMARY KEY ("tenant_id","id")
);
CREATE UNIQUE INDEX "endpoint_item_tenant_id_endpoint_id_tool_id_key" ON "endpoint_item"("tenant_id", "endpoint_id", "tool_id");
CREATE INDEX "endpoint_item_tenant_id_tool_id_idx" ON "endpoint_item"("tenant_id", "tool_id");
ALTER TABLE "endpoint_item" ADD CONSTRAINT "endpoint_item_tenant_id_endpoint_id_fkey"
  FOREIGN KEY ("tenant_id", "endpoint_id") REFERENCES "endpoint"("tenant_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "endpoint_item" ADD CONSTRAINT "endpoint_item_tenant_id_tool_id_fkey"
  FOREIGN KEY ("tenant_id", "tool_id") REFERENCES "tool"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- A given name without `__`: that belongs to the prefixes of servers, so no rename takes the name of another capability.
ALTER TABLE "endpoint_item" ADD CONSTRAINT "endpoint_item_name_shape"
  CHECK (name ~ '^[A-Za-z0-9_-]{1,60}$' AND position('__' in name) = 0);
ALTER TABLE "endpoint_item" ADD CONSTRAINT "endpoint_item_description_length" CHECK (length(description) <= 4096);
ALTER TABLE "server" ADD CONSTRAINT "server_capabilities_size" CHECK (length(capabilities::text) <= 16384);

ALTER TABLE "endpoint_item" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "endpoint_item" FORCE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, UPDATE, DELETE ON "endpoint_item" TO sallyport_app;
CREATE POLICY app_rows ON "endpoint_item" FOR ALL TO sallyport_app USING (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT ON "endpoint_item" TO sallyport_publisher;
CREATE POLICY publisher_rows ON "endpoint_item" FOR ALL TO sallyport_publisher USING (true) WITH CHECK (true);
GRANT UPDATE (selection, naming, tool_search) ON "endpoint" TO sallyport_app;
GRANT DELETE ON "endpoint" TO sallyport_app;
-- A revoked key lets go of an endpoint that is deleted.
GRANT UPDATE (endpoint_id) ON "api_key" TO sallyport_app;
