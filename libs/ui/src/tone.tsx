/** What a colour means. A tone never stands alone: an icon or a word goes with it. */
export type Tone = 'neutral' | 'accent' | 'allow' | 'hold' | 'block' | 'observe';

export const toneText = {
  neutral: 'text-muted',
  accent: 'text-accent',
  allow: 'text-allow',
  hold: 'text-hold',
  block: 'text-block',
  observe: 'text-observe',
} as const satisfies Record<Tone, string>;

export const toneSoft = {
  neutral: 'bg-sunken border-line text-muted',
  accent: 'bg-accent-soft border-accent-line text-accent',
  allow: 'bg-allow-soft border-allow-line text-allow',
  hold: 'bg-hold-soft border-hold-line text-hold',
  block: 'bg-block-soft border-block-line text-block',
  observe: 'bg-observe-soft border-observe-line text-observe',
} as const satisfies Record<Tone, string>;

export const toneFill = {
  neutral: 'bg-upstream',
  accent: 'bg-accent',
  allow: 'bg-allow',
  hold: 'bg-hold',
  block: 'bg-block',
  observe: 'bg-observe',
} as const satisfies Record<Tone, string>;
