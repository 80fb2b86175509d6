// Documents: reading JSON that may be of a later version than this script. What is not understood
// is thrown, and `condition.ts` makes of it a part that nobody answers here.

export type Document = Readonly<Record<string, unknown>>;

/** The object, if it has no field but these: a field more would mean something else. */
export function object(value: unknown, fields: string): Document {
  const known = fields.split(" ");
  const is = typeof value === "object" && value !== null && !Array.isArray(value);
  return expect(is && Object.keys(value).every((name) => known.includes(name)), value as Document);
}

export const text = (value: unknown): string => expect(typeof value === "string", value as string);

export const number = (value: unknown): number => expect(Number.isFinite(value), value as number);

export const list = (value: unknown): readonly unknown[] =>
  expect(Array.isArray(value), value as unknown[]);

/** A record's own entry, and nothing that JavaScript gives every object. */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string) {
  return Object.prototype.hasOwnProperty.call(record, name) ? record[name] : undefined;
}

/** The entry of a table that a document names: its kind, operator, window, figure. */
export function entry<Value>(table: Readonly<Record<string, Value>>, name: unknown): Value {
  const found = own(table, text(name));
  return expect(found !== undefined, found as Value);
}

/** The value, where it is what this script understands. */
export function expect<Value>(understood: boolean, value: Value): Value {
  if (!understood) throw new Error("not understood");
  return value;
}
