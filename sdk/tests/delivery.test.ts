// Stories of the queue: a server that is slow, dead, busy or picky, and pages that come and go.
import { beforeEach, expect, test } from "vitest";
import { type Delivery, delivery, type Ways } from "../src/delivery";
import type { Answer } from "../src/post";
import type { Line, Queue } from "../src/queue";

let now: number;
let due: { moment: number; work: () => void }[];
let kept: Queue;
let sent: string[][];
let answers: (status: number, retryAfter?: string) => Promise<void>;
let queue: Delivery;

/** A page whose clock, network and storage stand still until the story moves them. */
function page(overrides: Partial<Ways> = {}): Delivery {
  let settle: ((answer: Answer) => void)[] = [];
  answers = async (status, retryAfter) => {
    const settled = settle;
    settle = [];
    settled.forEach((tell) => tell({ status, retryAfter: retryAfter ?? null }));
    await Promise.resolve();
    await Promise.resolve();
  };
  return delivery({
    key: "pk_demo",
    now: () => now,
    random: () => 0,
    post(body) {
      sent.push(JSON.parse(body).batch.map((message: { id: string }) => message.id));
      return new Promise((tell) => settle.push(tell));
    },
    later(milliseconds, work) {
      const entry = { moment: now + milliseconds, work };
      due.push(entry);
      return () => (due = due.filter((other) => other !== entry));
    },
    keep: (queue) => (kept = queue),
    mayGo: () => true,
    say: () => {},
    ...overrides,
  });
}

const line = (id: string, more: Partial<Line> = {}): Line => ({ id, text: `{"id":"${id}"}`, ...more });
const ids = () => kept.lines.map(({ id }) => id);

function pass(milliseconds: number): void {
  const end = now + milliseconds;
  for (;;) {
    const next = due.filter(({ moment }) => moment <= end).sort((a, b) => a.moment - b.moment)[0];
    if (!next) break;
    due = due.filter((entry) => entry !== next);
    now = Math.max(now, next.moment);
    next.work();
  }
  now = end;
}

beforeEach(() => {
  [now, due, sent] = [1_000_000, [], []];
  queue = page();
});

test("what comes within half a second goes together, and steady events are not put off", async () => {
  queue.add(line("a"), 500);
  pass(300);
  queue.add(line("b"), 500);
  expect(sent).toEqual([]);
  pass(200);
  expect(sent).toEqual([["a", "b"]]);
  expect(ids()).toEqual(["a", "b"]);
  await answers(200);
  expect(ids()).toEqual([]);
});

test("what comes while a batch is in the air waits for its answer", async () => {
  queue.add(line("a"), 0);
  pass(0);
  queue.add(line("b"), 0);
  pass(1000);
  expect(sent).toEqual([["a"]]);
  await answers(200);
  pass(0);
  expect(sent).toEqual([["a"], ["b"]]);
});

test("a dead server is asked again, each time later, with the same events", async () => {
  queue.add(line("a"), 0);
  pass(0);
  await answers(0);
  pass(999);
  expect(sent).toHaveLength(1);
  pass(1);
  expect(sent).toHaveLength(2);
  await answers(503);
  pass(1999);
  expect(sent).toHaveLength(2);
  pass(1);
  expect(sent).toEqual([["a"], ["a"], ["a"]]);
});

test("Retry-After is obeyed, by the next page as well", async () => {
  queue.add(line("a"), 0);
  pass(0);
  await answers(429, "20");
  queue.leave();
  expect(sent).toHaveLength(1);
  expect(kept).toMatchObject({ left: true, until: now + 20_000 });
  due = [];
  const next = page();
  next.adopt(kept);
  pass(19_999);
  expect(sent).toHaveLength(1);
  pass(1);
  expect(sent).toEqual([["a"], ["a"]]);
});

test("an own wait does not bind the next page: the server may be back", async () => {
  queue.add(line("a"), 0);
  pass(0);
  await answers(0);
  expect(kept.until).toBe(0);
});

test("what is for ever refused is not asked again, what comes after it is sent", async () => {
  queue.add(line("a"), 0);
  pass(0);
  queue.add(line("b"), 0);
  await answers(400);
  pass(0);
  expect(sent).toEqual([["a"], ["b"]]);
});

test("a page that is left sends all it has, and keeps what nobody acknowledged", async () => {
  queue.add(line("a"), 0);
  pass(0);
  queue.add(line("b"), 500);
  queue.add(line("seconds", { fleeting: true }), 500);
  queue.leave();
  expect(sent).toEqual([["a"], ["b", "seconds"]]);
  expect(ids()).toEqual(["a", "b"]);
  await answers(200);
  expect(ids()).toEqual([]);
});

test("a long farewell is split to what browsers carry", () => {
  for (let i = 0; i < 5; i++) queue.add(line(String(i), { text: `{"id":"${i}","x":"${"x".repeat(25_000)}"}` }), 500);
  queue.leave();
  expect(sent).toEqual([["0", "1"], ["2", "3"], ["4"]]);
});

test("what another page left comes first, and once", () => {
  queue.add(line("mine"), 500);
  const left = { lines: [line("old"), line("mine")], touched: 0, left: true, until: 0 };
  queue.adopt(left);
  expect(ids()).toEqual(["old", "mine"]);
});

test("a page that comes back does not send what was taken over", () => {
  queue.add(line("a"), 500);
  queue.comeBack(true);
  pass(1000);
  expect(sent).toEqual([]);
});

test("a server that is away for long costs the oldest events, not the browser", () => {
  for (let i = 0; i < 520; i++) queue.add(line(String(i)), 500);
  expect(ids()).toHaveLength(500);
  expect(ids()[0]).toBe("20");
});

test("what may not go yet stays, and goes when it may", () => {
  let allowed = false;
  queue = page({ mayGo: (line) => allowed || line.asked === true });
  queue.add(line("seen"), 0);
  queue.add(line("asked", { asked: true }), 0);
  pass(10_000);
  expect(sent).toEqual([["asked"]]);
  allowed = true;
  queue.leave();
  expect(sent).toEqual([["asked"], ["seen"]]);
});
