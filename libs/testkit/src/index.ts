export {
  newId,
  type SeededAgent,
  type SeededServer,
  type SeededTenant,
  type SeededTool,
  type ServerSeed,
  seedAgent,
  seedCustomer,
  seedServer,
  seedTenant,
} from './factories.ts';
export { seedEveryTable } from './seed-every-table.ts';
export { findFreePort, startSupervised, waitUntil } from './supervised-process.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
export { query, startTestPostgres, type TestPostgres } from './test-postgres.ts';
export { startTestRedis, type TestRedis } from './test-redis.ts';
