import { describe, expect, it } from 'vitest';
import type { DetectionViewFragment } from '../../generated/graphql.ts';
import { patchView } from './patch-view.ts';

const counts7d = { monitor: 0, alert: 0, mask: 0, tokenise: 0, block: 0 };
const view: DetectionViewFragment = {
  settings: {
    requestInspection: 'block',
    responseInspection: 'block',
    modes: {
      bySeverity: [
        { severity: 'HIGH', mode: 'BLOCK' },
        { severity: 'LOW', mode: 'MONITOR' },
      ],
      byTier: [{ tier: 'MODEL', mode: 'ALERT' }],
      byCode: [{ code: 'own', mode: 'MASK' }],
    },
    outbound: { byClass: [{ class: 'SECRET', action: 'ALERT' }], byType: [{ type: 'JWT', action: 'BLOCK' }] },
    inbound: { byClass: [{ class: 'SECRET', action: 'MASK' }], byType: [] },
    restoreTokens: 'SAME_SERVER',
  },
  tiers: [{ tier: 'MODEL', mode: 'ALERT', isActive: true, counts7d }],
  rules: (
    [
      ['own', 'RULE', 'HIGH', 'MASK', 'code'],
      ['other', 'RULE', 'HIGH', 'BLOCK', 'severity'],
      ['model_attack', 'MODEL', 'HIGH', 'ALERT', 'tier'],
    ] as const
  ).map(([code, tier, severity, mode, modeFrom]) => ({
    ...{ code, tier, severity, mode, modeFrom, counts7d },
    ...{ title: code, source: 'built_in', owasp: null, confirmed: 0, overridden: 0, precision: null },
  })),
  sensitiveTypes: [
    {
      ...{ type: 'JWT', class: 'SECRET', outbound: 'BLOCK', inbound: 'MASK', counts7d },
      ...{ hasOwnOutbound: true, hasOwnInbound: false },
    },
  ],
  customRules: [],
  external: null,
  exportConsent: null,
  card: null,
};

const modesOf = (next: DetectionViewFragment) =>
  next.rules.map(({ mode, modeFrom }) => `${mode} ${modeFrom}`);

describe('patchView', () => {
  it('shows what applies now: code, then tier, then severity', () => {
    expect(modesOf(patchView(view, { byCode: [{ code: 'other', mode: 'ALERT' }] }))).toEqual([
      'MASK code',
      'ALERT code',
      'ALERT tier',
    ]);
    expect(modesOf(patchView(view, { byCode: [{ code: 'own', mode: null }] }))[0]).toBe('BLOCK severity');
    expect(modesOf(patchView(view, { byTier: [{ tier: 'MODEL', mode: null }] }))[2]).toBe('BLOCK severity');
    expect(modesOf(patchView(view, { bySeverity: [{ severity: 'HIGH', mode: 'MASK' }] }))).toEqual([
      'MASK code',
      'MASK severity',
      'ALERT tier',
    ]);
  });

  it('gives a type the action of its class when its own is taken away', () => {
    const [jwt] = patchView(view, { outbound: { byType: [{ type: 'JWT', action: null }] } }).sensitiveTypes;
    expect(jwt).toMatchObject({ outbound: 'ALERT', hasOwnOutbound: false, inbound: 'MASK' });
  });

  it('leaves the other direction alone', () => {
    const next = patchView(view, { inbound: { byClass: [{ class: 'SECRET', action: 'TOKENISE' }] } });
    expect(next.sensitiveTypes[0]).toMatchObject({ outbound: 'BLOCK', inbound: 'TOKENISE' });
    expect(next.settings.outbound).toEqual(view.settings.outbound);
  });

  it('changes nothing that was not named', () => {
    expect(patchView(view, {})).toEqual(view);
    expect(patchView(view, { restoreTokens: 'NEVER' }).settings.restoreTokens).toBe('NEVER');
  });
});
