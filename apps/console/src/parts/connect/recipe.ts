/** What a client needs to reach an endpoint. `name` becomes the server's name in the client's settings. */
export interface RecipeInput {
  readonly name: string;
  readonly url: string;
  /** The key just made, or nothing: then a placeholder stands where it belongs. */
  readonly secret: string | null;
}

/** One thing to do: run a command, or write a file. */
export interface RecipeStep {
  readonly language: 'shell' | 'json' | 'toml' | 'typescript' | 'python' | 'go';
  /** The file it belongs into; a command has none. */
  readonly file: string | null;
  readonly text: string;
}

export const noteKeys = [
  'exportKey',
  'approveHeader',
  'noHeaderEnv',
  'projectFile',
  'vscodeAsks',
  'vscodeLimit',
  'cursorEnv',
  'codexEnv',
  'codexTimeout',
  'geminiNames',
  'needsOauth',
  'needsPublicUrl',
  'bridge',
  'bridgeSpaces',
  'bridgePlain',
  'inspectorEra',
  'modernHeaders',
  'pythonVersion',
] as const;
export type NoteKey = (typeof noteKeys)[number];

export interface RecipeLink {
  readonly kind: 'cursor' | 'vscode' | 'vscodeInsiders';
  readonly href: string;
}

export interface Recipe {
  readonly client: string;
  readonly title: string;
  readonly group: 'agents' | 'developers';
  /** `later`: this client cannot connect with a key; the notes say why and what to do instead. */
  readonly state: 'works' | 'later';
  readonly steps: readonly RecipeStep[];
  /** Never with a key in it: links end up in histories and logs. */
  readonly links: readonly RecipeLink[];
  readonly notes: readonly NoteKey[];
}

export type RecipeWriter = (input: RecipeInput) => Recipe;

export const keyVariable = 'SALLYPORT_KEY';
const placeholder = 'YOUR_SALLYPORT_KEY';

/** Settings as their file wants them. */
export const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** The header's value where it can only be written out. */
export const bearer = ({ secret }: RecipeInput): string => `Bearer ${secret ?? placeholder}`;

/** Puts the key where files find it: settings are copied and committed, an environment is not. */
export function exportKey({ secret }: RecipeInput): RecipeStep {
  return { language: 'shell', file: null, text: `export ${keyVariable}='${secret ?? placeholder}'` };
}

export const shell = (text: string): RecipeStep => ({ language: 'shell', file: null, text });
