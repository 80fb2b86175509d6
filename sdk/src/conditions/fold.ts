// Fold: case, accents and spaces are settled as `innesco/events/fold.py` settles them; then texts
// compare as plain characters.

const SPACES = /[\t-\r\x1c- \x85\u1680\u2028\u2029]+/;
/** Cherokee folds to its older, upper letters. */
const CHEROKEE = /[\u13a0-\u13ff\uab70-\uabbf]/;

/** `Caffè  LATTE ` and `caffe latte` are one word. */
export function fold(text: string): string {
  // eslint-disable-next-line no-control-regex
  const folded = /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : bare(text);
  return folded.split(SPACES).filter(Boolean).join(" ");
}

function bare(text: string): string {
  const one = Array.from(text.normalize("NFKC"), caseless).join("").normalize("NFKD");
  return Array.from(one)
    .filter((letter) => !combines(letter))
    .join("")
    .normalize("NFC");
}

/** Unicode's full case folding, which JavaScript lacks: letter by letter, ς is no last letter. */
function caseless(letter: string): string {
  if (letter === "ı") return letter; // no capital of its own: I is the capital of i
  const upper = letter.toLowerCase().toUpperCase(); // ß and ẞ are SS
  return CHEROKEE.test(letter) ? upper : upper.toLowerCase();
}

/** Whether Unicode gives it a combining class: then it goes before the iota, whose class is last. */
function combines(letter: string): boolean {
  const after = "\u0345" + letter;
  return /\p{M}/u.test(letter) && after.normalize("NFD") !== after;
}
