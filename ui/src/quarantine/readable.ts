// What was refused, made readable where that loses nothing.

const NUMBERS = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON in lines, when writing it anew keeps every number; else the text exactly as it came. */
export function readable(body: string): string {
  try {
    const lines = JSON.stringify(JSON.parse(body), null, 2);
    return numbers(lines) === numbers(body) ? lines : body;
  } catch {
    return body; // not JSON: that may be why it is here
  }
}

function numbers(text: string): string {
  return (text.match(NUMBERS) ?? []).join(" ");
}
