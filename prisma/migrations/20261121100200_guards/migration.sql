-- What the tables refuse whatever a program asks for: wrong values, rewriting history, two of what there may be one of.

ALTER TABLE tenant ADD CONSTRAINT tenant_slug_shape CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$');
ALTER TABLE endpoint ADD CONSTRAINT endpoint_slug_shape CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$' AND slug <> 'key');
ALTER TABLE server ADD CONSTRAINT server_slug_shape CHECK (slug ~ '^[A-Za-z0-9_-]{1,60}$');
ALTER TABLE tool ADD CONSTRAINT tool_exposed_name_shape CHECK (exposed_name ~ '^[A-Za-z0-9_-]{1,60}$');
ALTER TABLE tool ADD CONSTRAINT tool_digest_shape CHECK (definition_digest ~ '^[0-9a-f]{64}$');
ALTER TABLE pin ADD CONSTRAINT pin_digest_shape CHECK (digest ~ '^[0-9a-f]{64}$');
ALTER TABLE api_key ADD CONSTRAINT api_key_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$');
ALTER TABLE member ADD CONSTRAINT member_roles_known
  CHECK (roles <@ ARRAY['owner', 'admin', 'reviewer', 'developer', 'viewer']);
ALTER TABLE invitation ADD CONSTRAINT invitation_roles_known
  CHECK (roles <@ ARRAY['owner', 'admin', 'reviewer', 'developer', 'viewer'] AND cardinality(roles) > 0);
ALTER TABLE login_link ADD CONSTRAINT login_link_subject
  CHECK ((purpose = 'login' AND user_id IS NOT NULL) OR (purpose = 'owner' AND tenant_id IS NOT NULL));
ALTER TABLE approval ADD CONSTRAINT approval_subject CHECK ((kind = 'tool') = (tool_id IS NOT NULL));
ALTER TABLE receipt ADD CONSTRAINT receipt_phase_of_kind CHECK (
  (kind = 'call' AND phase IN ('intent', 'outcome')) OR (kind IN ('admin', 'observation') AND phase = 'event')
);
ALTER TABLE receipt ADD CONSTRAINT receipt_source CHECK ((spool_id IS NULL) = (seq IS NULL));

-- History is not rewritten.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER receipt_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vet_report_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON vet_report
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER snapshot_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshot_version
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER installation_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON installation_version
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revocation_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON revocation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER anonymous_refusal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON anonymous_refusal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pin_not_removed BEFORE DELETE OR TRUNCATE ON pin
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An approved definition stays what was approved; a pin can only be superseded, once.
CREATE FUNCTION keep_pin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.superseded_at IS NOT NULL
    OR ROW(NEW.tenant_id, NEW.id, NEW.tool_id, NEW.digest, NEW.definition, NEW.approved_by, NEW.approved_at, NEW.approval_id)
      IS DISTINCT FROM
      ROW(OLD.tenant_id, OLD.id, OLD.tool_id, OLD.digest, OLD.definition, OLD.approved_by, OLD.approved_at, OLD.approval_id)
  THEN
    RAISE EXCEPTION 'pin is immutable: only a live pin can be superseded' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER pin_immutable BEFORE UPDATE ON pin FOR EACH ROW EXECUTE FUNCTION keep_pin();

-- A counter of versions or revocations never goes back: workers refuse what is older.
CREATE FUNCTION keep_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.tenant_id <> OLD.tenant_id OR NEW.version < OLD.version OR NEW.rev_seq < OLD.rev_seq THEN
    RAISE EXCEPTION 'publication_head never goes back' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER publication_head_forward BEFORE UPDATE ON publication_head FOR EACH ROW EXECUTE FUNCTION keep_head();

-- One live pin per tool, one open inbox item per subject, one run at a time per server.
CREATE UNIQUE INDEX pin_one_live ON pin (tenant_id, tool_id) WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX approval_one_open ON approval (tenant_id, COALESCE(tool_id, server_id)) WHERE state = 'open';
CREATE UNIQUE INDEX vet_run_one_active ON vet_run (tenant_id, server_id) WHERE state IN ('queued', 'running');

-- The pages of the console. Partial, so an intent costs ingest two entries and a call that ended well does not sit
-- among the refusals. Every column compared here has a leakproof operator, else row-level security keeps it out.
CREATE INDEX receipt_by_call ON receipt (tenant_id, call_id) WHERE call_id IS NOT NULL;
CREATE INDEX receipt_intents ON receipt (tenant_id, at DESC, id DESC) WHERE phase = 'intent';
CREATE INDEX receipt_events ON receipt (tenant_id, at DESC, id DESC) WHERE phase = 'event';
CREATE INDEX receipt_calls ON receipt (tenant_id, at DESC, id DESC) WHERE phase = 'outcome';
CREATE INDEX receipt_calls_agent ON receipt (tenant_id, agent_id, at DESC, id DESC) WHERE phase = 'outcome';
CREATE INDEX receipt_calls_server ON receipt (tenant_id, server_id, at DESC, id DESC) WHERE phase = 'outcome';
CREATE INDEX receipt_calls_tool ON receipt (tenant_id, tool_name, at DESC, id DESC) WHERE phase = 'outcome';
CREATE INDEX receipt_calls_customer ON receipt (tenant_id, customer_id, at DESC, id DESC)
  WHERE phase = 'outcome' AND customer_id IS NOT NULL;
CREATE INDEX receipt_calls_refused ON receipt (tenant_id, outcome, at DESC, id DESC)
  WHERE phase = 'outcome' AND outcome <> 'ok';
CREATE INDEX receipt_calls_code ON receipt (tenant_id, code, at DESC, id DESC)
  WHERE phase = 'outcome' AND code IS NOT NULL;

-- A tenant is born with its counters.
CREATE FUNCTION create_publication_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO publication_head (tenant_id) VALUES (NEW.id);
  RETURN NULL;
END
$$;
CREATE TRIGGER tenant_born AFTER INSERT ON tenant FOR EACH ROW EXECUTE FUNCTION create_publication_head();
