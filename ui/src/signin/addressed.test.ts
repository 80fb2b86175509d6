// A link keeps its shop.
import { expect, test } from "vitest";
import { addressed } from "./addressed";

const PLACES = [{ id: "botteguccia" }, { id: "vini" }];

test.each([
  ["/w/vini/people/p1", "vini"],
  ["/w/vini", "vini"],
  ["/", "botteguccia"],
  ["/w/gone/people", "botteguccia"],
  ["/people/w/vini", "botteguccia"],
])("%s is about %s", (path, id) => expect(addressed(PLACES, path)?.id).toBe(id));

test("who has no workspace sees none", () => expect(addressed([], "/w/vini")).toBeNull());
