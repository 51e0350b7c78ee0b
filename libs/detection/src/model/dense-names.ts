import { type Leaf, places } from './document.ts';
import { wordGroups } from './lexicon.ts';

/** Surfaces of the model. The order is part of the model file. */
export const modelSurfaces = ['definition', 'result', 'resource', 'prompt', 'arguments'] as const;
export type ModelSurface = (typeof modelSurfaces)[number];

/** What surrounds a segment. */
export interface SegmentPlace {
  readonly leaf: Leaf;
  readonly from: number;
  readonly to: number;
  readonly isOld: boolean | null;
  readonly surface: ModelSurface;
  readonly indexInLeaf: number;
  readonly leafSegments: number;
  readonly documentSegments: number;
  /** Groups of the segment before. */
  readonly groupsBefore: number;
  readonly ownNames: ReadonlySet<string> | null;
}

export const pairs = [
  ['action', 'sensitive'],
  ['communicate', 'external'],
  ['communicate', 'sensitive'],
  ['assistant', 'action'],
  ['you', 'oblige'],
  ['condition', 'action'],
  ['negation', 'reveal'],
  ['negation', 'respond'],
  ['negation', 'user'],
  ['secrecy', 'action'],
  ['first', 'tool'],
  ['override', 'instructions'],
  ['tool', 'oblige'],
  ['every', 'sensitive'],
  ['read', 'sensitive'],
  ['first', 'execute'],
  ['user', 'secrecy'],
  ['you', 'roleplay'],
  ['oblige', 'action'],
  ['next', 'action'],
  ['reveal', 'instructions'],
  ['pretext', 'action'],
] as const;

export const openers = [
  'communicate',
  'destroy',
  'money',
  'execute',
  'override',
  'reveal',
  'respond',
  'change',
  'read',
  'assistant',
  'please',
  'condition',
  'next',
  'oblige',
  'you',
  'describes',
] as const;

export const marks = [
  'url',
  'bare_address_url',
  'email',
  'path',
  'name',
  'foreign_name',
  'number',
  'long_number',
  'comment_open',
  'bracket_tag',
  'angle_tag',
  'turn_marker',
  'rule_line',
  'code',
  'question',
  'exclamation',
  'single_letters',
  'digits_in_words',
  'capital_words',
  'upper_share',
  'wide_share',
  'foreign_share',
  'length',
  'words',
  'short',
  'function_words',
] as const;

export const around = [
  'first_in_leaf',
  'last_in_leaf',
  'alone_in_leaf',
  'position',
  'document_size',
  'narrow_member',
  'prose_member',
  'sentence_in_narrow_member',
  'decoded',
  'hidden_tags',
  'hidden_zero_width',
  'hidden_escape',
  'mixed_script',
  'added_since',
  'before_assistant',
  'before_instructions',
  'before_action',
] as const;

/** Names of all dense features, in order. */
export const denseNames: readonly string[] = [
  ...wordGroups.map((group) => `words:${group}`),
  ...openers.map((group) => `opens:${group}`),
  ...pairs.map(([a, b]) => `both:${a}+${b}`),
  ...marks.map((mark) => `mark:${mark}`),
  ...around.map((fact) => `place:${fact}`),
  ...places.map((place) => `in:${place}`),
  ...modelSurfaces.map((surface) => `surface:${surface}`),
];
