import { expect, it } from 'vitest';
import { asksForUrls, toLegacyAsk, toModernAsks } from './asks-in-era.ts';

const url = { mode: 'url', message: 'Sign in', url: 'https://example.com', elicitationId: 'e1' };

it('a question of a legacy server loses what the modern era has no word for', () => {
  expect(
    toModernAsks({
      a: { method: 'elicitation/create', params: { ...url, task: { ttl: 1 } } },
      b: { method: 'roots/list', params: undefined },
    }),
  ).toEqual({
    a: {
      method: 'elicitation/create',
      params: { mode: 'url', message: 'Sign in', url: 'https://example.com' },
    },
    b: { method: 'roots/list' },
  });
});

it('a question of a modern server has what the revision of a legacy client knows', () => {
  const { elicitationId: _id, ...modern } = url;
  const ask = { method: 'elicitation/create', params: modern };
  expect(toLegacyAsk(ask, '2025-11-25').params).toMatchObject({
    ...modern,
    elicitationId: expect.any(String),
  });
  const form = { method: 'elicitation/create', params: { mode: 'form', message: 'x', requestedSchema: {} } };
  expect(toLegacyAsk(form, '2025-06-18').params).toEqual({ message: 'x', requestedSchema: {} });
  expect(toLegacyAsk(form, '2025-11-25')).toEqual(form);
});

it('pages that must be opened first are a question in the modern era; any other error is none', () => {
  const error = (data: unknown, code = -32_042) => asksForUrls({ code, message: 'Open a page', data });
  expect(error({ elicitations: [url] })).toEqual({ 'url-1': { method: 'elicitation/create', params: url } });
  const many = Array.from({ length: 17 }, () => url);
  for (const none of [
    undefined,
    {},
    { elicitations: [] },
    { elicitations: [{ mode: 'form' }] },
    { elicitations: many },
  ]) {
    expect(error(none)).toBeUndefined();
  }
  expect(error({ elicitations: [url] }, -32_000)).toBeUndefined();
});
