// Lengths of time travel as ISO 8601 (`PT1H30M`); here they become seconds.
const SHAPE = /^(-)?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SIZES = [604_800, 86_400, 3_600, 60, 1];

/** `seconds("P1DT2H")` is 93600; null for what is no length of time. */
export function seconds(iso: string): number | null {
  const found = SHAPE.exec(iso);
  if (!found || iso.endsWith("P") || iso.endsWith("T")) return null;
  const [, minus, ...parts] = found;
  const sum = parts.reduce((sum, part, place) => sum + Number(part ?? 0) * (SIZES[place] ?? 0), 0);
  return minus ? -sum : sum;
}
