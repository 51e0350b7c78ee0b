-- Detection and redaction: settings of tenant and tools, own rules, an own classifier, verdicts, counts.

CREATE TYPE "detection_rule_kind" AS ENUM ('keywords', 'pattern');

ALTER TABLE "tenant" ADD COLUMN "detection" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "tenant" ADD COLUMN "export_consent_at" TIMESTAMPTZ(3);
ALTER TABLE "tenant" ADD COLUMN "export_consent_by" UUID;
ALTER TABLE "tool" ADD COLUMN "detection" JSONB NOT NULL DEFAULT '{}';

CREATE TABLE "detection_rule" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "detection_rule_kind" NOT NULL,
    "value" TEXT NOT NULL,
    "surfaces" TEXT[],
    "severity" TEXT NOT NULL,
    "tool_ids" UUID[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" UUID,

    CONSTRAINT "detection_rule_pkey" PRIMARY KEY ("tenant_id","id")
);
CREATE UNIQUE INDEX "detection_rule_tenant_id_code_key" ON "detection_rule"("tenant_id", "code");
ALTER TABLE "detection_rule" ADD CONSTRAINT "detection_rule_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE TABLE "detection_external" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "budget_ms" INTEGER NOT NULL,
    "per_minute" INTEGER NOT NULL,
    "on_failure" TEXT NOT NULL,
    "sealed_token" BYTEA,
    "token_version" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "detection_external_pkey" PRIMARY KEY ("tenant_id","id")
);
CREATE UNIQUE INDEX "detection_external_tenant_id_key" ON "detection_external"("tenant_id");
ALTER TABLE "detection_external" ADD CONSTRAINT "detection_external_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE TABLE "detection_verdict" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "receipt_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "finding_index" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "tool_id" UUID,
    "verdict" TEXT NOT NULL,
    "note" TEXT,
    "given_by" UUID,
    "given_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "detection_verdict_pkey" PRIMARY KEY ("tenant_id","id")
);
CREATE UNIQUE INDEX "detection_verdict_tenant_id_receipt_id_finding_index_key"
  ON "detection_verdict"("tenant_id", "receipt_id", "finding_index");
CREATE INDEX "detection_verdict_tenant_id_given_at_id_idx"
  ON "detection_verdict"("tenant_id", "given_at" DESC, "id" DESC);

CREATE TABLE "detection_count" (
    "tenant_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "code" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "detection_count_pkey" PRIMARY KEY ("tenant_id","hour","code","tier","direction","action")
);

-- What a program asks for is one thing, what a table takes another.
ALTER TABLE "detection_rule" ADD CONSTRAINT "detection_rule_code_shape" CHECK (code ~ '^custom_[a-z0-9_]{1,60}$');
ALTER TABLE "detection_rule" ADD CONSTRAINT "detection_rule_severity_known"
  CHECK (severity IN ('low', 'medium', 'high', 'critical'));
ALTER TABLE "detection_rule" ADD CONSTRAINT "detection_rule_sizes"
  CHECK (length(value) BETWEEN 1 AND 4096 AND length(title) BETWEEN 1 AND 120 AND cardinality(tool_ids) <= 500);
ALTER TABLE "detection_external" ADD CONSTRAINT "detection_external_limits"
  CHECK (on_failure IN ('pass', 'block') AND budget_ms BETWEEN 1 AND 5000 AND per_minute BETWEEN 1 AND 100000);
ALTER TABLE "detection_verdict" ADD CONSTRAINT "detection_verdict_known"
  CHECK (verdict IN ('confirmed', 'overridden') AND finding_index BETWEEN 0 AND 10000 AND length(note) <= 500);
ALTER TABLE "detection_count" ADD CONSTRAINT "detection_count_known"
  CHECK (direction IN ('request', 'response', 'definition')
    AND action IN ('monitor', 'alert', 'mask', 'tokenise', 'block') AND count >= 0);
ALTER TABLE "tenant" ADD CONSTRAINT "tenant_detection_size" CHECK (length(detection::text) <= 65536);
ALTER TABLE "tool" ADD CONSTRAINT "tool_detection_size" CHECK (length(detection::text) <= 65536);

ALTER TABLE "detection_rule" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "detection_rule" FORCE ROW LEVEL SECURITY;
ALTER TABLE "detection_external" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "detection_external" FORCE ROW LEVEL SECURITY;
ALTER TABLE "detection_verdict" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "detection_verdict" FORCE ROW LEVEL SECURITY;
ALTER TABLE "detection_count" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "detection_count" FORCE ROW LEVEL SECURITY;

GRANT UPDATE (detection, export_consent_at, export_consent_by) ON "tenant" TO sallyport_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "detection_rule" TO sallyport_app;
CREATE POLICY app_rows ON "detection_rule" FOR ALL TO sallyport_app USING (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);
-- The sealed token can be written and never read again through this door.
GRANT SELECT (tenant_id, id, url, enabled, budget_ms, per_minute, on_failure, token_version, updated_at), INSERT, UPDATE, DELETE ON "detection_external" TO sallyport_app;
CREATE POLICY app_rows ON "detection_external" FOR ALL TO sallyport_app USING (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE (verdict, note, given_by, given_at) ON "detection_verdict" TO sallyport_app;
CREATE POLICY app_rows ON "detection_verdict" FOR ALL TO sallyport_app USING (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON "detection_count" TO sallyport_app;
CREATE POLICY app_rows ON "detection_count" FOR ALL TO sallyport_app USING (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT ON "detection_rule" TO sallyport_publisher;
CREATE POLICY publisher_rows ON "detection_rule" FOR ALL TO sallyport_publisher USING (true) WITH CHECK (true);
GRANT SELECT ON "detection_external" TO sallyport_publisher;
CREATE POLICY publisher_rows ON "detection_external" FOR ALL TO sallyport_publisher USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON "detection_count" TO sallyport_ingester;
CREATE POLICY ingester_rows ON "detection_count" FOR ALL TO sallyport_ingester USING (true) WITH CHECK (true);
