// A reason that a person reads is in that person's language.
import { expect, test } from "vitest";
import { reasonIn } from "./reasons";

test.each([
  ["in the control group", "nel gruppo di controllo"],
  ["is in it already with cart c7", "è già dentro con cart c7"],
  [
    "marketing consent of this address is withdrawn",
    "il consenso al marketing di questo indirizzo è: ritirato",
  ],
  ["cap: had 3 messages today, the most is 3", "ha già ricevuto 3 messaggi oggi, il massimo è 3"],
  [
    "its journey was left: stopped by Order Completed",
    "è uscita dal suo percorso: si è fermata con Order Completed",
  ],
  ["was in it less than 7 days ago", "è stata dentro meno di 7 giorni fa"],
  ["was in it less than 1 hour ago", "è stata dentro meno di 1 ora fa"],
  ["given", "dato"],
  ["had been heard already: it was sent twice", "era già stato appreso: è arrivato due volte"],
  [
    "could not be read: a number beyond 2^53 is not exact everywhere, at properties.price",
    "non si è potuto leggere: un numero oltre 2^53 non è esatto ovunque, in properties.price",
  ],
])("%s", (said, italian) => {
  expect(reasonIn(said, "it")).toBe(italian);
  expect(reasonIn(said, "en")).toBe(said);
});

test("a reason of a newer server is shown as it is said", () => {
  expect(reasonIn("the moon is full", "it")).toBe("the moon is full");
  expect(reasonIn("moon: it is full", "it")).toBe("moon: it is full");
});
