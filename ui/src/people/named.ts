// What a person is called in a list: the best we know, and what else there is beside it.

export interface Nameable {
  id: string;
  label: string; // name · e-mail · customer number · id, as far as they are known
}

/** A first and last name as they were written: the label of a list is folded to small letters. */
export function written(attributes: readonly { name: string; value: unknown }[]): string {
  const said = (name: string) => attributes.find((one) => one.name === name)?.value;
  return [said("firstName"), said("lastName")].filter((part) => typeof part === "string").join(" ");
}

/** `{name: "anna rossi", beside: "anna@x.it · 42"}`; somebody of whom we know only the id is unknown. */
export function named({ id, label }: Nameable, unknown: string): { name: string; beside: string } {
  const [name, ...others] = label.split(" · ").filter((part) => part !== "" && part !== id);
  return name ? { name, beside: others.join(" · ") } : { name: unknown, beside: id };
}
