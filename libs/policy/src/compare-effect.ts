import type { PolicyProgram, SliceSubject } from './decision.ts';

/** What a program does with one subject and tool before any argument is known. */
export type StaticEffect = 'allowed' | 'denied' | 'depends';

export interface EffectChange {
  readonly subject: SliceSubject;
  readonly before: StaticEffect;
  readonly after: StaticEffect;
}

/** Says what a program does as far as it does not depend on the call. */
export function effectOf(program: PolicyProgram, subject: SliceSubject): StaticEffect {
  const slice = program.sliceFor(subject);
  if (!slice.isStatic) return 'depends';
  const decision = slice.decide({ args: {}, endpoint: '', client: '', era: '' });
  return decision.kind === 'permit' ? 'allowed' : 'denied';
}

/** Which agents and tools a change of policies touches, for a preview before publishing. */
export function compareEffect(input: {
  readonly before: PolicyProgram;
  readonly after: PolicyProgram;
  readonly subjects: Iterable<SliceSubject>;
}): readonly EffectChange[] {
  const changes: EffectChange[] = [];
  for (const subject of input.subjects) {
    const before = effectOf(input.before, subject);
    const after = effectOf(input.after, subject);
    if (before !== after) changes.push({ subject, before, after });
  }
  return changes;
}
