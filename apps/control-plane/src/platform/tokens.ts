/** Injection tokens of what the process gives to every feature. */
export const ENV = Symbol('env');
export const DB = Symbol('db');
export const BUS = Symbol('bus');
export const CLOCK = Symbol('clock');
export const LOGGER = Symbol('logger');
export const VAULT = Symbol('vault');
export const POLICY_CHECKER = Symbol('policy checker');
export const PERSISTED_DOCUMENTS = Symbol('persisted documents');
