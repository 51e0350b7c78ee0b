import { describe, expect, it } from 'vitest';
import { roleOf } from './role-of.ts';

describe('roleOf', () => {
  it.each([
    ['command', undefined, 'shell'],
    ['sqlQuery', undefined, 'sql'],
    ['file_path', undefined, 'path'],
    ['callbackUrl', undefined, 'url'],
    ['userId', undefined, 'identifier'],
    ['message', undefined, 'free_text'],
    ['pattern', undefined, 'regex'],
    ['anything', { format: 'uri' }, 'url'],
    ['anything', { format: 'email' }, 'email'],
    ['anything', { enum: ['a', 'b'] }, 'identifier'],
    ['query', { description: 'SQL query to execute' }, 'sql'],
    ['query', { description: 'Words to search for' }, 'free_text'],
    ['input', { description: 'Path to the file that is read' }, 'path'],
    ['weird', undefined, 'free_text'],
    ['weird', { maxLength: 20 }, 'identifier'],
  ])('%s with %j is %s', (name, schema, role) => {
    expect(roleOf(`/${name}`, name, schema)).toBe(role);
  });

  it('asks the tool where a name says nothing', () => {
    const tool = { name: 'execute_query', description: 'Runs a SQL statement on the warehouse' };
    expect(roleOf('/query', 'query', {}, tool)).toBe('sql');
    expect(roleOf('/query', 'query', {}, { name: 'web_search', description: 'Searches the web' })).toBe(
      'free_text',
    );
  });
});
