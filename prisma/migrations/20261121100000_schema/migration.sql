-- CreateEnum
CREATE TYPE "link_purpose" AS ENUM ('login', 'owner');

-- CreateEnum
CREATE TYPE "active_state" AS ENUM ('active', 'suspended');

-- CreateEnum
CREATE TYPE "member_state" AS ENUM ('active', 'removed');

-- CreateEnum
CREATE TYPE "server_state" AS ENUM ('draft', 'vetting', 'vetting_failed', 'needs_review', 'rejected', 'approved', 'published', 'suspended', 'retired');

-- CreateEnum
CREATE TYPE "connection_kind" AS ENUM ('none', 'bearer', 'header', 'query');

-- CreateEnum
CREATE TYPE "vet_kind" AS ENUM ('vet', 'recheck');

-- CreateEnum
CREATE TYPE "vet_state" AS ENUM ('queued', 'running', 'finished', 'failed');

-- CreateEnum
CREATE TYPE "tool_state" AS ENUM ('proposed', 'approved', 'hidden', 'drifted', 'removed');

-- CreateEnum
CREATE TYPE "approval_kind" AS ENUM ('server', 'tool');

-- CreateEnum
CREATE TYPE "approval_state" AS ENUM ('open', 'approved', 'rejected', 'superseded');

-- CreateEnum
CREATE TYPE "revocation_kind" AS ENUM ('tenant', 'agent', 'customer', 'key', 'server', 'tool', 'restore');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "is_operator" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "browser_session" (
    "id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "active_tenant_id" UUID,
    "csrf_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "browser_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_link" (
    "token_hash" TEXT NOT NULL,
    "purpose" "link_purpose" NOT NULL,
    "user_id" UUID,
    "tenant_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "login_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "installation" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "private_origin" (
    "origin" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "added_by" UUID,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "private_origin_pkey" PRIMARY KEY ("origin")
);

-- CreateTable
CREATE TABLE "installation_version" (
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "envelope" TEXT NOT NULL,
    "rev_seq" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_version_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "spool_ack" (
    "spool_id" TEXT NOT NULL,
    "worker_id" TEXT NOT NULL,
    "contiguous_seq" BIGINT NOT NULL,
    "chain" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spool_ack_pkey" PRIMARY KEY ("spool_id")
);

-- CreateTable
CREATE TABLE "anonymous_refusal" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "worker_id" TEXT NOT NULL,
    "spool_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "window_ms" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "source_prefix" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "anonymous_refusal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" "active_state" NOT NULL DEFAULT 'active',
    "state_reason" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "publication_head" (
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "rev_seq" INTEGER NOT NULL DEFAULT 0,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "publication_head_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "member" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "roles" TEXT[],
    "state" "member_state" NOT NULL DEFAULT 'active',
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "roles" TEXT[],
    "invited_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "tenant_key" (
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_key_pkey" PRIMARY KEY ("tenant_id","version")
);

-- CreateTable
CREATE TABLE "server" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "state" "server_state" NOT NULL DEFAULT 'draft',
    "state_reason" TEXT,
    "owner_member_id" UUID,
    "grade" TEXT,
    "last_vetted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "server_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "server_connection" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "server_id" UUID NOT NULL,
    "kind" "connection_kind" NOT NULL DEFAULT 'none',
    "header_name" TEXT,
    "scope" TEXT NOT NULL DEFAULT 'shared',
    "sealed_secret" BYTEA,
    "secret_version" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "server_connection_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "vet_run" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "server_id" UUID NOT NULL,
    "kind" "vet_kind" NOT NULL DEFAULT 'vet',
    "state" "vet_state" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "requested_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "vet_run_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "vet_step" (
    "tenant_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "state" "vet_state" NOT NULL DEFAULT 'queued',
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "detail" TEXT,

    CONSTRAINT "vet_step_pkey" PRIMARY KEY ("tenant_id","run_id","name")
);

-- CreateTable
CREATE TABLE "vet_report" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "server_id" UUID NOT NULL,
    "grade" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vet_report_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "tool" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "server_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "exposed_name" TEXT NOT NULL,
    "state" "tool_state" NOT NULL DEFAULT 'proposed',
    "definition" TEXT NOT NULL,
    "definition_digest" TEXT NOT NULL,
    "first_seen" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tool_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "pin" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),
    "approval_id" UUID,

    CONSTRAINT "pin_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "approval" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "approval_kind" NOT NULL,
    "server_id" UUID NOT NULL,
    "tool_id" UUID,
    "report_id" UUID,
    "state" "approval_state" NOT NULL DEFAULT 'open',
    "change" JSONB,
    "requested_by" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "decision" JSONB,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "endpoint" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "customer" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "external_ref" TEXT,
    "state" "active_state" NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "agent" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "roles" TEXT[],
    "state" "active_state" NOT NULL DEFAULT 'active',
    "customer_id" UUID,
    "owner_member_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "endpoint_id" UUID,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "policy" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" UUID,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "snapshot_version" (
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "envelope" TEXT NOT NULL,
    "rev_seq" INTEGER NOT NULL,
    "note" TEXT,
    "published_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "snapshot_version_pkey" PRIMARY KEY ("tenant_id","version")
);

-- CreateTable
CREATE TABLE "revocation" (
    "tenant_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" "revocation_kind" NOT NULL,
    "subject" UUID NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "envelope" TEXT NOT NULL,
    "reason" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("tenant_id","seq")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "tenant_id" UUID,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipt" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "worker_id" TEXT,
    "spool_id" TEXT,
    "seq" BIGINT,
    "chain" TEXT,
    "call_id" UUID,
    "method" TEXT,
    "endpoint_id" UUID,
    "agent_id" UUID,
    "customer_id" UUID,
    "key_id" UUID,
    "server_id" UUID,
    "tool_id" UUID,
    "tool_name" TEXT,
    "args_digest" TEXT,
    "args_bytes" INTEGER,
    "arg_names" TEXT[],
    "snapshot_version" INTEGER,
    "pin_digest" TEXT,
    "policy_ids" TEXT[],
    "outcome" TEXT,
    "code" TEXT,
    "stage" TEXT,
    "policy_reason" TEXT,
    "result_digest" TEXT,
    "result_bytes" INTEGER,
    "request_bytes" INTEGER,
    "findings" JSONB,
    "stage_times_us" INTEGER[],
    "upstream_us" INTEGER,
    "total_us" INTEGER,
    "added_us" INTEGER,
    "client" TEXT,
    "protocol_version" TEXT,
    "credential" TEXT,
    "incident_id" TEXT,
    "billable" BOOLEAN NOT NULL DEFAULT false,
    "actor_user_id" UUID,
    "action" TEXT,
    "subject_kind" TEXT,
    "subject_id" TEXT,
    "summary" JSONB,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "receipt_body" (
    "tenant_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "args" TEXT,
    "result" TEXT,

    CONSTRAINT "receipt_body_pkey" PRIMARY KEY ("tenant_id","call_id")
);

-- CreateTable
CREATE TABLE "usage_hour" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "customer_id" UUID,
    "agent_id" UUID,
    "server_id" UUID,
    "tool_id" UUID,
    "tool_name" TEXT,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "denied" INTEGER NOT NULL DEFAULT 0,
    "errors" INTEGER NOT NULL DEFAULT 0,
    "billable" INTEGER NOT NULL DEFAULT 0,
    "bytes_in" BIGINT NOT NULL DEFAULT 0,
    "bytes_out" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_hour_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "policy_day" (
    "tenant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "policy_id" TEXT NOT NULL,
    "hits" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "policy_day_pkey" PRIMARY KEY ("tenant_id","day","policy_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "browser_session_user_id_idx" ON "browser_session"("user_id");

-- CreateIndex
CREATE INDEX "anonymous_refusal_at_idx" ON "anonymous_refusal"("at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "anonymous_refusal_spool_id_seq_key" ON "anonymous_refusal"("spool_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_tenant_id_user_id_key" ON "member"("tenant_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "server_tenant_id_slug_key" ON "server"("tenant_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "server_connection_tenant_id_server_id_key" ON "server_connection"("tenant_id", "server_id");

-- CreateIndex
CREATE INDEX "vet_run_tenant_id_server_id_created_at_idx" ON "vet_run"("tenant_id", "server_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "vet_run_state_heartbeat_at_idx" ON "vet_run"("state", "heartbeat_at");

-- CreateIndex
CREATE INDEX "vet_report_tenant_id_server_id_created_at_idx" ON "vet_report"("tenant_id", "server_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "vet_report_tenant_id_run_id_key" ON "vet_report"("tenant_id", "run_id");

-- CreateIndex
CREATE UNIQUE INDEX "tool_tenant_id_server_id_name_key" ON "tool"("tenant_id", "server_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "tool_tenant_id_exposed_name_key" ON "tool"("tenant_id", "exposed_name");

-- CreateIndex
CREATE INDEX "pin_tenant_id_tool_id_idx" ON "pin"("tenant_id", "tool_id");

-- CreateIndex
CREATE INDEX "approval_tenant_id_state_requested_at_id_idx" ON "approval"("tenant_id", "state", "requested_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "endpoint_tenant_id_slug_key" ON "endpoint"("tenant_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "customer_tenant_id_name_key" ON "customer"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "agent_tenant_id_name_key" ON "agent"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_tenant_id_agent_id_idx" ON "api_key"("tenant_id", "agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "policy_tenant_id_name_key" ON "policy"("tenant_id", "name");

-- CreateIndex
CREATE INDEX "revocation_tenant_id_kind_subject_idx" ON "revocation"("tenant_id", "kind", "subject");

-- CreateIndex
CREATE INDEX "outbox_done_at_id_idx" ON "outbox"("done_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "receipt_spool_id_seq_key" ON "receipt"("spool_id", "seq");

-- CreateIndex
CREATE INDEX "receipt_body_at_idx" ON "receipt_body"("at");

-- CreateIndex
CREATE UNIQUE INDEX "usage_hour_dimensions_key" ON "usage_hour"("tenant_id", "hour", "customer_id", "agent_id", "server_id", "tool_id", "tool_name") NULLS NOT DISTINCT;

-- AddForeignKey
ALTER TABLE "browser_session" ADD CONSTRAINT "browser_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "browser_session" ADD CONSTRAINT "browser_session_active_tenant_id_fkey" FOREIGN KEY ("active_tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "login_link" ADD CONSTRAINT "login_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "login_link" ADD CONSTRAINT "login_link_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "publication_head" ADD CONSTRAINT "publication_head_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tenant_key" ADD CONSTRAINT "tenant_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "server" ADD CONSTRAINT "server_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "server" ADD CONSTRAINT "server_tenant_id_owner_member_id_fkey" FOREIGN KEY ("tenant_id", "owner_member_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "server_connection" ADD CONSTRAINT "server_connection_tenant_id_server_id_fkey" FOREIGN KEY ("tenant_id", "server_id") REFERENCES "server"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "vet_run" ADD CONSTRAINT "vet_run_tenant_id_server_id_fkey" FOREIGN KEY ("tenant_id", "server_id") REFERENCES "server"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "vet_step" ADD CONSTRAINT "vet_step_tenant_id_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "vet_run"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "vet_report" ADD CONSTRAINT "vet_report_tenant_id_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "vet_run"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "vet_report" ADD CONSTRAINT "vet_report_tenant_id_server_id_fkey" FOREIGN KEY ("tenant_id", "server_id") REFERENCES "server"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tool" ADD CONSTRAINT "tool_tenant_id_server_id_fkey" FOREIGN KEY ("tenant_id", "server_id") REFERENCES "server"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "pin" ADD CONSTRAINT "pin_tenant_id_tool_id_fkey" FOREIGN KEY ("tenant_id", "tool_id") REFERENCES "tool"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "pin" ADD CONSTRAINT "pin_tenant_id_approval_id_fkey" FOREIGN KEY ("tenant_id", "approval_id") REFERENCES "approval"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_tenant_id_server_id_fkey" FOREIGN KEY ("tenant_id", "server_id") REFERENCES "server"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_tenant_id_tool_id_fkey" FOREIGN KEY ("tenant_id", "tool_id") REFERENCES "tool"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customer"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_tenant_id_owner_member_id_fkey" FOREIGN KEY ("tenant_id", "owner_member_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_agent_id_fkey" FOREIGN KEY ("tenant_id", "agent_id") REFERENCES "agent"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_endpoint_id_fkey" FOREIGN KEY ("tenant_id", "endpoint_id") REFERENCES "endpoint"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "policy" ADD CONSTRAINT "policy_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "snapshot_version" ADD CONSTRAINT "snapshot_version_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "revocation" ADD CONSTRAINT "revocation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
