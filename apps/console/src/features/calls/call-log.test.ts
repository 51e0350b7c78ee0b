import { describe, expect, it } from 'vitest';
import type { CallRowFragment } from '../../generated/graphql.ts';
import { type CallPage, createCallLog, mergeHead } from './call-log.ts';

const row = (id: number, outcome: CallRowFragment['outcome'] = 'OK') =>
  ({ id: String(id), outcome }) as CallRowFragment;
const page = (from: number, to: number): CallPage => ({
  rows: Array.from({ length: from - to + 1 }, (_, index) => row(from - index)),
  endCursor: String(to),
  hasMore: to > 1,
});
const ids = (rows: readonly CallRowFragment[]) => rows.map((each) => Number(each.id));

describe('call log', () => {
  it('puts new calls on top and updates known ones in place', () => {
    const merged = mergeHead([row(2, 'RUNNING'), row(1)], [row(3), row(2)]);
    expect(merged.kind === 'merged' && [ids(merged.rows), merged.added, merged.rows[1]?.outcome]).toEqual([
      [3, 2, 1],
      1,
      'OK',
    ]);
  });

  it('sees a gap when the newest page knows none of the rows', () => {
    expect(mergeHead([row(1)], [row(60), row(59)]).kind).toBe('gap');
  });

  it('counts new calls while frozen and shows them when the reader is back on top', async () => {
    let newest = 50;
    const log = createCallLog(
      async (after) => (after === null ? page(newest, newest - 9) : page(Number(after) - 1, 1)),
      () => 1,
    );
    await log.refresh();
    log.setFrozen(true);
    newest = 53;
    await log.refresh();
    expect([log.getState().waiting, ids(log.getState().rows)[0]]).toEqual([3, 50]);
    log.setFrozen(false);
    expect([log.getState().waiting, ids(log.getState().rows)[0], log.getState().rows.length]).toEqual([
      0, 53, 13,
    ]);
  });

  it('loads older calls once, without doubles, and keeps what it has when that fails', async () => {
    let isBroken = false;
    const log = createCallLog(
      async (after) => {
        if (isBroken) throw new Error('no answer');
        return after === null ? page(50, 41) : page(Number(after), 1);
      },
      () => 1,
    );
    await log.refresh();
    await Promise.all([log.loadMore(), log.loadMore()]);
    expect([log.getState().rows.length, log.getState().hasMore]).toEqual([50, false]);
    isBroken = true;
    await log.refresh();
    expect([log.getState().rows.length, log.getState().error?.code]).toEqual([50, 'internal_error']);
  });
});
