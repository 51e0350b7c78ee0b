import { denseNames } from './dense-names.ts';
import type { Network } from './network.ts';

const phrases: Readonly<Record<string, string>> = {
  'words:assistant': 'speaks to the assistant',
  'words:override': 'words of overriding',
  'words:secrecy': 'words of secrecy',
  'words:sensitive': 'names credentials or private data',
  'words:instructions': 'names instructions',
  'words:tool': 'names tools',
  'words:oblige': 'words of obligation',
  'words:money': 'moves money',
  'words:destroy': 'deletes',
  'words:communicate': 'sends',
  'words:execute': 'runs or opens',
  'words:reveal': 'reveals',
  'words:change': 'changes or grants',
  'words:external': 'names an outside place',
  'words:roleplay': 'asks for a role',
  'words:user': 'speaks of the user',
  'words:every': 'asks for everything',
  'words:next': 'breaks off what was before',
  'words:pretext': 'gives a pretext',
  'both:action+sensitive': 'asks for private data',
  'both:communicate+external': 'sends to an outside place',
  'both:communicate+sensitive': 'sends private data',
  'both:assistant+action': 'tells the assistant to act',
  'both:you+oblige': 'obliges the reader',
  'both:condition+action': 'acts on a condition',
  'both:negation+user': 'keeps something from the user',
  'both:negation+reveal': 'forbids to tell',
  'both:negation+respond': 'forbids to mention',
  'both:secrecy+action': 'acts in secret',
  'both:first+tool': 'comes before other tools',
  'both:override+instructions': 'overrides instructions',
  'both:tool+oblige': 'obliges to use a tool',
  'both:every+sensitive': 'asks for all private data',
  'both:read+sensitive': 'reads private data',
  'both:first+execute': 'runs something first',
  'both:user+secrecy': 'hides from the user',
  'both:you+roleplay': 'gives the reader a role',
  'both:reveal+instructions': 'asks for the prompt',
  'both:next+action': 'gives a new order',
  'mark:url': 'holds a URL',
  'mark:bare_address_url': 'URL with a bare address',
  'mark:email': 'holds an e-mail address',
  'mark:path': 'names a file',
  'mark:foreign_name': 'names another tool',
  'mark:comment_open': 'hidden in a comment',
  'mark:bracket_tag': 'imitates a tag',
  'mark:angle_tag': 'imitates markup',
  'mark:turn_marker': 'imitates a turn of the conversation',
  'mark:single_letters': 'letters spaced out',
  'mark:digits_in_words': 'digits for letters',
  'mark:capital_words': 'shouts',
  'place:sentence_in_narrow_member': 'a sentence where short data belongs',
  'place:decoded': 'was encoded',
  'place:hidden_tags': 'was invisible',
  'place:hidden_zero_width': 'holds invisible characters',
  'place:hidden_escape': 'holds terminal escapes',
  'place:mixed_script': 'mixes look-alike letters',
  'place:added_since': 'was added after approval',
};

const maxReasons = 3;

/** The features that spoke most for an attack in one segment, in words. */
export function reasonsOf(network: Network, rows: Float32Array, base: number): readonly string[] {
  const { hidden, input, inputBias, output, direct, width } = network;
  const active = new Float32Array(hidden);
  for (let h = 0; h < hidden; h += 1) {
    let sum = inputBias[h] as number;
    for (let j = 0; j < width; j += 1) sum += (rows[base + j] as number) * (input[j * hidden + h] as number);
    active[h] = sum > 0 ? (output[h] as number) : 0;
  }
  const found: { readonly phrase: string; readonly share: number }[] = [];
  denseNames.forEach((name, j) => {
    const x = rows[base + j] as number;
    const phrase = phrases[name];
    if (x === 0 || phrase === undefined) return;
    let slope = direct[j] as number;
    for (let h = 0; h < hidden; h += 1) slope += (input[j * hidden + h] as number) * (active[h] as number);
    if (x * slope > 0.15) found.push({ phrase, share: x * slope });
  });
  found.sort((a, b) => b.share - a.share);
  return found.slice(0, maxReasons).map(({ phrase }) => phrase);
}
