import { describe, expect, it } from 'vitest';
import { moveServer, type ServerEvent, type ServerState, serverStates, stepServer } from './server-state.ts';

const events: readonly ServerEvent[] = [
  'vet_started',
  'vet_failed',
  'vet_passed',
  'approved',
  'rejected',
  'published',
  'suspended',
  'resumed',
  'retired',
];

/** The whole machine once more as text: `from event to`. Everything else must be refused. */
const legal = new Map(
  `draft vet_started vetting
draft retired retired
vetting vet_started vetting
vetting vet_failed vetting_failed
vetting vet_passed needs_review
vetting retired retired
vetting_failed vet_started vetting
vetting_failed retired retired
needs_review vet_started vetting
needs_review approved approved
needs_review rejected rejected
needs_review retired retired
rejected vet_started vetting
rejected retired retired
approved approved approved
approved published published
approved retired retired
published approved published
published published published
published suspended suspended
published retired retired
suspended resumed published
suspended retired retired`
    .split('\n')
    .map((line) => line.split(' ') as [ServerState, ServerEvent, ServerState])
    .map(([from, event, to]) => [`${from} ${event}`, to]),
);

describe('stepServer', () => {
  for (const from of serverStates) {
    for (const event of events) {
      const to = legal.get(`${from} ${event}`);
      it(`${to ? `moves ${from} to ${to}` : `refuses ${from}`} on ${event}`, () => {
        expect(stepServer(from, event)).toEqual(
          to ? { kind: 'moved', to } : { kind: 'illegal', from, event },
        );
      });
    }
  }

  it('never leaves retired', () => {
    for (const event of events) expect(stepServer('retired', event).kind).toBe('illegal');
  });

  it('reaches published only through review, or back from suspension', () => {
    const before = serverStates.filter((from) => stepServer(from, 'published').kind === 'moved');
    expect(before).toEqual(['approved', 'published']);
    expect(serverStates.filter((from) => stepServer(from, 'suspended').kind === 'moved')).toEqual([
      'published',
    ]);
    expect(serverStates.filter((from) => legal.get(`${from} approved`) === 'approved')).toEqual([
      'needs_review',
      'approved',
    ]);
  });
});

describe('moveServer', () => {
  it('names the state and the event it refuses', () => {
    expect(() => moveServer('draft', 'published')).toThrowError(
      expect.objectContaining({ code: 'illegal_transition', details: { from: 'draft', event: 'published' } }),
    );
  });
});
