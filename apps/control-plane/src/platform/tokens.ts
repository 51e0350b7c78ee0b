/** Injection tokens of what has no class of its own. */
export const ENV = Symbol('env');
export const DB = Symbol('db');
export const POLICY_CHECKER = Symbol('policy checker');
