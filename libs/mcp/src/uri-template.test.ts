import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesUriTemplate } from './match-uri-template.ts';
import { parseUriTemplate, templateBreadth, uriTemplateLimits } from './uri-template.ts';

function matches(template: string, uri: string): boolean {
  const parsed = parseUriTemplate(template);
  if (parsed.kind === 'invalid') throw new Error(parsed.fault);
  return matchesUriTemplate(parsed.template, uri);
}

describe('parseUriTemplate', () => {
  it.each([
    ['x://{a', 'malformed'],
    ['x://a}', 'malformed'],
    ['x://{}', 'malformed'],
    ['x://{a{b}}', 'malformed'],
    ['x://{a b}', 'malformed'],
    ['x://{a*}', 'level_4'],
    ['x://{a:3}', 'level_4'],
    [`x://${'{a}'.repeat(uriTemplateLimits.maxVariables + 1)}`, 'too_many_variables'],
    [`x://${'a'.repeat(uriTemplateLimits.maxTemplateLength)}`, 'too_long'],
  ])('refuses %s', (text, fault) => {
    expect(parseUriTemplate(text)).toEqual({ kind: 'invalid', fault });
  });
});

describe('matchesUriTemplate', () => {
  it.each([
    ['x://notes', 'x://notes'],
    ['x://notes/{id}', 'x://notes/n1'],
    ['x://notes/{id}', 'x://notes/%C3%A9t%C3%A9'],
    ['x://{a}/{b}.txt', 'x://p/q.tar.txt'],
    ['x://{a,b}', 'x://1,2'],
    ['x:///{+path}', 'x:///a/b/c'],
    ['x://d{#part}', 'x://d#top/1'],
    ['x://d{#part}', 'x://d'],
    ['x://d{.type}', 'x://d.json'],
    ['x://d{/a,b}', 'x://d/1/2'],
    ['x://d{;a,b}', 'x://d;a=1;b'],
    ['x://d{?q,n}', 'x://d?q=a%2Fb&n=2'],
    ['x://d{?q,n}', 'x://d?n=2'],
    ['x://d{?q,n}', 'x://d'],
    ['x://d?a=1{&q}', 'x://d?a=1&q=2'],
  ])('%s makes %s', (template, uri) => {
    expect(matches(template, uri)).toBe(true);
  });

  it.each([
    ['x://notes/{id}', 'x://notes/'],
    ['x://notes/{id}', 'x://notes/a/b'],
    ['x://notes/{id}', 'x://notes/a%2Fb'],
    ['x://notes/{id}', 'x://notes/a%2fb'],
    ['x://notes/{id}', 'x://notes/a%5Cb'],
    ['x://notes/{id}', 'x://notes/a%252Fb'],
    ['x://notes/{id}', 'x://notes/a%00b'],
    ['x://notes/{id}', 'x://notes/a%2'],
    ['x://notes/{id}', 'x://notes/..'],
    ['x://notes/{id}', 'x://notes/%2e%2E'],
    ['x://notes/{id}', 'x://notes/%252e%252e'],
    ['x://notes/{id}', 'x://notes/a?b'],
    ['x://notes/{id}', 'y://notes/a'],
    ['x://notes/{id}', 'x://notes/a\\b'],
    ['x://notes/{id}', 'x://notes/\u2215'],
    ['x:///{+path}', 'x:///a/../../etc/passwd'],
    ['x:///{+path}', 'x:///a/%2e%2e/b'],
    ['x:///{+path}', 'x:///a/..;/b'],
    ['x:///{+path}', 'x:///a%2F..%2Fb'],
    ['x:///{+path}', 'x:///a?/../../b'],
    ['x:///{+path}', 'x:///a#/../../b'],
    ['x:///{+path}', 'x:///%73ecret'],
    ['x://notes/{id}', 'x://notes/%73ecret'],
    ['x://d{?q,n}', 'x://d?n=2&q=1'],
    ['x://d{?q}', 'x://d?other=1'],
  ])('%s does not make %s', (template, uri) => {
    expect(matches(template, uri)).toBe(false);
  });

  const text = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_~'), minLength: 1, maxLength: 12 });
  const operator = fc.constantFrom('', '+', '#', '.', '/', ';', '?', '&');

  it('takes what a template makes, and nothing that holds a slash more in a plain variable', () => {
    const pieces = fc.array(fc.record({ literal: text, operator, value: text }), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, (parts) => {
        const template = parts.map((part) => `${part.literal}{${part.operator}v}`).join('');
        const uri = parts.map((part) => `${part.literal}${expand(part.operator, part.value)}`).join('');
        expect(matches(`x://${template}`, `x://${uri}`)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(text, text, fc.constantFrom('/', '%2F', '%2f', '%5c', '%252f'), (before, after, slash) => {
        expect(matches('x://{v}', `x://${before}${slash}${after}`)).toBe(false);
      }),
    );
  });

  it('answers for any template and any URI, however hostile, and never lets a path climb', () => {
    const hostile = fc.string({ unit: fc.constantFrom(...'{}+#./;?&,:*%25eEaA '), maxLength: 200 });
    fc.assert(
      fc.property(hostile, hostile, (template, uri) => {
        const parsed = parseUriTemplate(template);
        if (parsed.kind === 'invalid') return;
        expect(typeof matchesUriTemplate(parsed.template, uri)).toBe('boolean');
        expect(matchesUriTemplate(parsed.template, `${uri}/../x`)).toBe(false);
      }),
    );
    const many = `x:${'{+a}a'.repeat(uriTemplateLimits.maxVariables)}!`;
    expect(matches(many, `x:${'a'.repeat(uriTemplateLimits.maxUriLength - 2)}`)).toBe(false);
    expect(matches('x:{+a}', `x:${'a'.repeat(uriTemplateLimits.maxUriLength)}`)).toBe(false);
  });
});

function expand(operator: string, value: string): string {
  if (operator === '' || operator === '+') return value;
  return operator === '#' || operator === '.' || operator === '/'
    ? `${operator}${value}`
    : `${operator}v=${value}`;
}

describe('templateBreadth', () => {
  it.each([
    ['{+uri}', 'all'],
    ['{scheme}://{+rest}', 'all'],
    ['file:///{+path}', 'scheme'],
    ['file:///{name}', 'some'],
    ['file:///home/{+path}', 'some'],
    ['db://{+table}/schema', 'some'],
  ])('%s leaves open: %s', (text, breadth) => {
    const parsed = parseUriTemplate(text);
    expect(parsed.kind === 'ok' && templateBreadth(parsed.template)).toBe(breadth);
  });
});
