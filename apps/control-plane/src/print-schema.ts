import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { printSchema } from 'graphql';
import { resolvers } from './resolvers.ts';

const header = '# Generated from the resolvers by apps/control-plane/src/print-schema.ts. Do not edit.\n\n';
const target = fileURLToPath(new URL('../schema.graphql', import.meta.url));

/** The SDL of the API, from the decorators alone: no database, no Redis. */
export async function buildSdl(): Promise<string> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: ['error'] });
  const schema = await app.get(GraphQLSchemaFactory).create([...resolvers]);
  await app.close();
  return `${header}${printSchema(schema)}\n`;
}

if (import.meta.main) writeFileSync(target, await buildSdl());
