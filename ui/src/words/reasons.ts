// The server's reasons, which the core says in English, in the reader's language.
import type { Language } from "./language";
import known from "../../../src/innesco/web/reasons.json"; // the demo's bar reads it too

/** Each reason as the core writes it; `$1` and so on are what it names. */
const ITALIAN = known.sentences.map(([shape = "", italian = ""]): [RegExp, string] => [
  new RegExp(shape),
  italian,
]);
const VALUES: Record<string, string> = known.values;

/** The reason in words; one that we do not know yet stays as the server said it. */
export function reasonIn(said: string, language: Language): string {
  if (language === "en") return said;
  const [, gate = "", reason = said] = /^([a-z]+): (.+)$/s.exec(said) ?? [];
  const found = ITALIAN.find(([shape]) => shape.test(said));
  if (found) return filled(said, found);
  const inner = ITALIAN.find(([shape]) => shape.test(reason));
  if (gate && inner) return filled(reason, inner);
  return VALUES[said] ?? said;
}

function filled(said: string, [shape, italian]: [RegExp, string]): string {
  const parts = shape.exec(said) ?? [];
  return italian.replace(/\$(\d)/g, (_, place: string) =>
    reasonIn(parts[Number(place)] ?? "", "it"),
  );
}
