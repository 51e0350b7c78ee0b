import { expect, it } from 'vitest';
import { readAnswer } from './classifier-answer.ts';

it.each([
  ['{"score":0.25}', { score: 0.25, label: null }],
  ['{"score":1,"label":"prompt injection"}', { score: 1, label: 'prompt injection' }],
  [' {"label":"ok","score":0}\n', { score: 0, label: 'ok' }],
])('reads %s', (text, answer) => {
  expect(readAnswer(Buffer.from(text))).toEqual(answer);
});

it.each([
  '',
  'null',
  '0.9',
  '[]',
  '{}',
  '{"score":"0.9"}',
  '{"score":null}',
  '{"score":NaN}',
  '{"score":1.01}',
  '{"score":-0.1}',
  '{"score":1e999}',
  '{"score":0.9,"label":7}',
  '{"score":0.9,"label":""}',
  '{"score":0.9,"label":"line\\nbreak"}',
  '{"score":0.9,"label":"<b>"}',
  `{"score":0.9,"label":"${'x'.repeat(65)}"}`,
  '{"score":0.9,"verdict":"pass"}',
  '{"score":0.9}{"score":0}',
  '{"score":0.9,"score":0}',
  '{"score":0.9,"sc\\u006fre":0}',
  '{"score":0.9',
])('takes nothing else for an answer: %s', (text) => {
  expect(readAnswer(Buffer.from(text))).toBeUndefined();
});

it('takes no broken UTF-8', () => {
  expect(readAnswer(Buffer.from([...Buffer.from('{"score":0,"label":"'), 0xff, 0x22, 0x7d]))).toBeUndefined();
});
