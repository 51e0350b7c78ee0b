import type { Detector, JudgeContext, PayloadSurface, Verdict } from '@sallyport/detection';

/** Asks the detector about a value of a call. */
export function judgeBy(
  detector: Detector,
  surface: PayloadSurface | 'arguments',
  value: unknown,
  context: JudgeContext,
): Verdict {
  return surface === 'arguments'
    ? detector.judgeArguments(value, context)
    : detector.judgePayload(value, surface, context);
}
