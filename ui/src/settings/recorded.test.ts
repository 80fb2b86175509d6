// The audit log is read by people, in their language.
import { expect, test } from "vitest";
import { recordedIn } from "./recorded";

test.each([
  ["published", "journey/cart-recovery", {}, "ha pubblicato percorso cart-recovery"],
  ["made", "key/key_1", { name: "Server" }, "ha creato chiave Server"],
  ["changed password", "account/acc_1", {}, "ha cambiato la password"],
  ["signed in", "session", {}, "è entrato"],
  ["polished", "mirror/1", {}, "polished mirror 1"],
])("%s %s", (act, about, detail, said) =>
  expect(recordedIn({ act, about, detail }, "it")).toBe(said),
);
