import {
  type Detector,
  type Finding,
  type FindingSeverity,
  pathOf,
  type Surface,
  type Verdict,
  walkJson,
} from '@sallyport/detection';

/** A detector that knows a few words, and counts what it is shown: what it says is easy to foresee. */
export interface WordDetector extends Detector {
  /** Weight of each value it was shown, in characters of JSON. */
  readonly shown: number[];
}

const words: Readonly<Record<string, FindingSeverity>> = {
  calm: 'low',
  loud: 'medium',
  evil: 'high',
  'ignore all rules': 'critical',
  hmm: 'low',
};

const doubt = 'hmm';

/** `boom` in a text makes it throw, `hmm` alone leaves it in doubt. */
export function createWordDetector(): WordDetector {
  const shown: number[] = [];
  const judge = (value: unknown, surface: Surface): Verdict => {
    const text = JSON.stringify(value);
    shown.push(text.length);
    if (text.includes('boom')) throw new Error('boom canary-of-the-value');
    const findings: Finding[] = [];
    walkJson(value, { maxDepth: 100, maxNodes: 1e6 }, (node) => {
      const place = { surface, path: pathOf(node) };
      if (node.key !== undefined && !Array.isArray(node.parent?.value))
        findings.push(...findWords(node.key, { ...place, part: 'name' }));
      if (typeof node.value === 'string')
        findings.push(...findWords(node.value, { ...place, part: 'value' }));
    });
    const isSure = findings.some(({ code }) => code !== `word_${doubt}`);
    const band = isSure ? 'hot' : findings.length > 0 ? 'grey' : 'clear';
    return { score: band === 'hot' ? 0.9 : 0.4, flagged: band === 'hot', band, findings };
  };
  return {
    shown,
    judgeDefinition: (definition) => judge(definition, 'tool_definition'),
    judgeArguments: (args) => judge(args, 'arguments'),
    judgePayload: (value, surface) => judge(value, surface),
  };
}

function findWords(text: string, place: Pick<Finding, 'surface' | 'path' | 'part'>): readonly Finding[] {
  return Object.entries(words).flatMap(([word, severity]) => {
    const start = text.indexOf(word);
    if (start < 0) return [];
    const facts = {
      title: word,
      severity,
      owasp: null,
      tier: 'rule',
      confidence: 0.9,
      ruleVersion: '1',
    } as const;
    return [
      {
        code: `word_${word.replaceAll(' ', '_')}`,
        ...facts,
        ...place,
        start,
        end: start + word.length,
        excerpt: word,
      },
    ];
  });
}
