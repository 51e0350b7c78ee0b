import { AppError } from '@sallyport/kernel';

export const maxReasonLength = 500;

/**
 * A person's reason for a decision; goes into the receipt.
 * @throws AppError `invalid_input` when it is empty or too long
 */
export function readReason(text: string): string {
  const reason = text.trim();
  if (reason.length >= 1 && reason.length <= maxReasonLength) return reason;
  throw new AppError('invalid_input', `a reason of 1 to ${maxReasonLength} characters is needed`, {
    details: { field: 'reason', max: maxReasonLength },
  });
}

/**
 * A name that people read.
 * @throws AppError `invalid_input`
 */
export function readName(text: string, field = 'name'): string {
  const name = text.trim();
  // Control and direction characters could make two names look alike.
  const isPlain = !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name);
  if (name.length >= 1 && name.length <= 100 && isPlain) return name;
  throw new AppError('invalid_input', 'a name of 1 to 100 visible characters is needed', {
    details: { field, max: 100 },
  });
}
