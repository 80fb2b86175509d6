// Reads an amount of money as shops write it into their pages: `19.9`, `"19,90 €"`, `"1.299,00"`.

/**
 * The number, or `undefined` when it is none. The last of `.` and `,` is the decimal mark, unless
 * it comes several times or exactly three digits follow it: `"1.299"` is what a shop calls
 * one thousand two hundred and ninety-nine, no price has three decimals.
 */
export function amountOf(written: unknown): number | undefined {
  if (typeof written === "number") return Number.isFinite(written) ? written : undefined;
  if (typeof written !== "string") return undefined;
  const text = written.replace(/[^\d.,-]/g, "").replace(/^[.,]+|[.,]+$/g, "");
  const mark = text.includes(",") && text.lastIndexOf(",") > text.lastIndexOf(".") ? "," : ".";
  const parts = text.split(mark);
  const decimals = parts.length === 2 ? parts[1] : undefined;
  const both = text.includes(",") && text.includes(".");
  const thousands = parts.length > 2 || (!both && decimals?.length === 3 && parts[0] !== "0");
  const digits = thousands ? text : parts.join("|");
  const number = parseFloat(digits.replace(/[.,]/g, "").replace("|", "."));
  return Number.isNaN(number) ? undefined : number;
}
