import { useEffect, useEffectEvent } from 'react';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.shadowRoot !== null ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

const sequenceMs = 900;

function hasDialog(): boolean {
  return document.querySelector('[role=dialog],[role=alertdialog]') !== null;
}

/** Turns key events into names: `mod+k`, `?`, and `g o` for two plain keys in a row. */
function createKeyReader(): (event: KeyboardEvent) => readonly string[] {
  let first: { readonly key: string; readonly at: number } | null = null;
  return (event) => {
    if (event.defaultPrevented || event.altKey) return [];
    if (event.metaKey || event.ctrlKey) return [`mod+${event.key.toLowerCase()}`];
    if (isTyping(event.target) || hasDialog()) return [];
    const isSequence = first !== null && event.timeStamp - first.at < sequenceMs;
    const names = first !== null && isSequence ? [`${first.key} ${event.key}`, event.key] : [event.key];
    first = { key: event.key, at: event.timeStamp };
    return names;
  };
}

/**
 * Runs an action on a key or a sequence (`?`, `mod+k`, `g o`). Plain keys are ignored while typing
 * and while a dialog is open.
 */
export function useHotkeys(bindings: Readonly<Record<string, () => void>>): void {
  const find = useEffectEvent((names: readonly string[]) => {
    const name = names.find((each) => bindings[each] !== undefined);
    return name === undefined ? undefined : bindings[name];
  });
  useEffect(() => {
    const read = createKeyReader();
    function onKeyDown(event: KeyboardEvent) {
      const action = find(read(event));
      if (action === undefined) return;
      event.preventDefault();
      action();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
