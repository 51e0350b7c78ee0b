import type { ReactNode } from 'react';

export interface KeyValue {
  readonly id: string;
  readonly label: ReactNode;
  readonly value: ReactNode;
}

/** Facts as label and value, aligned; an absent value is an en dash. */
export function KeyValues({ items }: { readonly items: readonly KeyValue[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-sm">
      {items.map((item) => (
        <div key={item.id} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-faint">{item.label}</dt>
          <dd className="min-w-0">{item.value ?? <span className="text-faint">–</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
