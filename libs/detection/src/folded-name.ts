/** The words of a name joined by `_`: `fullConversation` and `full-conversation` are both `full_conversation`. */
export function foldedName(name: string): string {
  let out = '';
  for (let i = 0; i < Math.min(name.length, 256); i += 1) {
    const unit = name.charCodeAt(i);
    const isUpper = unit >= 0x41 && unit <= 0x5a;
    const isPart = isUpper || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
    const startsWord = isUpper && i > 0 && !isUpperAt(name, i - 1);
    if ((startsWord || !isPart) && !out.endsWith('_')) out += '_';
    if (isPart) out += name.charAt(i).toLowerCase();
  }
  return out;
}

function isUpperAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0x41 && unit <= 0x5a;
}
