import { objectSchema, type SuiteTool, text } from './talk.ts';

/** One red pixel. */
export const pngPixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

/** An empty WAV file: 16 bit, mono, 8 kHz. */
const silentWav = (() => {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  return head.toString('base64');
})();

const image = { type: 'image', data: pngPixel, mimeType: 'image/png' };
const embedded = (uri: string, mimeType: string, body: string) => ({
  type: 'resource',
  resource: { uri, mimeType, text: body },
});

const simple = (name: string, description: string, result: Readonly<Record<string, unknown>>): SuiteTool => ({
  definition: { name, description, inputSchema: objectSchema() },
  run: () => result,
});

const dialectSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

/** Tools that answer at once, one for every kind of content. */
export const contentTools: readonly SuiteTool[] = [
  simple('test_simple_text', 'Answers with one text.', text('This is a simple text response for testing.')),
  simple('test_image_content', 'Answers with an image.', { content: [image] }),
  simple('test_audio_content', 'Answers with a sound.', {
    content: [{ type: 'audio', data: silentWav, mimeType: 'audio/wav' }],
  }),
  simple('test_embedded_resource', 'Answers with an embedded resource.', {
    content: [embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')],
  }),
  simple('test_multiple_content_types', 'Answers with text, image and resource.', {
    content: [
      { type: 'text', text: 'Multiple content types test:' },
      image,
      embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
    ],
  }),
  simple('test_error_handling', 'Fails as a tool.', {
    ...text('This tool intentionally returns an error for testing'),
    isError: true,
  }),
  {
    definition: {
      name: 'test_structured_content',
      title: 'Weather in a form',
      description: 'Answers with structured content and a link.',
      inputSchema: objectSchema({ city: { type: 'string' } }, ['city']),
      outputSchema: objectSchema({ city: { type: 'string' }, degrees: { type: 'number' } }, [
        'city',
        'degrees',
      ]),
      icons: [{ src: `data:image/png;base64,${pngPixel}`, mimeType: 'image/png', sizes: ['1x1'] }],
      annotations: { readOnlyHint: true },
    },
    run: ({ city }) => {
      const structuredContent = { city: String(city), degrees: 21.5 };
      return {
        content: [
          { type: 'text', text: JSON.stringify(structuredContent) },
          { type: 'resource_link', uri: 'test://static-text', name: 'static-text' },
        ],
        structuredContent,
        _meta: { 'com.example/unit': 'celsius' },
      };
    },
  },
  {
    definition: {
      name: 'json_schema_2020_12_tool',
      description: 'Its input schema uses the keywords of JSON Schema 2020-12.',
      inputSchema: dialectSchema,
    },
    run: (args) => text(JSON.stringify(args)),
  },
  {
    definition: {
      name: 'test_header_region',
      description: 'Its argument is mirrored into a header.',
      inputSchema: objectSchema({
        region: { type: 'string', description: 'Where to run', 'x-mcp-header': 'Region' },
      }),
    },
    run: ({ region }) => text(`region=${String(region)}`),
  },
  {
    definition: {
      name: 'test_app_panel',
      description: 'Has a panel of its own in clients that show one.',
      inputSchema: objectSchema(),
      _meta: { ui: { resourceUri: 'ui://suite/panel.html', visibility: ['model', 'app'] } },
    },
    run: () => text('shown as text where there is no panel'),
  },
];
