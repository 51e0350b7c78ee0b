import { externalClassifierAad } from '@sallyport/snapshot';
import { openBox } from '@sallyport/vault';
import { describe, expect, it } from 'vitest';
import { useDetectionGround } from '../testing/detection-ground.ts';

describe('detection of a tenant', () => {
  const { ground, ask, codeOf, published } = useDetectionGround();
  const update = `mutation($i: DetectionInput!) { updateDetection(input: $i) {
    publication { version } detection { settings { restoreTokens modes { bySeverity { severity mode }
      byTier { tier mode } byCode { code mode } } inbound { byClass { class action } byType { type action } } }
      rules { code mode modeFrom } sensitiveTypes { type outbound inbound hasOwnInbound } } } }`;

  it('begins as before: clear attacks stop where a direction blocks, secrets leave no result', async () => {
    const { detection } =
      await ask(`{ detection { settings { requestInspection modes { bySeverity { severity mode } }
      inbound { byClass { class action } } } tiers { tier mode isActive } rules { code } sensitiveTypes { type } } }`);
    expect(detection.settings.modes.bySeverity).toEqual([
      { severity: 'LOW', mode: 'MONITOR' },
      { severity: 'MEDIUM', mode: 'ALERT' },
      { severity: 'HIGH', mode: 'BLOCK' },
      { severity: 'CRITICAL', mode: 'BLOCK' },
    ]);
    expect(detection.settings.inbound.byClass).toContainEqual({ class: 'SECRET', action: 'MASK' });
    expect(detection.rules.length).toBeGreaterThan(50);
    expect(detection.sensitiveTypes.map((row: { type: string }) => row.type)).toContain('EMAIL');
  });

  it('changes what is named, publishes it, and workers read exactly that', async () => {
    const { plane } = ground();
    const first = await ask(update, {
      i: {
        bySeverity: [{ severity: 'MEDIUM', mode: 'BLOCK' }],
        byTier: [{ tier: 'MODEL', mode: 'ALERT' }],
        byCode: [{ code: 'zero_width', mode: 'MASK' }],
        inbound: {
          byClass: [{ class: 'CONTACT', action: 'TOKENISE' }],
          byType: [{ type: 'EMAIL', action: 'MASK' }],
        },
        restoreTokens: 'ALWAYS',
      },
    });
    const { detection } = first.updateDetection;
    expect(detection.rules).toContainEqual({ code: 'zero_width', mode: 'MASK', modeFrom: 'code' });
    expect(detection.rules).toContainEqual({ code: 'model_attack', mode: 'ALERT', modeFrom: 'tier' });
    expect(detection.sensitiveTypes).toContainEqual({
      type: 'EMAIL',
      outbound: 'ALLOW',
      inbound: 'MASK',
      hasOwnInbound: true,
    });
    expect(await published()).toMatchObject({
      modes: {
        bySeverity: { medium: 'block', high: 'block' },
        byTier: { model: 'alert' },
        byCode: { zero_width: 'mask' },
      },
      inbound: { byClass: { contact: 'tokenise', secret: 'mask' }, byType: { EMAIL: 'mask' } },
      restoreTokens: 'always',
    });
    await ask(update, {
      i: {
        bySeverity: [{ severity: 'MEDIUM', mode: null }],
        byTier: [{ tier: 'MODEL', mode: null }],
        byCode: [{ code: 'zero_width', mode: null }],
        inbound: { byType: [{ type: 'EMAIL', action: null }] },
      },
    });
    expect(await published()).toMatchObject({
      modes: { bySeverity: { medium: 'alert' }, byTier: {}, byCode: {} },
      inbound: { byClass: { contact: 'tokenise' }, byType: {} },
    });
    const rows = await plane.database.admin<{ summary: object }>(
      "SELECT summary FROM receipt WHERE action = 'detection.update' ORDER BY at LIMIT 1",
    );
    expect(rows[0]?.summary).toMatchObject({ byCode: ['zero_width = MASK'] });
  });

  it('takes settings of one tool: modes, redaction, roles and tags', async () => {
    const { toolId } = ground();
    const document = `mutation($t: ID!, $i: ToolDetectionInput!) { updateToolDetection(toolId: $t, input: $i) {
      modes { byCode { code mode } } outbound { byType { type action } } roles { pointer role } tags } }`;
    const input = {
      byCode: [{ code: 'secret_file', mode: 'MONITOR' }],
      outbound: { byType: [{ type: 'IBAN', action: 'BLOCK' }] },
      roles: [{ pointer: '/items/*/path', role: 'PATH' }],
      tags: ['Files', 'files'],
    };
    const { updateToolDetection } = await ask(document, { t: toolId, i: input });
    expect(updateToolDetection).toEqual({
      modes: { byCode: [{ code: 'secret_file', mode: 'MONITOR' }] },
      outbound: { byType: [{ type: 'IBAN', action: 'BLOCK' }] },
      roles: [{ pointer: '/items/*/path', role: 'PATH' }],
      tags: ['files'],
    });
    expect(Object.values((await published()).tools)).toEqual([
      {
        modes: { byCode: { secret_file: 'monitor' } },
        outbound: { byType: { IBAN: 'block' } },
        roles: { '/items/*/path': 'path' },
        tags: ['files'],
      },
    ]);
    await ask(document, {
      t: toolId,
      i: {
        byCode: [{ code: 'secret_file', mode: null }],
        outbound: { byType: [{ type: 'IBAN', action: null }] },
        roles: [],
        tags: [],
      },
    });
    expect((await published()).tools).toEqual({});
  });

  it('refuses unknown codes, types, pointers and too much of everything', async () => {
    const { toolId } = ground();
    const bad = (input: object) => codeOf(update, { i: input });
    expect(await bad({ byCode: [{ code: 'no_such_rule', mode: 'BLOCK' }] })).toBe('invalid_input');
    expect(await bad({ byCode: [{ code: '__proto__', mode: 'BLOCK' }] })).toBe('invalid_input');
    expect(await bad({ inbound: { byType: [{ type: 'SHOE_SIZE', action: 'MASK' }] } })).toBe('invalid_input');
    const tool = (input: object) =>
      codeOf(
        'mutation($t: ID!, $i: ToolDetectionInput!) { updateToolDetection(toolId: $t, input: $i) { tags } }',
        { t: toolId, i: input },
      );
    expect(await tool({ roles: [{ pointer: 'no slash', role: 'SQL' }] })).toBe('invalid_input');
    expect(await tool({ tags: Array.from({ length: 21 }, (_, n) => `t${n}`) })).toBe('invalid_input');
    const many = Array.from({ length: 201 }, (_, n) => ({ pointer: `/a${n}`, role: 'SQL' }));
    expect(await tool({ roles: many })).toBe('invalid_input');
    expect(
      await codeOf(
        '{ detectionSeries(from: "2026-01-01T00:00:00Z", to: "2026-04-01T00:00:00Z", bucket: HOUR) { at } }',
      ),
    ).toBe('invalid_input');
  });

  it('seals the token of the external classifier for workers, and gives it to no other origin', async () => {
    const { plane, tenantId } = ground();
    const set = `mutation($i: ExternalClassifierInput!) { setExternalClassifier(input: $i) {
      detection { external { url hasToken budgetMs onFailure enabled } } } }`;
    const bad = (input: object) => codeOf(set, { i: input });
    expect(await bad({ url: 'http://127.0.0.1:9000/judge' })).toBe('egress_denied');
    expect(await bad({ url: 'https://classifier/x' })).toBe('egress_denied');
    expect(await bad({ url: 'ftp://x.example.com' })).toBe('invalid_input');
    expect(await bad({ url: 'https://x.example.com:5432' })).toBe('egress_denied');
    expect(await bad({ url: 'https://x.example.com', budgetMs: 60_000 })).toBe('invalid_input');
    expect(await bad({ url: 'https://x.example.com', token: 'line\nbreak' })).toBe('invalid_input');
    const url = 'https://judge.example.com/v1';
    const made = await ask(set, { i: { url, token: 'judge-token-1', onFailure: 'BLOCK' } });
    expect(made.setExternalClassifier.detection.external).toEqual({
      url,
      hasToken: true,
      budgetMs: 300,
      onFailure: 'BLOCK',
      enabled: true,
    });
    const opened = async () => {
      const box = (await published()).external?.sealedToken;
      if (!box) return null;
      const { privateKey } = plane.keys.worker;
      return Buffer.from(openBox({ privateKey, box, aad: externalClassifierAad(tenantId) })).toString();
    };
    expect(await opened()).toBe('judge-token-1');
    await ask(set, { i: { url: `${url}/other`, budgetMs: 500 } });
    expect(await opened()).toBe('judge-token-1');
    await ask(set, { i: { url, token: 'judge-token-2' } });
    expect(await opened()).toBe('judge-token-2');
    const moved = await ask(set, { i: { url: 'https://other.example.com/v1' } });
    expect(moved.setExternalClassifier.detection.external.hasToken).toBe(false);
    expect((await published()).external).toMatchObject({
      url: 'https://other.example.com/v1',
      sealedToken: null,
    });
    await ask(set, { i: { url: 'https://other.example.com/v1', enabled: false } });
    expect((await published()).external).toBeNull();
    await ask('mutation { removeExternalClassifier { publication { version } } }');
    const rows = await plane.database.admin<{ summary: object }>(
      "SELECT summary FROM receipt WHERE action LIKE 'detection.classifier%'",
    );
    expect(JSON.stringify(rows)).not.toContain('judge-token');
  });
});
