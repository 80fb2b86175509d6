// What a person is called: the best we know, and what else there is beside it.

export interface Nameable {
  id: string;
  name: string | null; // as it was written
  email: string | null;
  user: string | null; // the shop's customer number
}

/** A first and last name as they were written. */
export function written(attributes: readonly { name: string; value: unknown }[]): string {
  const said = (name: string) => attributes.find((one) => one.name === name)?.value;
  return [said("firstName"), said("lastName")].filter((part) => typeof part === "string").join(" ");
}

/** `{name: "Anna Rossi", beside: "anna@x.it · 42"}`; of whom we know only the id is unknown. */
export function named(
  { id, ...known }: Nameable,
  unknown: string,
): { name: string; beside: string } {
  const [name, ...others] = [known.name, known.email, known.user].filter(Boolean);
  return name ? { name, beside: others.join(" · ") } : { name: unknown, beside: id };
}
