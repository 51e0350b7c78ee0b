import { RE2JS } from 're2js';
import { type Automaton, buildAutomaton, countSteps, scanAscii, scanFolded } from './automaton.ts';
import type { FindingSeverity, RawHit, RuleFacts, ScanMeter, Surface } from './finding.ts';
import { foldText } from './normalize.ts';
import { requiredLiteral } from './required-literal.ts';
import { buildWideAutomaton, foldWide, scanWide, type WideAutomaton } from './wide-automaton.ts';

/** A rule that a tenant wrote. */
export interface CustomRule {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly kind: 'keywords' | 'pattern';
  /** Keywords: one a line, `*` at the end for any ending. Pattern: RE2 syntax. */
  readonly value: string;
  readonly surfaces: readonly Surface[];
  readonly severity: FindingSeverity;
}

/** A rule that was left out, and why. */
export interface RuleFault {
  readonly id: string;
  readonly problems: readonly string[];
}

/** Rules ready to be run; work grows with the length of the text alone. */
export interface CompiledRules {
  readonly size: number;
  readonly faults: readonly RuleFault[];
  /** `budget`: of all texts of one scan together; without one, a text has its own. */
  find(text: string, surface: Surface, meter?: ScanMeter, budget?: CustomBudget): readonly RawHit[];
  budget(): CustomBudget;
}

/** What is left of the work that patterns may do. */
export interface CustomBudget {
  workLeft: number;
}

export const customLimits = {
  rules: 200,
  keywords: 500,
  keywordLength: 60,
  patternLength: 512,
  /** Instructions of a compiled pattern: each character costs at most that many steps. */
  programSize: 1_000,
  /** Steps that all patterns may take in one scan, however many texts are in it. */
  work: 8_000_000,
  hitsPerRule: 5,
  /** Of all keywords in one text. */
  hits: 100,
} as const;

/** Why a rule does not compile; empty when it does. */
export function ruleProblems(rule: Pick<CustomRule, 'kind' | 'value'>): readonly string[] {
  return rule.kind === 'keywords' ? keywordProblems(rule.value) : patternProblems(rule.value);
}

function keywordsOf(value: string): readonly string[] {
  return value
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '' && line !== '*');
}

function keywordProblems(value: string): readonly string[] {
  const words = keywordsOf(value);
  if (words.length === 0) return ['no keyword'];
  if (words.length > customLimits.keywords)
    return [`${words.length} keywords, at most ${customLimits.keywords}`];
  const long = words.find((word) => word.length > customLimits.keywordLength);
  return long === undefined
    ? []
    : [`"${long.slice(0, 20)}…": at most ${customLimits.keywordLength} characters`];
}

function patternProblems(value: string): readonly string[] {
  if (value === '') return ['no pattern'];
  if (value.length > customLimits.patternLength) {
    return [`${value.length} characters, at most ${customLimits.patternLength}`];
  }
  const compiled = compilePattern(value);
  if (typeof compiled === 'string') return [compiled];
  if (compiled.programSize() > customLimits.programSize) {
    return [`compiles to ${compiled.programSize()} instructions, at most ${customLimits.programSize}`];
  }
  return compiled.test('') ? ['matches the empty text, so it would match everywhere'] : [];
}

function compilePattern(value: string): RE2JS | string {
  try {
    return RE2JS.compile(value);
  } catch (error) {
    return error instanceof Error ? error.message : 'not a pattern';
  }
}

interface Keyword {
  readonly facts: RuleFacts;
  readonly surfaces: ReadonlySet<Surface>;
}

interface Pattern extends Keyword {
  readonly regex: RE2JS;
  readonly cost: number;
  /** What every match holds; `undefined` where none could be derived. */
  readonly literal: string | undefined;
}

function factsOf(rule: CustomRule): RuleFacts {
  return {
    code: rule.code,
    title: rule.title,
    severity: rule.severity,
    payloadSeverity: rule.severity,
    owasp: null,
    confidence: 0.9,
    tier: 'custom',
  };
}

const overWork: RuleFacts = {
  code: 'scan_truncated',
  title: 'Too long for the patterns of this tenant',
  severity: 'medium',
  owasp: null,
};

/** Compiles the rules of a tenant; what cannot be compiled is left out and named in `faults`. */
export function compileRules(rules: readonly CustomRule[]): CompiledRules {
  const faults: RuleFault[] = [];
  const keywords = createKeywords();
  const patterns: Pattern[] = [];
  for (const [place, rule] of rules.entries()) {
    const problems =
      place < customLimits.rules ? ruleProblems(rule) : [`at most ${customLimits.rules} rules`];
    if (problems.length > 0) faults.push({ id: rule.id, problems });
    else if (rule.kind === 'keywords') keywords.add(rule);
    else patterns.push(patternOf(rule));
  }
  const findKeywords = keywords.build();
  return {
    size: rules.length - faults.length,
    faults,
    find(text, surface, meter, budget = fullBudget()) {
      const hits: RawHit[] = [];
      findKeywords(text, surface, hits, meter);
      findPatterns(patterns, { text, surface, hits, meter }, budget);
      return hits;
    },
    budget: fullBudget,
  };
}

const fullBudget = (): CustomBudget => ({ workLeft: customLimits.work });
function patternOf(rule: CustomRule): Pattern {
  const regex = RE2JS.compile(rule.value);
  return {
    facts: factsOf(rule),
    surfaces: new Set(rule.surfaces),
    regex,
    cost: regex.programSize(),
    literal: requiredLiteral(rule.value),
  };
}

type FindKeywords = (text: string, surface: Surface, hits: RawHit[], meter?: ScanMeter) => void;

function createKeywords(): { add(rule: CustomRule): void; build(): FindKeywords } {
  const plain: string[] = [];
  const plainOf: Keyword[] = [];
  const wide: string[] = [];
  const wideOf: Keyword[] = [];
  return {
    add(rule) {
      const keyword = { facts: factsOf(rule), surfaces: new Set(rule.surfaces) };
      for (const word of keywordsOf(rule.value)) {
        const folded = foldedKeyword(word);
        if (folded !== undefined) {
          plain.push(folded);
          plainOf.push(keyword);
        } else {
          wide.push(foldWide(word.replace(/\*$/, '')));
          wideOf.push(keyword);
        }
      }
    },
    build() {
      const automaton = plain.length === 0 ? undefined : buildAutomaton(plain);
      const wideAutomaton = wide.length === 0 ? undefined : buildWideAutomaton(wide);
      return (text, surface, hits, meter) => {
        if (automaton) findPlainWords(automaton, plainOf, { text, surface, hits, meter });
        if (wideAutomaton) findWideWords(wideAutomaton, wideOf, { text, surface, hits, meter });
      };
    },
  };
}

/** The keyword as the scanner sees texts; `undefined` when it has letters of another script. */
function foldedKeyword(word: string): string | undefined {
  const folded = foldText(word, { hiddenAs: 'nothing' });
  let out = '';
  for (let i = 0; i < folded.length; i += 1) {
    const unit = folded.codes[i] ?? 0;
    if (unit < 0x20 || unit > 0x7e) return undefined;
    out += String.fromCharCode(unit);
  }
  return out.replace(/\*+$/, '') === '' ? undefined : out;
}

interface Search {
  readonly text: string;
  readonly surface: Surface;
  readonly hits: RawHit[];
  readonly meter: ScanMeter | undefined;
}

function findPlainWords(automaton: Automaton, words: readonly Keyword[], search: Search): void {
  const { text } = search;
  const found: RawHit[] = [];
  const sink = (literal: number, start: number, end: number): void =>
    addWord(words[literal], search.surface, found, start, end);
  countSteps(search.meter, text.length);
  if (!scanAscii(automaton, text, sink)) {
    found.length = 0;
    countSteps(search.meter, text.length * 3);
    scanFolded(automaton, foldText(text, { hiddenAs: 'nothing' }), sink);
  }
  search.hits.push(...found);
}

function findWideWords(
  automaton: WideAutomaton,
  words: readonly Keyword[],
  { text, surface, hits, meter }: Search,
): void {
  countSteps(meter, text.length * 2);
  scanWide(automaton, text, (literal, start, end) => addWord(words[literal], surface, hits, start, end));
}

function addWord(
  keyword: Keyword | undefined,
  surface: Surface,
  hits: RawHit[],
  start: number,
  end: number,
): void {
  if (!keyword?.surfaces.has(surface)) return;
  if (hits.length < customLimits.hits) hits.push({ facts: keyword.facts, start, end });
}

function findPatterns(patterns: readonly Pattern[], search: Search, budget: CustomBudget): void {
  const { text, hits } = search;
  for (const pattern of patterns.filter(({ surfaces }) => surfaces.has(search.surface))) {
    if (pattern.literal !== undefined && !text.includes(pattern.literal)) {
      countSteps(search.meter, text.length);
      continue;
    }
    const end = runPattern(pattern, search, budget);
    if (end < text.length) return void hits.push({ facts: overWork, start: end, end: text.length });
  }
}

/** Finds what a pattern finds, as far as the work lasts. @returns where it stopped looking */
function runPattern({ regex, facts, cost }: Pattern, search: Search, budget: CustomBudget): number {
  const { text, hits } = search;
  const units = Math.min(text.length, Math.floor(budget.workLeft / cost));
  const matcher = regex.matcher(units < text.length ? text.slice(0, units) : text);
  let from = 0;
  for (let count = 0; count < customLimits.hitsPerRule && from < units; count += 1) {
    // Each match may have been looked for up to the end of the text: that is what it costs.
    const work = (units - from) * cost;
    if (work > budget.workLeft) return from;
    budget.workLeft -= work;
    countSteps(search.meter, work);
    if (!matcher.find()) break;
    hits.push({ facts, start: matcher.start(), end: matcher.end() });
    from = Math.max(from + 1, matcher.end());
  }
  return units;
}

/** What a rule that is not saved yet finds in a text, and what it costs. */
export function tryCustomRule(
  rule: Pick<CustomRule, 'kind' | 'value'>,
  text: string,
): {
  readonly problems: readonly string[];
  readonly hits: readonly { readonly start: number; readonly end: number }[];
  readonly stepsPerCharacter: number;
} {
  const problems = ruleProblems(rule);
  if (problems.length > 0) return { problems, hits: [], stepsPerCharacter: 0 };
  const compiled = compileRules([
    { ...rule, id: 'trial', code: 'custom_trial', title: '', surfaces: ['result'], severity: 'low' },
  ]);
  const meter = { steps: 0 };
  const hits = compiled.find(text, 'result', meter).map(({ start, end }) => ({ start, end }));
  return { problems, hits, stepsPerCharacter: text.length === 0 ? 0 : meter.steps / text.length };
}
