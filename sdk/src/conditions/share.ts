// A stable draw: the first 13 hexadecimal digits of SHA-256, the same in every evaluator.
// Synchronous, which the browser's own SHA-256 is not. FIPS 180-4, sections 4.2.2, 5.3.3 and 6.2.2.

/** A number below 2^52 that depends on nothing but the two. */
export function bucket(salt: string, unit: string): number {
  const [first, second] = sha256(new TextEncoder().encode(`${salt}:${unit}`));
  return (first as number) * 2 ** 20 + ((second as number) >>> 12);
}

/** Eight words of 32 bits. */
export function sha256(message: Uint8Array): Uint32Array {
  const state = Uint32Array.from(PRIMES.slice(0, 8), (prime) => bits(prime ** (1 / 2)));
  const view = padded(message);
  for (let at = 0; at < view.byteLength; at += 64) mix(state, (n) => view.getUint32(at + n * 4));
  return state;
}

type Eight = [number, number, number, number, number, number, number, number];

function mix(state: Uint32Array, word: (n: number) => number): void {
  const words = schedule(word);
  const mixed = ROUNDS.reduce<Eight>(
    ([a, b, c, d, e, f, g, h], round, n) => {
      const one = h + turned(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + round + (words[n] as number);
      const two = turned(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
      return [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    },
    [...state] as Eight,
  );
  mixed.forEach((one, n) => (state[n] = (state[n] as number) + one));
}

function schedule(word: (n: number) => number): Uint32Array {
  const words = new Uint32Array(64).map((_, n) => (n < 16 ? word(n) : 0));
  for (let n = 16; n < 64; n++) {
    const [x, y] = [words[n - 15] as number, words[n - 2] as number];
    const [one, two] = [turned(x, 7, 18) ^ (x >>> 3), turned(y, 17, 19) ^ (y >>> 10)];
    words[n] = (words[n - 16] as number) + one + (words[n - 7] as number) + two;
  }
  return words;
}

/** The word turned right by each, and all of these added without carrying. */
const turned = (word: number, ...by: number[]) =>
  by.reduce((sum, bits) => sum ^ ((word >>> bits) | (word << (32 - bits))), 0);

/** With a bit after it, its own length at the end, and as many bytes as fill blocks of 64. */
function padded(message: Uint8Array): DataView {
  const bytes = new Uint8Array(((message.length + 72) >> 6) << 6);
  bytes.set(message);
  bytes[message.length] = 128;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 4, message.length * 8);
  return view;
}

/** The first 32 bits after the point. */
const bits = (root: number) => ((root % 1) * 2 ** 32) >>> 0;

const PRIMES: number[] = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const ROUNDS = PRIMES.map((prime) => bits(Math.cbrt(prime)));
