export { findFreePort, startSupervised, waitUntil } from './supervised-process.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
export { startTestPostgres, type TestPostgres } from './test-postgres.ts';
export { startTestRedis, type TestRedis } from './test-redis.ts';
