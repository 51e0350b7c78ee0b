import { AppError, isAppError } from '@sallyport/kernel';

interface Fault {
  /** SQLSTATE, where Postgres gave one. */
  readonly sqlState: string | undefined;
  /** Prisma's own code, where it has one. */
  readonly prismaCode: string | undefined;
  readonly subject: string | undefined;
}

/** Turns a failure of the database into the few codes that callers know; the cause stays private. */
export function mapDatabaseError(cause: unknown): AppError {
  if (isAppError(cause)) return cause;
  const fault = readFault(cause);
  const details = fault.subject === undefined ? {} : { subject: fault.subject };
  switch (fault.sqlState ?? fault.prismaCode) {
    case '23505':
    case 'P2002':
      return new AppError('conflict', 'It already exists.', { cause, details });
    case '40001':
    case '40P01':
    case '55P03':
    case 'P2034':
      return new AppError('conflict', 'It is being changed by somebody else.', { cause });
    case '23503':
    case '23001':
    case 'P2003':
    case 'P2025':
      return new AppError('not_found', undefined, { cause, details });
    case '23502':
    case '23514':
    case '22001':
    case '22003':
    case '22007':
    case '22008':
    case '22P02':
    case '22P05':
    case '22021':
    case 'P2000':
    case 'P2004':
    case 'P2007':
    case 'P2011':
    case 'P2020':
    case 'P2023':
      return new AppError('invalid_input', 'The database refuses this value.', { cause, details });
    default:
      return new AppError('internal_error', 'The database refused or failed.', { cause });
  }
}

function readFault(cause: unknown): Fault {
  const error = asRecord(cause);
  const code = typeof error?.code === 'string' ? error.code : undefined;
  const driver = asRecord(asRecord(asRecord(error?.meta)?.driverAdapterError)?.cause);
  const constraint = asRecord(driver?.constraint);
  const isPrisma = code !== undefined && /^P\d{4}$/.test(code);
  return {
    sqlState: readText(driver?.originalCode) ?? (isPrisma ? undefined : code),
    prismaCode: isPrisma ? code : undefined,
    subject:
      readText(constraint?.index) ??
      readText(Array.isArray(constraint?.fields) ? constraint.fields.join(', ') : undefined) ??
      readText(error?.constraint),
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
