/** Members that hold short data: a sentence has no business there. */
const narrowWords: readonly string[] = [
  'id',
  'date',
  'time',
  'price',
  'amount',
  'status',
  'code',
  'type',
  'number',
  'phone',
  'zip',
  'city',
  'country',
  'state',
  'currency',
  'name',
  'first',
  'last',
  'email',
  'dob',
  'sku',
  'iban',
  'account',
  'version',
  'url',
  'host',
  'ip',
  'flight',
  'cabin',
  'origin',
  'destination',
  'gender',
  'lang',
  'language',
  'unit',
  'category',
  'created',
  'updated',
  'at',
  'total',
  'qty',
  'quantity',
  'rating',
  'role',
  'label',
  'color',
  'size',
];
const proseWords: readonly string[] = [
  'body',
  'content',
  'text',
  'description',
  'comment',
  'comments',
  'message',
  'note',
  'notes',
  'summary',
  'review',
  'bio',
  'about',
  'abstract',
  'snippet',
  'html',
  'details',
  'subject',
  'title',
  'memo',
  'remarks',
  'reason',
  'instructions',
  'output',
  'stdout',
  'log',
];
const narrow: ReadonlySet<string> = new Set(narrowWords);
const prose: ReadonlySet<string> = new Set(proseWords);

/** Whether a member holds short data (1), prose (2), or is unknown (0). */
export function memberKind(key: string): 0 | 1 | 2 {
  if (key === '' || key.length > 64) return 0;
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => prose.has(word))) return 2;
  return words.some((word) => narrow.has(word)) ? 1 : 0;
}
