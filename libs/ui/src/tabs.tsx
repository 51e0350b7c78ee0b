import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface TabItem<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly count?: number | undefined;
  readonly content: ReactNode;
}

export interface TabsProps<Value extends string> {
  readonly value: Value;
  readonly items: ReadonlyArray<TabItem<Value>>;
  readonly onChange: (value: Value) => void;
  readonly label: string;
}

export function Tabs<Value extends string>({ value, items, onChange, label }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as Value)}>
      <Base.List aria-label={label} className="relative flex gap-1 overflow-x-auto border-b">
        {items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2.5 font-medium text-muted text-sm outline-offset-[-2px] hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {item.label}
            {item.count === undefined ? null : (
              <span className="rounded-sm bg-sunken px-1 text-faint text-xs tabular-nums">{item.count}</span>
            )}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value} className="pt-4 outline-none">
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
