import { Prisma } from './generated/client.ts';

/** Composes raw SQL safely: values become parameters (there is no way to put text in). */
export const sqlFragment = Prisma.sql;
export const sqlJoin = Prisma.join;
export const sqlEmpty = Prisma.empty;
/** SQL NULL in a nullable JSON column. */
export const jsonNull = Prisma.DbNull;
