import { describe, expect, it } from 'vitest';
import { payloadRules } from './arguments/payload-rules.ts';
import { scanArguments } from './arguments/scan-arguments.ts';
import { plainCommands, wordlyCommands } from './arguments/shell-words.ts';
import { sqlConnectives, sqlDelays, sqlObjects, sqlProbes, sqlVerbs } from './arguments/sql-words.ts';
import { roleRules } from './arguments/within-role-rules.ts';
import type { PhraseRule } from './phrase-rules.ts';
import { baitRules } from './rules/bait.ts';
import { concealmentRules } from './rules/concealment.ts';
import { instructionRules } from './rules/instructions.ts';
import { languageRules } from './rules/languages.ts';
import { personaRules } from './rules/persona.ts';
import { priorityRules } from './rules/priority.ts';
import { remoteCodeRules } from './rules/remote-code.ts';
import { takeoverRules } from './rules/takeover.ts';
import { turnRules } from './rules/turns.ts';
import { wideLanguageRules } from './rules/wide-languages.ts';
import { scanText } from './scan-text.ts';

const textRules = [
  ...baitRules,
  ...concealmentRules,
  ...instructionRules,
  ...priorityRules,
  ...remoteCodeRules,
  ...turnRules,
  ...takeoverRules,
  ...personaRules,
  ...languageRules,
  ...wideLanguageRules,
];

const bare = (literal: string) => literal.replace(/\*$/, '');

/** Texts that make a rule work as hard as it can: each step again and again, all but the last, the whole phrase. */
function hardTexts({ steps }: PhraseRule): readonly string[] {
  const firsts = steps.map((words) => bare(words[0] ?? ''));
  const lasts = steps.map((words) => bare(words.at(-1) ?? ''));
  return [
    ...firsts,
    firsts.slice(0, -1).join(' '),
    firsts.join(' '),
    lasts.join(''),
    [...firsts].reverse().join(' '),
  ];
}

const fill = (unit: string, length: number) =>
  `${unit} `.repeat(Math.ceil(length / (unit.length + 1))).slice(0, length);

/** Steps at a length, and at twice that. */
function growth(run: (text: string, meter: { steps: number }) => void, unit: string, length = 1_500): number {
  const [short, long] = [length, length * 2].map((units) => {
    const meter = { steps: 0 };
    run(fill(unit, units), meter);
    return meter.steps;
  });
  return (long ?? 0) / (short ?? 1);
}

const asText = (text: string, meter: { steps: number }) => void scanText(text, 'tool_definition', { meter });
const asArgument = (text: string, meter: { steps: number }) => void scanArguments({ id: text }, { meter });
/** Layers, hits and their overlap cost a little more at first; a square would be 4. */
const most = 2.4;

describe('work of every rule', () => {
  it.each(textRules.map((rule, place) => [`${place} ${rule.code}`, rule] as const))(
    'doubles with the text: %s',
    (_name, rule) => {
      for (const unit of hardTexts(rule)) expect(growth(asText, unit), unit).toBeLessThan(most);
    },
  );

  it.each([...payloadRules, ...roleRules].map((rule, place) => [`${place} ${rule.code}`, rule] as const))(
    'doubles with the argument: %s',
    (_name, rule) => {
      for (const unit of hardTexts(rule)) expect(growth(asArgument, unit), unit).toBeLessThan(most);
    },
  );

  it('doubles with the argument for every word of SQL and of the shell', () => {
    const words = [
      ...sqlConnectives,
      ...sqlDelays,
      ...sqlObjects.keys(),
      ...sqlProbes,
      ...sqlVerbs.keys(),
      ...plainCommands,
      ...wordlyCommands,
    ];
    for (const word of words) {
      for (const unit of [word, `;${word}`, `' ${word} (`])
        expect(growth(asArgument, unit, 600), unit).toBeLessThan(most);
    }
  });

  it.each(
    [
      "'",
      '"',
      '(',
      ')',
      "' or ",
      'or not not',
      '= = ',
      '/*',
      '/*!',
      '*/',
      '--',
      '#',
      '%',
      '%25',
      '%2525',
      '&#',
      '&amp;',
      '\\',
      '\\u00',
      '..',
      '../',
      '....//',
      '//',
      'http://',
      'http://a@',
      '{{',
      '${',
      '${{',
      '<%',
      '{%',
      '<!--',
      '<',
      'display:none',
      'alt="',
      '](',
      '![](',
      'src=',
      '$(',
      '`',
      ';',
      '|',
      '&',
      '\n',
      '\r\n',
      '(a+)+',
      '(((',
      '[[[',
      '(a|a)*',
      'a{9}',
      '0x2e',
      '2f',
      '105,',
      'chr(105)||',
      'union ',
      'union select ',
      'select ',
      'select a,',
      'order by 1,',
      'or ',
      'and 1=',
      '<!entity ',
      'ey',
    ].map((unit) => [unit]),
  )('doubles with the text that is made of %j', (unit) => {
    for (const run of [asText, asArgument]) {
      const joined = (text: string, meter: { steps: number }) =>
        run(text.replaceAll(`${unit} `, unit), meter);
      expect(growth(joined, unit, 3_000)).toBeLessThan(most);
      expect(growth(run, unit, 3_000)).toBeLessThan(most);
    }
  });
});
