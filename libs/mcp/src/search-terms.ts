/** Words that say nothing about what a tool does. */
const stopWords: ReadonlySet<string> = new Set(
  'a an and are as at be by can do does for from has have how i if in into is it its me my of on or our out so that the their them then there these this those to up use used uses using via was we what when where which who will with you your'.split(
    ' ',
  ),
);

interface Patterns {
  readonly word: RegExp;
  readonly breaks: readonly RegExp[];
}

const everyScript: Patterns = {
  word: /[\p{L}\p{N}]+/gu,
  breaks: [/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, /(\p{Ll}|\p{N})(\p{Lu})/gu, /(\p{L})(\p{N})/gu],
};
/** The same for ASCII, which nearly all definitions are, at a fraction of the cost. */
const ascii: Patterns = {
  word: /[a-z0-9]+/g,
  breaks: [/([A-Z]+)([A-Z][a-z])/g, /([a-z0-9])([A-Z])/g, /([A-Za-z])([0-9])/g],
};
const beyondAscii = /[^\0-\x7f]/;
const maxTermLength = 32;

/**
 * The terms of a text: identifiers are split (`createPullRequest`, `create_pull_request`), words are lower case and
 * lightly stemmed, words that say nothing are left out. Linear in the length of the text.
 */
export function searchTerms(text: string, maxTerms: number): readonly string[] {
  const isAscii = !beyondAscii.test(text);
  const { word, breaks } = isAscii ? ascii : everyScript;
  let spaced = isAscii ? text : text.normalize('NFKC');
  for (const pattern of breaks) spaced = spaced.replace(pattern, '$1 $2');
  const terms: string[] = [];
  for (const [found] of spaced.toLowerCase().matchAll(word)) {
    if (terms.length >= maxTerms) break;
    if (!stopWords.has(found)) terms.push(stem(found.slice(0, maxTermLength)));
  }
  return terms;
}

/** Takes the endings of plurals and of verbs, so that `files`, `filing` and `file` meet more often; no dictionary. */
function stem(word: string): string {
  const base = withoutVerbEnding(withoutPlural(word));
  return base.length > 4 && base.endsWith('e') ? base.slice(0, -1) : base;
}

function withoutPlural(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss') || word.endsWith('us')) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:ch|sh|x|z|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

function withoutVerbEnding(word: string): string {
  const cut = word.endsWith('ing') ? 3 : word.endsWith('ed') ? 2 : 0;
  if (cut === 0 || word.length - cut < 3) return word;
  const base = word.slice(0, -cut);
  const isDoubled = base.length > 3 && base.at(-1) === base.at(-2) && !/[lsz]$/.test(base);
  return isDoubled ? base.slice(0, -1) : base;
}

/** Words that people say for one another when they look for a tool. */
const groups: readonly (readonly string[])[] = [
  'create add new make open insert register',
  'delete remove drop erase destroy trash',
  'get read fetch show view retrieve load describe',
  'list find search browse lookup query all',
  'update edit change modify set rename alter patch',
  'send post publish write message notify',
  'run execute start launch trigger invoke',
  'stop cancel abort kill terminate halt',
  'file document attachment',
  'issue ticket bug task',
  'message chat dm conversation',
  'mail email inbox',
  'calendar event meeting appointment',
  'user member person people contact employee',
  'picture image photo screenshot',
  'invoice bill payment charge',
  'customer client account',
  'database sql table',
  'website page url web browser',
  'money refund credit',
  'server machine host instance vm',
  'log trace error exception',
  'merge pr pull',
  'directory folder',
].map((line) => line.split(' ').map(stem));

/** Other terms that may stand for a term, without the term itself. */
export const relatedTerms: ReadonlyMap<string, readonly string[]> = (() => {
  const related = new Map<string, string[]>();
  for (const group of groups) {
    for (const term of group) {
      const others = group.filter((other) => other !== term);
      related.set(term, [...(related.get(term) ?? []), ...others]);
    }
  }
  return related;
})();
