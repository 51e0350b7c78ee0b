import { Badge } from '@sallyport/ui/badge';
import type { Tone } from '@sallyport/ui/tone';

const tones: Readonly<Record<string, Tone>> = {
  A: 'allow',
  B: 'allow',
  C: 'hold',
  D: 'hold',
  E: 'block',
  F: 'block',
};

/** The grade of a vetting report: its letter first, its colour second. */
export function GradeBadge({ grade }: { readonly grade: string }) {
  return (
    <Badge tone={tones[grade.charAt(0)] ?? 'neutral'} className="font-mono">
      {grade}
    </Badge>
  );
}
