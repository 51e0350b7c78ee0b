import { describe, expect, it } from 'vitest';
import { aclText } from './redis.mjs';

const passwords = { control: 'c-secret', worker: 'w-secret', jobs: 'j-secret', tests: 't-secret' };

describe('the access list of Redis', () => {
  it('turns the default user off and holds no password in the clear', () => {
    const text = aclText(passwords);
    expect(text).toContain('user default off');
    for (const password of Object.values(passwords)) expect(text).not.toContain(password);
  });

  it('lets a worker read the configuration, never write it, and reach no queue', () => {
    const worker = aclText(passwords)
      .split('\n')
      .find((line) => line.startsWith('user worker'));
    expect(worker).toContain('%R~sp:{cfg}:*');
    expect(worker).not.toMatch(/ ~sp:\{cfg\}| ~sp:\* | ~bull/u);
    expect(worker).toContain('-@admin -@dangerous');
  });

  it('T34: gives a worker the keys of sessions and the channels of mail, and nothing else of either', () => {
    const words = aclText(passwords)
      .split('\n')
      .find((line) => line.startsWith('user worker'))
      ?.split(' ');
    expect(words?.filter((word) => /^(%R)?~/u.test(word))).toEqual([
      '%R~sp:{cfg}:*',
      '~sp:ack:*',
      '~sp:rep:*',
      '~sp:sess:*',
      '~sp:tok:*',
    ]);
    expect(words?.filter((word) => word.startsWith('&'))).toEqual(['&sp:{cfg}:*', '&sp:mail:*']);
  });
});
