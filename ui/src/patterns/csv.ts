// A table as a file that every spreadsheet opens: separated by commas, quoted where needed.

export type Plain = string | number;

/** Cells that begin like a formula get a quote before them, so that no spreadsheet runs them. */
export function csv(head: readonly string[], rows: readonly (readonly Plain[])[]): string {
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value: Plain): string {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
