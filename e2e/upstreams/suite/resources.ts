import { pngPixel } from './content-tools.ts';
import type { Json } from './talk.ts';

const panel =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Panel</title><p>A panel of the suite.</p></html>';

const panelMeta = {
  ui: { csp: { connectDomains: ['https://api.example.com'] }, permissions: {}, prefersBorder: true },
};

interface SuiteResource {
  readonly definition: Json & { readonly uri: string; readonly mimeType: string };
  readonly contents: Json;
}

const resources: readonly SuiteResource[] = [
  {
    definition: {
      uri: 'test://static-text',
      name: 'static-text',
      title: 'A text',
      description: 'A text that never changes.',
      mimeType: 'text/plain',
      annotations: { audience: ['user'], priority: 0.5 },
    },
    contents: { text: 'This is the content of the static text resource.' },
  },
  {
    definition: {
      uri: 'test://static-binary',
      name: 'static-binary',
      description: 'An image that never changes.',
      mimeType: 'image/png',
    },
    contents: { blob: pngPixel },
  },
  {
    definition: {
      uri: 'test://watched-resource',
      name: 'watched-resource',
      description: 'A text that says when it was updated.',
      mimeType: 'text/plain',
    },
    contents: { text: 'Watched resource content' },
  },
  {
    definition: {
      uri: 'ui://suite/panel.html',
      name: 'panel',
      description: 'The panel of test_app_panel.',
      mimeType: 'text/html;profile=mcp-app',
      _meta: panelMeta,
    },
    contents: { text: panel, _meta: panelMeta },
  },
];

/** The listed resources. */
export const resourceDefinitions = resources.map(({ definition }) => definition);

/** The listed templates. */
export const templateDefinitions = [
  {
    uriTemplate: 'test://template/{id}/data',
    name: 'template-data',
    description: 'Data for any id.',
    mimeType: 'application/json',
  },
];

const templated = /^test:\/\/template\/([^/]+)\/data$/;

/** The contents of a resource, or nothing where there is none of this URI. */
export function readResource(uri: string): Json | undefined {
  const fixed = resources.find(({ definition }) => definition.uri === uri);
  if (fixed) return { uri, mimeType: fixed.definition.mimeType, ...fixed.contents };
  const id = templated.exec(uri)?.[1];
  if (id === undefined) return undefined;
  const data = { id, templateTest: true, data: `Data for ID: ${id}` };
  return { uri, mimeType: 'application/json', text: JSON.stringify(data) };
}
